import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { TroupeError } from "@troupe/core";
import type { KnownFile } from "../catalogue.js";
import { sha256 } from "../sha256.js";

/** Holds files of a directory against what is known of them. Throws MODEL_CHECKSUM, with this hint. */
export async function holdFiles(
  dir: string,
  files: Readonly<Record<string, KnownFile>>,
  hint: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const [name, known] of Object.entries(files)) {
    const path = join(dir, name);
    const { size } = await lstat(path);
    if (size !== known.bytes) throw new TroupeError("MODEL_CHECKSUM", `${name} has ${size} bytes, not ${known.bytes}`, { hint });
    const sum = await sha256(path, signal);
    if (sum !== known.sha256)
      throw new TroupeError("MODEL_CHECKSUM", `${name} has the checksum ${sum}, not ${known.sha256}, which is known`, { hint });
  }
}
