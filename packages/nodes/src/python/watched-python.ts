import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Writable } from "node:stream";
import { TroupeError } from "@troupe/core";
import { pipesOf } from "../child/pipes-of.js";
import { unstartedHint } from "../child/unstarted-hint.js";
import { isolation } from "./isolation.js";
import { withoutPasswords } from "./without-passwords.js";

/** A Python process that ends with this one, however this one ends: it watches its standard input. */
export interface WatchedPython {
  readonly stdin: Writable;
  /** Whether it keeps Node running; it does at first. */
  keepAlive(busy: boolean): void;
  kill(): void;
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
  const child: ChildProcess = spawn(python, [...flags, ...args], { stdio: ["pipe", "pipe", "pipe"], windowsHide: true, cwd, env });
  const { stdin, stdout, stderr } = pipesOf(child);
  let errors = "";
  stderr.on("data", (data) => {
    errors = (errors + data).slice(-4000);
  });
  // It may be gone while a request is written; `gone` says so.
  stdin.on("error", () => undefined);
  let refused: { readonly thrown: unknown } | undefined;
  createInterface({ input: stdout }).on("line", (text) => {
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
      stdin.end();
    }
  });
  const gone = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.on("error", (cause: NodeJS.ErrnoException) => {
      const hint = unstartedHint(cause.code, "Install Python 3 with venv and pip, or name another with TROUPE_PYTHON.");
      reject(new TroupeError("PYTHON_MISSING", `Python does not start: ${python} (${cause.code ?? cause.message})`, { hint, cause }));
    });
    child.on("close", (code, signal) => (refused ? reject(refused.thrown) : resolve(code ?? signal ?? 0)));
  });
  gone.catch(() => undefined);
  return {
    stdin,
    keepAlive(busy) {
      const verb = busy ? "ref" : "unref";
      child[verb]();
      for (const pipe of [stdin, stdout, stderr]) (pipe as { ref?(): void; unref?(): void })[verb]?.();
    },
    kill: () => void child.kill("SIGKILL"),
    errors: () => withoutPasswords(errors.trim()),
    gone,
  };
}
