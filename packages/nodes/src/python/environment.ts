import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { TroupeError } from "@troupe/core";
import { cacheFolder } from "../models/cache-folder.js";
import { pythonFile } from "./python-file.js";
import { systemPython } from "./system-python.js";
import { watchedPython } from "./watched-python.js";
import { withoutPasswords } from "./without-passwords.js";

export interface EnvironmentOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told what is done; `part` is from 0 to 1. */
  progress?(message: string, part?: number): void;
}

const mark = "troupe-ready";

/**
 * The Python of a virtual environment that has exactly these requirements, made in the user's cache when it is first asked for
 * (`python/<name>-<hash of the requirements>`). They are a requirements file's text, complete, pinned and with the hashes of its wheels:
 * nothing else is installed. One process at a time makes it; a half-made one is made again.
 *
 * Throws PYTHON_MISSING, PYTHON_SETUP with pip's last lines, CACHE_SHARED, CACHE_UNWRITABLE, and the signal's reason.
 */
export async function pythonEnvironment(
  name: string,
  requirements: string,
  { signal, progress }: EnvironmentOptions = {},
): Promise<string> {
  const key = createHash("sha256").update(requirements).digest("hex").slice(0, 8);
  const dir = join(cacheFolder("python"), `${name}-${key}`);
  const python = process.platform === "win32" ? join(dir, "Scripts", "python.exe") : join(dir, "bin", "python");
  // Its interpreter is a link, which leads nowhere once the system's Python is gone.
  if (existsSync(join(dir, mark)) && existsSync(python)) return python;
  signal?.throwIfAborted();
  let failed: { failed: string; last: string[] } | undefined;
  const take = (line: any) => {
    if (line.failed) failed = line;
    else progress?.(`${name}: ${line.does}`, line.part);
  };
  const { stdin, gone, errors } = watchedPython(systemPython(), [pythonFile("environment.py"), dir, mark], take, { pip: true });
  // Its input closes, and it takes pip down with it.
  const stop = () => stdin.end();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    stdin.write(`${JSON.stringify(requirements)}\n`);
    const code = await gone;
    signal?.throwIfAborted();
    if (code === 0) return python;
    const text = failed ? withoutPasswords(failed.last.join("\n")) : errors();
    const venv = failed?.failed === "venv" || /No module named '?(venv|ensurepip|pip)/.test(text) || /ensurepip is not/.test(text);
    throw new TroupeError("PYTHON_SETUP", `The Python environment of ${name} could not be made: ${shorten(text)}`, {
      file: dir,
      hint: venv
        ? "Install Python's venv and pip (on Debian and Ubuntu: apt-get install python3-venv python3-pip)."
        : "Check that pip reaches its package index and that the disk has room; it was tried with Python 3.11 on x64 (another: TROUPE_PYTHON).",
      text,
    });
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

const shorten = (text: string) => text.split("\n").slice(-3).join(" ") || "Python ended without a word";
