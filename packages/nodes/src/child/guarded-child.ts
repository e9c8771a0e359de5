import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { withoutPasswords } from "../python/without-passwords.js";
import { childVariables } from "./child-variables.js";
import { pipesOf } from "./pipes-of.js";

/** A program to start. */
export interface Program {
  readonly command: string;
  readonly args?: readonly string[];
  /** Where it runs. Default: the working directory. */
  readonly cwd?: string;
  /** What its environment has beside what any program needs to start. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A program that ends with this process, and with all that it started itself, however this process ends. */
export interface GuardedChild {
  readonly command: string;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The end of what it wrote to its standard error, without passwords. */
  errors(): string;
  /** Whether it has ended, which its guard tells some milliseconds before all of it is gone. */
  ended(): boolean;
  /** Settles when it is gone: its exit code, the signal that ended it, or why it did not start (`ENOENT`). Never rejects. */
  readonly gone: Promise<number | string>;
  /** Whether it keeps Node running; it does at first. */
  keepAlive(busy: boolean): void;
  /** Closes its input, and ends it where that does not. */
  end(): void;
  /** Ends it and all that it started at once. */
  kill(): void;
}

const keptErrors = 4000;

/** Starts a program with the environment that any program needs, and no keys of the user's. */
export function guardedChild({ command, args = [], cwd, env }: Program): GuardedChild {
  const guard = fileURLToPath(new URL("./guard.js", import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [guard, command, ...args], {
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    detached: process.platform !== "win32",
    windowsHide: true,
    env: { ...childVariables(), ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  const { stdin, stdout, stderr, life } = pipesOf(child);
  let errors = "";
  stderr.on("data", (data) => {
    errors = (errors + data).slice(-keptErrors);
  });
  // It may be gone while something is written; `gone` says so.
  for (const pipe of [stdin, life]) pipe.on("error", () => undefined);
  let said: number | string | undefined;
  createInterface({ input: life }).on("line", (line) => {
    const { failed, ended } = JSON.parse(line) as { failed?: string; ended?: number | string };
    said = failed ?? ended;
  });
  const gone = new Promise<number | string>((resolve) => {
    child.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    child.on("close", (code, signal) => resolve(said ?? code ?? signal ?? 0));
  });
  return {
    command,
    stdin,
    stdout,
    stderr,
    errors: () => withoutPasswords(errors.trim()),
    ended: () => said !== undefined,
    gone,
    keepAlive(busy) {
      const verb = busy ? "ref" : "unref";
      child[verb]();
      for (const pipe of [stdin, stdout, stderr, life]) (pipe as { ref?(): void; unref?(): void })[verb]?.();
    },
    end() {
      stdin.end();
      life.end();
    },
    kill() {
      life.destroy();
      try {
        if (process.platform === "win32") child.kill("SIGKILL");
        else if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // It is gone already.
      }
    },
  };
}
