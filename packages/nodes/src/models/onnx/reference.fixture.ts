import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { cacheFolder } from "../cache-folder.js";
import { locked } from "../locked.js";

const exec = promisify(execFile);
const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
/** Debian's own, whose `python3-torch` knows no graphics cards; PyPI's brings gigabytes for them. */
const debian = "/usr/bin/python3";

interface Said {
  readonly ids: readonly number[];
  readonly text: string;
}

/** What the reference says of weights and pictures. */
export interface Reference {
  /** SHA-256 of each picture's bytes once it is square. */
  readonly squares: readonly string[];
  /** Of each picture, in each plane, the first four numbers of the fourth row. */
  readonly pixels: readonly number[];
  readonly texts: readonly Said[];
  readonly ways: Readonly<Record<string, readonly Said[]>>;
  /** Beam searches, each with the SHA-256 of the ids of all pictures as JSON. */
  readonly searches: readonly {
    readonly beams: number;
    readonly lengthPenalty: number;
    readonly maxLength: number;
    readonly ids: string;
  }[];
  readonly prompted: readonly Said[];
  readonly logits: readonly { readonly picture: number; readonly ids: readonly number[]; readonly rows: readonly (readonly number[])[] }[];
}

/** Why the reference cannot be asked here; undefined where it can. */
export async function withoutReference(): Promise<string | undefined> {
  try {
    await exec(debian, ["-I", "-c", "import torch, venv, ensurepip"], { timeout: 120_000 });
    return undefined;
  } catch {
    return "no PyTorch: apt-get install python3-torch python3-venv";
  }
}

/** Asks Hugging Face's BLIP, with Debian's torch, in an environment that is kept. */
export async function askReference(folder: string, pngs: readonly Uint8Array[]): Promise<Reference> {
  const python = await environment();
  const dir = await mkdtemp(join(tmpdir(), "troupe-pictures-"));
  try {
    const paths = pngs.map((_, i) => join(dir, `${i}.png`));
    for (const [i, path] of paths.entries()) await writeFile(path, pngs[i]!);
    const env = { PATH: process.env.PATH, HF_HUB_OFFLINE: "1", OMP_NUM_THREADS: "1" };
    const { stdout } = await exec(python, ["-I", fixture("reference.py"), folder, ...paths], { env, maxBuffer: 2 ** 26 });
    return JSON.parse(stdout);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function environment(): Promise<string> {
  const dir = join(cacheFolder("python"), "blip-reference");
  return locked(dir, undefined, async () => {
    if (!existsSync(dir)) {
      const half = `${dir}.${process.pid}`;
      await exec(debian, ["-I", "-m", "venv", "--system-site-packages", half]);
      const install = ["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", fixture("reference.requirements.txt")];
      await exec(join(half, "bin", "python"), install);
      await rename(half, dir);
    }
    return join(dir, "bin", "python");
  });
}
