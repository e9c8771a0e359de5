import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { cacheDir } from "../cache-dir.js";
import { cacheFolder, cacheUnwritable, writableByOthers } from "../cache-folder.js";
import { type Measurement, version } from "./measurement.js";

const folder = "measured";
const trials = z.object({ right: z.int().min(0), of: z.int().min(1) }).optional();
const rate = z.number().positive();
const tokens = z.int().min(1);

const form = z.object({
  measurement: z.literal(version),
  model: z.string(),
  at: z.iso.datetime(),
  machine: z.object({ system: z.string(), processor: z.string(), cores: z.int(), memory: z.int() }),
  speed: z.object({ reads: rate, writes: rate }).optional(),
  context: z.object({ asked: tokens, held: tokens, lost: tokens.optional() }).optional(),
  schema: trials,
  tools: trials,
  choices: trials,
  sight: trials,
});

/** Names hold addresses and slashes; what is kept of them tells people which file is whose, the hash tells names apart. */
const fileName = (id: string): string =>
  `${id.replace(/[^\w.-]+/g, "-").slice(0, 60)}-${createHash("sha256").update(id).digest("hex").slice(0, 12)}.json`;

/** Where the measurement of a model is kept. */
export const measurementFile = (id: string): string => join(cacheDir(), folder, fileName(id));

/** What was measured of a model on this machine; undefined where nothing was, the file is none, or others could have written it. */
export function readMeasurement(id: string): Measurement | undefined {
  const path = measurementFile(id);
  try {
    if ([path, dirname(path)].some((one) => writableByOthers(statSync(one)))) return undefined;
    const read = form.safeParse(JSON.parse(readFileSync(path, "utf8")));
    return read.success && read.data.model === id ? (read.data as Measurement) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a measurement in the place of the one before, whole or not at all. Gives its file. Throws CACHE_SHARED, CACHE_UNWRITABLE. */
export async function writeMeasurement(measurement: Measurement): Promise<string> {
  const path = join(cacheFolder(folder), fileName(measurement.model));
  const staged = `${path}.${process.pid}`;
  try {
    await writeFile(staged, `${JSON.stringify(measurement, null, 2)}\n`, { mode: 0o600 });
    await rename(staged, path);
  } catch (error) {
    await rm(staged, { force: true });
    throw cacheUnwritable(path, error);
  }
  return path;
}
