import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { TroupeError } from "@troupe/core";
import { isolation } from "./isolation.js";
import { withoutPasswords } from "./without-passwords.js";

/** A Python process that ends with this one, however this one ends: it watches its standard input. */
export interface WatchedPython {
  readonly child: ChildProcessWithoutNullStreams;
  /** The end of what it wrote to its standard error. */
  errors(): string;
  /** Settles when it is gone: its exit code, or the signal that ended it. Rejects with PYTHON_MISSING where it does not start, and with what `take` threw. */
  readonly gone: Promise<number | NodeJS.Signals>;
}

/**
 * Starts one of the package's Python scripts, all of which watch their standard input, apart from the user's folder and environment;
 * `pip` where it runs pip. `take` is given the JSON lines it writes; where it throws, Python is ended.
 */
export function watchedPython(
  python: string,
  args: readonly string[],
  take: (line: any) => void,
  { pip = false }: { pip?: boolean } = {},
): WatchedPython {
  const { flags, cwd, env } = isolation(pip);
  const child = spawn(python, [...flags, ...args], { stdio: ["pipe", "pipe", "pipe"], windowsHide: true, cwd, env });
  let errors = "";
  child.stderr.on("data", (data) => {
    errors = (errors + data).slice(-4000);
  });
  // It may be gone while a request is written; `gone` says so.
  child.stdin.on("error", () => undefined);
  let refused: { readonly thrown: unknown } | undefined;
  createInterface({ input: child.stdout }).on("line", (text) => {
    let line: unknown;
    try {
      line = JSON.parse(text);
    } catch {
      // It was ended in the middle of a line.
      return;
    }
    try {
      if (!refused) take(line);
    } catch (thrown) {
      refused = { thrown };
      child.stdin.end();
    }
  });
  const gone = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.on("error", (cause) =>
      reject(
        new TroupeError("PYTHON_MISSING", `Python does not start: ${python}`, {
          hint: "Install Python 3 with venv and pip, or name another with TROUPE_PYTHON.",
          cause,
        }),
      ),
    );
    child.on("close", (code, signal) => (refused ? reject(refused.thrown) : resolve(code ?? signal ?? 0)));
  });
  gone.catch(() => undefined);
  return { child, errors: () => withoutPasswords(errors.trim()), gone };
}
