import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { TroupeError } from "@troupe/core";
import { childVariables } from "../child/child-variables.js";
import { unstartedHint } from "../child/unstarted-hint.js";

export interface GitOptions {
  readonly cwd: string;
  /** The folder of the repository's own data, where it is not the one that git finds. */
  readonly gitDir?: string;
  readonly input?: string;
  /** The most bytes of its output. */
  readonly most?: number;
  readonly signal?: AbortSignal;
}

/** What no repository may set: what git runs, and how it changes what it reads. */
const settings = {
  "core.fsmonitor": "false",
  "core.hooksPath": "/dev/null",
  "core.autocrlf": "false",
  "core.attributesFile": "/dev/null",
  "core.excludesFile": "/dev/null",
  "core.quotePath": "false",
  "gc.auto": "0",
};

/**
 * Runs git without the user's and the system's configuration. Rejects with what it said, with `ERR_CHILD_PROCESS_STDIO_MAXBUFFER`, and with
 * `REPOSITORY_INVALID` where git does not start.
 */
export function git(args: readonly string[], { cwd, gitDir, input, most = 1_000_000_000, signal }: GitOptions): Promise<Buffer> {
  const env = {
    ...childVariables(),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C",
    ...(gitDir === undefined ? {} : { GIT_DIR: gitDir, GIT_WORK_TREE: cwd }),
  };
  const set = Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
  return new Promise((resolve, reject) => {
    const options = { cwd, env, maxBuffer: most, encoding: "buffer" as const, ...(signal ? { signal } : {}) };
    const child = execFile("git", [...set, ...args], options, (error, stdout, stderr) => {
      if (error) reject(unstarted(error, cwd) ?? Object.assign(error, { said: String(stderr).trim() }));
      else resolve(stdout);
    });
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input ?? "");
  });
}

/** Git did not start, though the folder that it was to work in is there. */
function unstarted(cause: { readonly code?: unknown }, cwd: string): TroupeError | undefined {
  const { code } = cause;
  if (!/^E[A-Z]+$/.test(String(code)) || !existsSync(cwd)) return undefined;
  const hint = unstartedHint(code, "Install git.");
  return new TroupeError("REPOSITORY_INVALID", `A repository cannot be worked on: git does not start (${code})`, {
    file: cwd,
    hint,
    cause,
  });
}
