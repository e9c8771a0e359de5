import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheDir } from "./cache-dir.js";
import { locked } from "./locked.js";
import { runPython } from "./run-python.js";

/**
 * The Python of a virtual environment with exactly these requirements, made in the user's cache when it is first asked for. Two
 * processes may ask at once. A half-made one is made again.
 *
 * Throws PYTHON_MISSING and PYTHON_FAILED.
 */
export async function pythonEnvironment(name: string, requirements: readonly string[], signal?: AbortSignal): Promise<string> {
  const key = createHash("sha256").update(requirements.join("\n")).digest("hex").slice(0, 8);
  const dir = join(cacheDir(), "python", `${name}-${key}`);
  const python = process.platform === "win32" ? join(dir, "Scripts", "python.exe") : join(dir, "bin", "python");
  const ready = join(dir, "troupe-ready");
  if (existsSync(ready)) return python;
  await mkdir(join(cacheDir(), "python"), { recursive: true });
  await locked(dir, signal, async () => {
    if (existsSync(ready)) return;
    await rm(dir, { recursive: true, force: true });
    await runPython(["-m", "venv", dir], { signal });
    await runPython(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...requirements], { signal, python });
    await writeFile(ready, requirements.join("\n"));
  });
  return python;
}
