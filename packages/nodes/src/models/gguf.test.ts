import { execFileSync } from "node:child_process";
import { closeSync, openSync, truncateSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TroupeError } from "@troupe/core";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { readGguf } from "./gguf.js";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "troupe-gguf-"));
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => rm(dir, { recursive: true, force: true }));

const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer);
const u64 = (value: bigint | number) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
const text = (value: string, length: bigint | number = Buffer.byteLength(value)) => Buffer.concat([u64(length), Buffer.from(value)]);
const entry = (key: Buffer, type: number, value: Buffer) => Buffer.concat([key, u32(type), value]);
const tensor = (name: string, dimensions: (bigint | number)[], type: number, offset: bigint | number) =>
  Buffer.concat([text(name), u32(dimensions.length), ...dimensions.map(u64), u32(type), u64(offset)]);
const file = (entries: Buffer[], tensors: Buffer[], counts: { tensors?: bigint; entries?: bigint } = {}) =>
  Buffer.concat([
    Buffer.from("GGUF"),
    u32(3),
    u64(counts.tensors ?? tensors.length),
    u64(counts.entries ?? entries.length),
    ...entries,
    ...tensors,
  ]);

const llama = entry(text("general.architecture"), 8, text("llama"));
const alignment = (value: number) => entry(text("general.alignment"), 4, u32(value));
const weights = (elements: bigint | number, offset: bigint | number = 0) => tensor("token_embd.weight", [elements], 0, offset);

/** Writes a header into a file of this many bytes, the rest a hole. */
function written(header: Buffer, size = header.length): string {
  const path = join(dir, "model.gguf");
  writeFileSync(path, header);
  truncateSync(path, size);
  return path;
}

/** Reads, and holds that no more is allocated than a window on the file. */
function refusal(path: string): TroupeError {
  const alloc = vi.spyOn(Buffer, "alloc");
  let error: unknown;
  try {
    readGguf(path);
  } catch (thrown) {
    error = thrown;
  }
  expect(Math.max(0, ...alloc.mock.calls.map(([bytes]) => bytes))).toBeLessThanOrEqual(1 << 20);
  expect(error).toBeInstanceOf(TroupeError);
  expect(error).toMatchObject({ code: "MODEL_DAMAGED", detail: { hint: expect.any(String) } });
  return error as TroupeError;
}

const gigabyte = 1_000_000_000;
const endless = 2n ** 63n;

const hostile: Record<string, () => string> = {
  "no alignment": () => written(file([llama, alignment(0)], [weights(1000)]), 200),
  "an alignment that is no power of two": () => written(file([llama, alignment(33)], [weights(1000)]), 200),
  "an alignment beyond the file": () => written(file([llama, alignment(0x80000000)], [weights(1000)]), 200),
  "an alignment that is a text": () => written(file([llama, entry(text("general.alignment"), 8, text("none"))], [weights(1000)]), 200),
  "a key of 900 MB": () => written(file([llama, Buffer.concat([u64(900_000_000)])], []), gigabyte),
  "an architecture of 900 MB": () => written(file([Buffer.concat([text("general.architecture"), u32(8), u64(900_000_000)])], []), gigabyte),
  "a tensor's name of 900 MB": () => written(file([llama], [u64(900_000_000)], { tensors: 1n }), gigabyte),
  "a text longer than the file": () => written(file([llama, Buffer.concat([text("x"), u32(8), u64(endless)])], []), 4096),
  "an array longer than the file": () => written(file([llama, Buffer.concat([text("x"), u32(9), u32(10), u64(endless)])], []), 4096),
  "an array of texts longer than the file": () =>
    written(file([llama, Buffer.concat([text("x"), u32(9), u32(8), u64(2n ** 40n)])], []), gigabyte),
  "arrays in arrays": () =>
    written(file([llama, Buffer.concat([text("x"), u32(9), u32(9), u64(3), ...Array(3).fill(Buffer.concat([u32(9), u64(1)]))])], []), 4096),
  "more entries than the file can hold": () => written(file([llama], [], { entries: endless }), 4096),
  "more tensors than the file can hold": () => written(file([llama], [weights(1)], { tensors: endless }), 4096),
  "a header that never ends": () => written(file([llama, Buffer.concat([text("x"), u32(9), u32(8), u64(2n ** 34n)])], []), 2 ** 38),
  "one key twice": () => written(file([llama, llama], [weights(1)]), 4096),
  "an offset beyond the file": () => written(file([llama], [weights(1, endless)]), 4096),
  "an offset that is not aligned": () => written(file([llama], [weights(1, 3)]), 4096),
  "offset and size that overflow": () => written(file([llama], [weights(2n ** 62n, 2n ** 64n - 32n)]), 4096),
  "sides whose product overflows": () => written(file([llama], [tensor("t", [2n ** 63n, 2n ** 63n, 0n, 2n ** 63n], 0, 0)]), 4096),
  "a size of nothing times endless": () => written(file([llama], [tensor("t", Array(8).fill(2n ** 64n - 1n), 0, 0)]), 4096),
  "half a block": () => written(file([llama], [tensor("t", [33], 2, 0)]), 4096),
  "a negative length of context": () =>
    written(file([llama, entry(text("llama.context_length"), 10, u64(2n ** 64n - 1n))], [weights(1)]), 4096),
};

