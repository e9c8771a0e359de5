import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { TroupeError } from "@troupe/core";
import { ggufBlocks } from "./gguf-blocks.js";
import { type GgufCursor, ggufCursor } from "./gguf-cursor.js";

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

/** Bytes of a metadata value, by GGUF's type number; texts (8) and arrays (9) have lengths of their own. */
const widths: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };

/** Bytes: four times what the largest vocabularies take. */
const longestHeader = 1 << 26;
/** Bytes of a key, as the format says, and of an architecture's or a tensor's name, with room. */
const longestKey = 65_535;
const longestName = 256;
const mostDimensions = 8;
/** Layers a model may tell numbers of. */
const mostNumbers = 1024;

type Damaged = (what: string) => TroupeError;

/**
 * Reads a GGUF file's header and holds the place of every tensor against the file's size, so that a truncated, foreign or hostile file
 * is found before a runtime opens it. Memory and time are bounded whatever the header says. Format:
 * https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 *
 * Throws MODEL_MISSING and MODEL_DAMAGED.
 */
export function readGguf(path: string): Gguf {
  let file: number;
  try {
    // To open a pipe would wait for one who writes to it.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    throw new TroupeError("MODEL_MISSING", "There is no model file here", {
      file: path,
      hint: "Give the path of a GGUF file, or fetch a known model with: troupe models pull smollm2-135m",
      cause,
    });
  }
  const damaged: Damaged = (what) =>
    new TroupeError("MODEL_DAMAGED", what, { file: path, hint: "Fetch it again, or give another GGUF file" });
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw damaged("This is not a file");
    return parse(ggufCursor(file, stat.size, longestHeader, damaged), stat.size, damaged);
  } finally {
    closeSync(file);
  }
}

function parse(cursor: GgufCursor, size: number, damaged: Damaged): Gguf {
  if (size < 24 || cursor.u32() !== 0x46554747) throw damaged("This is not a GGUF model file");
  const version = cursor.u32();
  if (version < 2 || version > 3) throw damaged(`GGUF version ${version} is not known`);
  const tensors = cursor.u64();
  const entries = cursor.u64();
  // The file's own size bounds both counts: each entry and each tensor takes bytes, and reading beyond its end throws.
  const meta = new Map<string, number | string | undefined>();
  for (let i = 0; i < entries; i++) {
    const key = cursor.text("a key", longestKey);
    if (meta.has(key)) throw damaged(`The model file's header holds the key ${JSON.stringify(key.slice(0, 80))} twice`);
    meta.set(key, value(cursor, key, damaged));
  }
  const alignment = meta.get("general.alignment") ?? 32;
  if (typeof alignment !== "number" || !Number.isInteger(Math.log2(alignment)))
    throw damaged("The model file's header holds an alignment that is no power of two");
  const needed = end(cursor, tensors, alignment, damaged);
  if (needed > size) throw damaged(`The model file is truncated: ${size} bytes of at least ${needed}`);

  const architecture = meta.get("general.architecture") ?? "unknown";
  const number = (key: string): number => {
    const found = meta.get(`${architecture}.${key}`);
    return typeof found === "number" ? found : 0;
  };
  const heads = number("attention.head_count");
  const width = heads ? number("embedding_length") / heads : 0;
  const perHead = (number("attention.key_length") || width) + (number("attention.value_length") || width);
  return {
    architecture: String(architecture),
    context: number("context_length"),
    bytes: size,
    cachePerToken: number("block_count") * (number("attention.head_count_kv") || heads) * perHead * 2,
  };
}

/** A metadata value: whole numbers, the architecture's name, of a list of whole numbers the largest; the rest is passed by. */
function value(cursor: GgufCursor, key: string, damaged: Damaged): number | string | undefined {
  const type = cursor.u32();
  const whole = type === 4 || type === 5 ? cursor.u32 : type === 10 || type === 11 ? cursor.u64 : undefined;
  if (whole) return whole();
  if (type === 8) {
    if (key === "general.architecture") return cursor.text("an architecture's name", longestName);
    cursor.skip(cursor.u64());
    return undefined;
  }
  if (type === 9) return largest(cursor, damaged);
  cursor.skip(widths[type] ?? unknown(type, damaged));
  return undefined;
}

function largest(cursor: GgufCursor, damaged: Damaged): number | undefined {
  const type = cursor.u32();
  const count = cursor.u64();
  if (type === 8) {
    for (let i = 0; i < count; i++) cursor.skip(cursor.u64());
    return undefined;
  }
  if ((type === 4 || type === 5) && count <= mostNumbers) return Math.max(0, ...Array.from({ length: count }, cursor.u32));
  // llama.cpp knows no arrays in arrays either.
  cursor.skip((widths[type] ?? unknown(type, damaged)) * count);
  return undefined;
}

function unknown(type: number, damaged: Damaged): never {
  throw damaged(`The model file's header holds a value of unknown type ${type}`);
}

/** Where the last tensor ends in the file. */
function end(cursor: GgufCursor, tensors: number, alignment: number, damaged: Damaged): number {
  let last = 0;
  for (let i = 0; i < tensors; i++) {
    cursor.text("a tensor's name", longestName);
    const dimensions = cursor.u32();
    if (dimensions > mostDimensions) throw damaged(`The model file's header holds a tensor of ${dimensions} dimensions`);
    const sides = Array.from({ length: dimensions }, cursor.u64);
    // A type that is not known yet: where such a tensor begins can be held against the file, where it ends cannot.
    const [perBlock, bytesPerBlock] = ggufBlocks[cursor.u32()] ?? [1, 0];
    const offset = cursor.u64();
    const elements = sides.reduce((product, side) => product * side, 1);
    if (!Number.isSafeInteger(elements)) throw damaged("The model file's header holds a tensor that fits no file");
    if (elements % perBlock) throw damaged("The model file's header holds a tensor that ends inside a block");
    if (offset % alignment) throw damaged("The model file's header holds a tensor that is not aligned");
    last = Math.max(last, offset + (elements / perBlock) * bytesPerBlock);
  }
  return Math.ceil(cursor.at / alignment) * alignment + last;
}
