import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { TroupeError } from "@troupe/core";

/** What a GGUF file says of itself, as far as Troupe needs it. */
export interface Gguf {
  readonly architecture: string;
  /** Tokens of context it was trained for. */
  readonly context: number;
  /** Bytes of the file. */
  readonly bytes: number;
  /** Bytes the key-value cache takes for a token of context. */
  readonly cachePerToken: number;
}

/** Elements a block and bytes a block, by GGML's type number. */
const blocks: Readonly<Record<number, readonly [number, number]>> = {
  0: [1, 4],
  1: [1, 2],
  2: [32, 18],
  3: [32, 20],
  6: [32, 22],
  7: [32, 24],
  8: [32, 34],
  9: [32, 36],
  10: [256, 84],
  11: [256, 110],
  12: [256, 144],
  13: [256, 176],
  14: [256, 210],
  15: [256, 292],
  16: [256, 66],
  17: [256, 74],
  18: [256, 98],
  19: [256, 50],
  20: [32, 18],
  21: [256, 110],
  22: [256, 82],
  23: [256, 136],
  24: [1, 1],
  25: [1, 2],
  26: [1, 4],
  27: [1, 8],
  28: [1, 8],
  29: [256, 56],
  30: [1, 2],
  34: [256, 54],
  35: [256, 66],
  39: [32, 17],
};

/** Bytes of a metadata value, by GGUF's type number; strings (8) and arrays (9) are read. */
const widths: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };

/**
 * Reads a GGUF file's header and holds the place of every tensor against the file's size, so that a truncated or foreign file is
 * found before a runtime opens it. Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 *
 * Throws MODEL_MISSING and MODEL_DAMAGED.
 */
export function readGguf(path: string): Gguf {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (cause) {
    throw new TroupeError("MODEL_MISSING", "There is no model file here", {
      file: path,
      hint: "Give the path of a GGUF file, or fetch a known model with: troupe models pull smollm2-135m",
      cause,
    });
  }
  try {
    return parse(file, path);
  } finally {
    closeSync(file);
  }
}

function parse(file: number, path: string): Gguf {
  const stat = fstatSync(file);
  const size = stat.size;
  const damaged = (what: string) =>
    new TroupeError("MODEL_DAMAGED", what, { file: path, hint: "Fetch it again, or give another GGUF file" });
  if (!stat.isFile()) throw damaged("This is not a file");
  let window = Buffer.alloc(0);
  let base = 0;
  let at = 0;
  const take = (bytes: number): Buffer => {
    if (at + bytes > size) throw damaged(`The model file ends in its header, after ${size} bytes`);
    if (at + bytes > base + window.length) {
      window = Buffer.alloc(Math.min(size - at, Math.max(bytes, 1 << 20)));
      base = at;
      readSync(file, window, 0, window.length, at);
    }
    at += bytes;
    return window.subarray(at - bytes - base, at - base);
  };
  const u32 = () => take(4).readUInt32LE();
  const u64 = () => Number(take(8).readBigUInt64LE());
  const text = () => take(u64()).toString("utf8");
  const skip = (bytes: number) => {
    if (at + bytes > size) throw damaged(`The model file ends in its header, after ${size} bytes`);
    at += bytes;
    if (at > base + window.length) window = Buffer.alloc(0);
    if (window.length === 0) base = at;
  };
  const value = (type: number): unknown => {
    if (type === 8) return text();
    if (type === 9) {
      const of = u32();
      const count = u64();
      if (of === 8) for (let i = 0; i < count; i++) skip(u64());
      else if (widths[of] !== undefined) {
        if (of === 4 || of === 5) {
          if (count <= 1024) return Array.from({ length: count }, u32);
        }
        skip(widths[of] * count);
      } else throw damaged(`The model file's header holds an array of unknown type ${of}`);
      return undefined;
    }
    const width = widths[type];
    if (width === undefined) throw damaged(`The model file's header holds a value of unknown type ${type}`);
    const bytes = take(width);
    if (type === 4 || type === 5) return bytes.readUInt32LE();
    if (type === 10 || type === 11) return Number(bytes.readBigUInt64LE());
    return undefined;
  };

  if (size < 24 || take(4).toString("latin1") !== "GGUF") throw damaged("This is not a GGUF model file");
  const version = u32();
  if (version < 2 || version > 3) throw damaged(`GGUF version ${version} is not known`);
  const tensors = u64();
  const entries = u64();
  const meta: Record<string, unknown> = {};
  for (let i = 0; i < entries; i++) {
    const key = text();
    meta[key] = value(u32());
  }
  const places: { offset: number; bytes: number }[] = [];
  for (let i = 0; i < tensors; i++) {
    text();
    const dimensions = u32();
    if (dimensions > 8) throw damaged("The model file's header is not readable");
    let elements = 1;
    for (let d = 0; d < dimensions; d++) elements *= u64();
    const [perBlock, bytesPerBlock] = blocks[u32()] ?? [1, 0];
    places.push({ bytes: (elements / perBlock) * bytesPerBlock, offset: u64() });
  }
  const alignment = Number(meta["general.alignment"] ?? 32);
  const start = Math.ceil(at / alignment) * alignment;
  const needed = places.reduce((end, place) => Math.max(end, start + place.offset + place.bytes), start);
  if (needed > size) throw damaged(`The model file is truncated: ${size} bytes of at least ${needed}`);

  const architecture = String(meta["general.architecture"] ?? "unknown");
  const number = (key: string): number => {
    const found = meta[`${architecture}.${key}`];
    return typeof found === "number" ? found : Array.isArray(found) ? Math.max(0, ...(found as number[])) : 0;
  };
  const heads = number("attention.head_count");
  const width = heads ? number("embedding_length") / heads : 0;
  const perHead = (number("attention.key_length") || width) + (number("attention.value_length") || width);
  return {
    architecture,
    context: number("context_length"),
    bytes: size,
    cachePerToken: number("block_count") * (number("attention.head_count_kv") || heads) * perHead * 2,
  };
}
