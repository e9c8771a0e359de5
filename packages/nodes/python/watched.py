"""Ends with the process that started it: its standard input closes when that one dies, however it dies.

Run as a program it does so for another Python script, whose whole group it ends: python3 -I watched.py SCRIPT ARGUMENTS...
"""

import os
import signal
import subprocess
import sys
import threading

children = []
starting = threading.Lock()


def watch(read):
    """Reads lines from standard input in a thread of its own, and ends everything when it closes. What is written from now on is the user's own."""
    os.umask(0o077)
    # Ctrl-C goes to every process of a terminal; what to do about it is decided by the one that started us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def follow():
        try:
            for line in sys.stdin.buffer:
                read(line)
        finally:
            # Held for good: nothing starts any more.
            starting.acquire()
            for child in children:
                end(child)
            os._exit(0)

    threading.Thread(target=follow, daemon=True).start()


def end(child):
    try:
        if os.name == "posix":
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    except OSError:
        pass


def run(python, arguments, **options):
    """Starts a Python, isolated, in a group of its own, with nothing to read."""
    command = [python, "-I", "-B", "-X", "utf8", *arguments]
    with starting:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, **options)
        children.append(child)
    return child


if __name__ == "__main__":
    watch(lambda line: None)
    sys.stdout.flush()
    os._exit(run(sys.executable, sys.argv[1:]).wait() & 0xFF)