it.each(Object.entries(hostile))("refuses a header with %s, without reading it into memory", (_, make) => {
  refusal(make());
});

it("reads what is whole: an alignment of its own, types that are not known yet, arrays of numbers a layer", () => {
  const header = file(
    [
      llama,
      alignment(64),
      entry(text("llama.context_length"), 4, u32(2048)),
      entry(text("llama.block_count"), 4, u32(2)),
      entry(text("llama.embedding_length"), 4, u32(64)),
      entry(text("llama.attention.head_count"), 9, Buffer.concat([u32(4), u64(2), u32(4), u32(8)])),
      entry(text("__proto__"), 9, Buffer.concat([u32(4), u64(1), u32(7)])),
      entry(text("tokenizer.ggml.tokens"), 9, Buffer.concat([u32(8), u64(3), text("a"), text(""), text("ß")])),
    ],
    [weights(100), tensor("t", [32, 4], 2, 448), tensor("later", [8], 200, 576)],
  );
  const size = Math.ceil(header.length / 64) * 64 + 576 + 8;
  expect(readGguf(written(header, size))).toEqual({ architecture: "llama", context: 2048, bytes: size, cachePerToken: 2 * 8 * 16 * 2 });
  expect(refusal(written(header, size - 80)).what).toMatch(/truncated/);
});

it.skipIf(process.platform === "win32")("does not wait for a pipe that nothing writes to", () => {
  const path = join(dir, "pipe.gguf");
  execFileSync("mkfifo", [path]);
  // Opened for both, so that the test fails by what is said and not by waiting.
  const held = openSync(path, "r+");
  expect(refusal(path).what).toMatch(/not a file/);
  closeSync(held);
});

it("whatever the bytes: a header that fits its file, or an error, in bounded memory", () => {
  const length = fc.oneof(
    fc.bigInt(0n, 300n),
    fc.constantFrom(0n, 1n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 64n - 32n),
  );
  const name = fc.oneof(
    fc.constantFrom("general.architecture", "general.alignment", "llama.context_length", "llama.block_count", "__proto__", "x"),
    fc.string({ maxLength: 12 }),
  );
  const key = fc.oneof(
    { weight: 8, arbitrary: name.map((one) => text(one)) },
    fc.tuple(name, length).map(([one, n]) => text(one, n)),
  );
  const value = fc.oneof(
    fc
      .tuple(fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13), fc.uint8Array({ maxLength: 9 }))
      .map(([t, b]) => Buffer.concat([u32(t), b])),
    fc.constantFrom(...[0, 1, 3, 16, 32, 64, 2 ** 31].map((n) => Buffer.concat([u32(4), u32(n)]))),
    name.map((one) => Buffer.concat([u32(8), text(one)])),
    fc
      .tuple(fc.constantFrom(4, 8, 9, 10, 99), length, fc.uint8Array({ maxLength: 40 }))
      .map(([t, n, b]) => Buffer.concat([u32(9), u32(t), u64(n), b])),
  );
  const entries = fc.array(
    fc.tuple(key, value).map((both) => Buffer.concat(both)),
    { maxLength: 5 },
  );
  const tensors = fc.array(
    fc
      .tuple(key, fc.array(length, { maxLength: 9 }), fc.constantFrom(0, 1, 2, 8, 12, 30, 99), length)
      .map(([k, sides, type, offset]) => Buffer.concat([k, u32(sides.length), ...sides.map(u64), u32(type), u64(offset)])),
    { maxLength: 3 },
  );
  const counts = fc.record({ tensors: length, entries: length }, { requiredKeys: [] });
  const damage = fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 3 });
  fc.assert(
    fc.property(entries, tensors, counts, damage, fc.nat(5000), (before, behind, wrong, bytes, size) => {
      const made = file([llama, ...before], behind, wrong as { tensors?: bigint; entries?: bigint });
      for (const [at, byte] of bytes) if (at < made.length) made[at] = byte;
      const path = written(made, size);
      const alloc = vi.spyOn(Buffer, "alloc");
      try {
        const { context, bytes: told, cachePerToken } = readGguf(path);
        expect(told).toBe(size);
        for (const one of [context, cachePerToken]) expect(one >= 0 && Number.isFinite(one)).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ code: "MODEL_DAMAGED" });
      }
      for (const [allocated] of alloc.mock.calls) expect(allocated).toBeLessThanOrEqual(1 << 20);
      alloc.mockRestore();
    }),
    { numRuns: 3000 },
  );
});
