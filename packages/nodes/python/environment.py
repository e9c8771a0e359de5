"""Makes a virtual environment: python3 -I environment.py DIRECTORY MARK, the requirements file's text as JSON in the first line of standard input.

Prints what it does, a JSON line each. One process at a time makes one environment; a lock is let go by the system when its holder dies.
A directory without its mark is half made, and made again.
"""

import json
import os
import queue
import re
import shutil
import subprocess
import sys
import time

# Python is started isolated, so that not even a script's own folder is looked into.
sys.path.append(os.path.dirname(os.path.abspath(__file__)))

import watched

lines = queue.Queue()


def tell(**line):
    print(json.dumps(line), flush=True)


def lock(path):
    file = open(path, "a+")
    waiting = False
    while True:
        try:
            if os.name == "posix":
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            else:
                import msvcrt

                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            return file
        except OSError:
            if not waiting:
                tell(does="waits for another process that makes the same environment")
            waiting = True
            time.sleep(0.1)


def run(python, module, arguments, each):
    child = watched.run(python, ["-m", module, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    last = []
    for line in child.stdout:
        last = [*last, line.rstrip()][-12:]
        each(line.strip())
    if child.wait() != 0:
        tell(failed=module, last=last)
        os._exit(1)


def main(directory, mark):
    requirements = json.loads(lines.get())
    held = lock(directory + ".lock")
    ready = os.path.join(directory, mark)
    if os.path.exists(ready):
        return held
    shutil.rmtree(directory, ignore_errors=True)
    tell(does="makes a virtual environment")
    run(sys.executable, "venv", [directory], lambda line: None)
    python = os.path.join(directory, "Scripts" if os.name == "nt" else "bin", "python")
    wanted = sum(re.match(r"[\w.-]+==", line) is not None for line in requirements.splitlines())
    seen = 0

    def installing(line):
        nonlocal seen
        if line.startswith(("Collecting ", "Processing ")):
            seen += 1
            tell(does="fetches " + line.split()[1], part=min(seen / wanted, 0.99))
        elif line.startswith("Installing"):
            tell(does="installs %d packages" % wanted, part=0.99)

    install = ["install", "--no-input", "--disable-pip-version-check", "--progress-bar=off", "--no-deps", "--only-binary=:all:"]
    with open(ready + ".new", "w") as file:
        file.write(requirements)
    # The list is complete, so nothing is to be resolved; a package without a wheel for this machine fails at once, and is not compiled.
    if wanted:
        run(python, "pip", [*install, "--require-hashes", "-r", ready + ".new"], installing)
    os.replace(ready + ".new", ready)
    return held


if __name__ == "__main__":
    watched.watch(lines.put)
    main(*sys.argv[1:])
    sys.stdout.flush()
    os._exit(0)
