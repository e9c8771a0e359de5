"""Serves one engine: python -I engine.py MODULE.py. Requests are JSON lines on standard input, answered in order on standard output.

A module has `answer(request, progress)`, which gives what can be written as JSON. It raises `Refused(code, what)` for a request that
cannot be served, which is not a failure of the engine.
"""

import importlib
import json
import math
import os
import queue
import sys
import traceback

# Python is started isolated, so that not even a script's own folder is looked into.
sys.path.append(os.path.dirname(os.path.abspath(__file__)))

import watched


class Refused(Exception):
    def __init__(self, code, what):
        super().__init__(what)
        self.code = code


def main(path):
    folder, file = os.path.split(os.path.abspath(path))
    sys.path.insert(0, folder)
    module = os.path.splitext(file)[0]
    # Libraries print what they like; only answers go to standard output.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    requests = queue.Queue()
    watched.watch(requests.put)

    def write(line):
        # JSON has no NaN and nothing infinite: what is written of one nobody reads, and the request would never end.
        out.write(json.dumps(line, allow_nan=False) + "\n")
        out.flush()

    def progress(part):
        # Of nothing, no part is done: 0 / 0.
        if not isinstance(part, float) or math.isfinite(part):
            write({"part": part})

    loaded = None
    while True:
        request = json.loads(requests.get())
        try:
            loaded = loaded or importlib.import_module(module)
            answer = loaded.answer(request, progress)
            write({"answer": answer})
        except Refused as refused:
            write({"refused": refused.code, "what": str(refused)})
        except (Exception, SystemExit) as error:
            what = traceback.format_exception_only(type(error), error)[-1].strip()
            write({"failed": what, "trace": traceback.format_exc()[-4000:]})


if __name__ == "__main__":
    # A module imports `engine` for `Refused`, which must be this one.
    sys.modules["engine"] = sys.modules["__main__"]
    main(sys.argv[1])
