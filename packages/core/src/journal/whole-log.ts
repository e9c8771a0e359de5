import { readFile, stat } from "node:fs/promises";
import { endianness, uptime } from "node:os";
import { basename } from "node:path";
import { TroupeError } from "../error/error.js";

/** Of SQLite's "WAL-mode file format": the log begins with a header, and so does each page in it. */
const logHeader = 32;
const frameHeader = 24;
/** The head of the log's index stands in its file twice; what was brought into the journal's file follows. */
const indexHead = 48;

interface IndexHead {
  readonly page: number;
  /** Pages in the log that were committed. */
  readonly frames: number;
  readonly salt: Buffer;
  /** The checksum of the last of them. */
  readonly sums: readonly [number, number];
  /** How many of them the journal's file has as well. */
  readonly filed: number;
}

/**
 * Holds the log beside a journal's file to what its index says was committed. SQLite takes a log that is cut or damaged as far as it is
 * whole, without a word, and what was appended last would be gone. The index outlives a killed process. Where there is none, or it is
 * no index, nothing is known; nor where the machine was started since, as after a power cut: log and index came to the disk in no order,
 * and what SQLite takes is what was committed up to some moment.
 * @throws TroupeError `JOURNAL_BROKEN`
 */
export async function checkLog(file: string): Promise<void> {
  for (;;) {
    const index = await readIndex(file);
    if (!index || index.frames === 0) return;
    if (await isWhole(file, index)) return;
    // Someone who writes changes both, one after the other.
    const now = await readIndex(file);
    if (!now || now.frames !== index.frames || !now.salt.equals(index.salt) || now.filed !== index.filed) continue;
    throw new TroupeError(
      "JOURNAL_BROKEN",
      `The log of the journal, ${basename(file)}-wal, is damaged or cut: what was appended last is lost`,
      {
        file,
        hint: `Restore the journal from a copy; or remove ${basename(file)}-shm, to go on from what is left.`,
      },
    );
  }
}

async function readIndex(file: string): Promise<IndexHead | undefined> {
  const written = await stat(`${file}-shm`).catch(() => undefined);
  if (!written || written.mtimeMs < Date.now() - uptime() * 1000) return undefined;
  const bytes = await readFile(`${file}-shm`).catch(() => undefined);
  if (!bytes || bytes.length < 2 * indexHead + 4) return undefined;
  const head = bytes.subarray(0, indexHead);
  const little = endianness() === "LE";
  const at = (offset: number): number => (little ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset));
  const [a, b] = sums(head.subarray(0, 40), little, [0, 0]);
  if (!head.equals(bytes.subarray(indexHead, 2 * indexHead)) || head[12] === 0 || a !== at(40) || b !== at(44)) return undefined;
  const page = little ? head.readUInt16LE(14) : head.readUInt16BE(14);
  // A page of 64 kB does not fit into two bytes.
  return {
    page: page === 1 ? 65_536 : page,
    frames: at(16),
    salt: head.subarray(32, 40),
    sums: [at(24), at(28)],
    filed: at(2 * indexHead),
  };
}

/** Each page stands under a checksum over all before it. */
async function isWhole(file: string, { page, frames, salt, sums: last, filed }: IndexHead): Promise<boolean> {
  const bytes = await readFile(`${file}-wal`).catch(() => Buffer.alloc(0));
  // Without a log, what is in the file counts.
  if (bytes.length === 0) return filed === frames;
  if (bytes.length < logHeader + frames * (frameHeader + page)) return false;
  const magic = bytes.readUInt32BE(0);
  const little = magic === 0x377f0682;
  if ((!little && magic !== 0x377f0683) || bytes.readUInt32BE(8) !== page || !bytes.subarray(16, 24).equals(salt)) return false;
  let sum = sums(bytes.subarray(0, 24), little, [0, 0]);
  if (sum[0] !== bytes.readUInt32BE(24) || sum[1] !== bytes.readUInt32BE(28)) return false;
  for (let frame = 0, at = logHeader; frame < frames; frame++, at += frameHeader + page) {
    sum = sums(bytes.subarray(at, at + 8), little, sum);
    sum = sums(bytes.subarray(at + frameHeader, at + frameHeader + page), little, sum);
    if (!bytes.subarray(at + 8, at + 16).equals(salt)) return false;
    if (sum[0] !== bytes.readUInt32BE(at + 16) || sum[1] !== bytes.readUInt32BE(at + 20)) return false;
  }
  return sum[0] === last[0] && sum[1] === last[1];
}

/** SQLite's checksum, gone on with. */
function sums(bytes: Uint8Array, little: boolean, [a, b]: readonly [number, number]): [number, number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; at += 8) {
    a = (a + view.getUint32(at, little) + b) >>> 0;
    b = (b + view.getUint32(at + 4, little) + a) >>> 0;
  }
  return [a, b];
}
