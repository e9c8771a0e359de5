import { writeFile } from "node:fs/promises";

export type Metadata = Readonly<Record<string, string | boolean | Typed>>;
/** A number, or a list, of the type that its reader asks for. */
type Typed =
  | { readonly u32: number }
  | { readonly f32: number | readonly number[] }
  | { readonly i32: readonly number[] }
  | { readonly texts: readonly string[] };

/** Weights: how many along each dimension, the one that lies together first. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

const types = { u32: 4, i32: 5, f32: 6, bool: 7, text: 8, list: 9 };
const alignment = 32;

/** Writes a GGUF file, version 3, of 32-bit floats. */
export async function writeGguf(path: string, metadata: Metadata, tensors: Readonly<Record<string, Tensor>>): Promise<void> {
  let offset = 0;
  const heads = Object.entries(tensors).map(([name, { shape, data }]) => {
    if (shape.reduce((all, one) => all * one, 1) !== data.length) throw new Error(`${name} has ${data.length} weights, not ${shape}`);
    const head = Buffer.concat([text(name), u32(shape.length), ...shape.map(u64), u32(0), u64(offset)]);
    offset += padded(data.byteLength);
    return head;
  });
  const entries = Object.entries(metadata).map(([key, value]) => Buffer.concat([text(key), written(value)]));
  const head = Buffer.concat([Buffer.from("GGUF"), u32(3), u64(heads.length), u64(entries.length), ...entries, ...heads]);
  const bodies = Object.values(tensors).map(({ data }) => filled(Buffer.from(data.buffer, data.byteOffset, data.byteLength)));
  await writeFile(path, Buffer.concat([filled(head), ...bodies]));
}

const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer);
const u64 = (value: number) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
const text = (value: string) => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);
const list = (type: number, count: number, items: Buffer) => Buffer.concat([u32(types.list), u32(type), u64(count), items]);
const padded = (bytes: number) => Math.ceil(bytes / alignment) * alignment;
const filled = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(padded(bytes.length) - bytes.length)]);

function written(value: Metadata[string]): Buffer {
  if (typeof value === "string") return Buffer.concat([u32(types.text), text(value)]);
  if (typeof value === "boolean") return Buffer.concat([u32(types.bool), Buffer.of(value ? 1 : 0)]);
  if ("u32" in value) return Buffer.concat([u32(types.u32), u32(value.u32)]);
  if ("i32" in value) return list(types.i32, value.i32.length, Buffer.from(Int32Array.from(value.i32).buffer));
  if ("texts" in value) return list(types.text, value.texts.length, Buffer.concat(value.texts.map(text)));
  if (typeof value.f32 === "number") return Buffer.concat([u32(types.f32), Buffer.from(Float32Array.of(value.f32).buffer)]);
  return list(types.f32, value.f32.length, Buffer.from(Float32Array.from(value.f32).buffer));
}
