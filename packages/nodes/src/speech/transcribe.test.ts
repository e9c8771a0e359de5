import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Context, limitsOf, openMedia } from "@troupe/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import facts from "../../../../examples/field-report/inputs/facts.json" with { type: "json" };
import { transcribe } from "./transcribe.js";

const inputs = fileURLToPath(new URL("../../../../examples/field-report/inputs/", import.meta.url));
/** The first one makes the Python environment, which a slow connection makes slow. */
const long = 600_000;
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "troupe-transcribe-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe("transcribe", () => {
  it("writes down the committed memo with at most 15 words in a hundred wrong", { timeout: long }, async () => {
    const done: string[] = [];
    const text = await heard(join(inputs, "memo.wav"), { worked: (engine: string) => done.push(engine) });
    expect(wordError(facts.memo.text, text)).toBeLessThanOrEqual(0.15);
    expect(done).toEqual(["whisper-tiny.en"]);
  });

  it("hears one sentence of it alone", { timeout: long }, async () => {
    const bytes = await readFile(join(inputs, "memo.wav"));
    const samples = new Int16Array(bytes.buffer.slice(bytes.byteOffset + 44, bytes.byteOffset + bytes.length - (bytes.length % 2)));
    await writeFile(join(dir, "sentence.wav"), wav(samples.slice(12.4 * 16_000, 14.1 * 16_000)));
    expect(wordError("The pressure gauge is broken.", await heard(join(dir, "sentence.wav")))).toBeLessThanOrEqual(0.15);
  });

  it.each([
    "sound.webm",
    "recorded.webm",
    "sound.mka",
    "sound.mp4",
    "fragments.mp4",
    "sound.mov",
    "sound.3gp",
    "sound.3g2",
    "sound.caf",
    "sound.mp3",
    "sound.ogg",
    "sound.aac",
  ])("hears it in what browsers and phones record: %s", { timeout: long }, async (name) => {
    const text = await heard(fileURLToPath(new URL(`../../../core/src/media/fixtures/${name}`, import.meta.url)));
    expect(wordError("The pressure gauge is broken.", text)).toBeLessThanOrEqual(0.15);
  });

  it("hears nothing in silence and in noise too short for a word", { timeout: long }, async () => {
    await writeFile(join(dir, "silence.wav"), wav(new Int16Array(3 * 16_000)));
    await writeFile(join(dir, "tone.wav"), wav(Int16Array.from({ length: 8000 }, (_, i) => 9000 * Math.sin(i / 6))));
    expect(await heard(join(dir, "silence.wav"))).toBe("");
    expect(await heard(join(dir, "tone.wav"))).toBe("");
  });

  it("refuses a recording without sound in it, and hears the next one all the same", { timeout: long }, async () => {
    await writeFile(join(dir, "empty.wav"), wav(new Int16Array(0)));
    await writeFile(join(dir, "damaged.flac"), Buffer.concat([Buffer.from("fLaC"), Buffer.alloc(4000, 7)]));
    for (const name of ["empty.wav", "damaged.flac"]) {
      await expect(heard(join(dir, name))).rejects.toMatchObject({
        code: "AUDIO_UNREADABLE",
        detail: { file: join(dir, name) },
        hint: expect.stringContaining("recording"),
      });
    }
    await writeFile(join(dir, "again.wav"), wav(new Int16Array(16_000)));
    expect(await heard(join(dir, "again.wav"))).toBe("");
  });

  it.each([
    ["sound.mp4", "is damaged within", (bytes: Buffer) => bytes.fill(255, 1500, 3000)],
    ["sound.mov", "is damaged within", (bytes: Buffer) => bytes.fill(255, 1500, 3000)],
    ["sound.webm", "breaks off", (bytes: Buffer) => bytes.subarray(0, 3500)],
    ["sound.mka", "breaks off", (bytes: Buffer) => bytes.subarray(0, 3500)],
    ["sound.caf", "breaks off", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ["sound.mp3", "breaks off", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ["sound.ogg", "breaks off within a page", (bytes: Buffer) => bytes.subarray(0, bytes.length - 20)],
    ["sound.ogg", "breaks off between two pages", (bytes: Buffer) => bytes.subarray(0, bytes.lastIndexOf("OggS"))],
    ["sound.aac", "breaks off within a frame", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ["sound.mp4", "breaks off", (bytes: Buffer) => bytes.subarray(0, bytes.length - 20)],
    ["fragments.mp4", "breaks off", (bytes: Buffer) => bytes.subarray(0, bytes.length - 300)],
    ["memo.wav", "breaks off", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
  ])("refuses a recording that is heard in part only: %s, which %s", { timeout: long }, async (name, _, damage) => {
    const folder = name === "memo.wav" ? inputs : fileURLToPath(new URL("../../../core/src/media/fixtures/", import.meta.url));
    await writeFile(join(dir, name), damage(await readFile(join(folder, name))));
    await expect(heard(join(dir, name))).rejects.toMatchObject({
      code: "AUDIO_UNREADABLE",
      what: expect.stringContaining("part"),
      detail: { file: join(dir, name) },
    });
  });

  it("hears a WAV that was written to a pipe, and so says nothing of its length", { timeout: long }, async () => {
    const bytes = wav(new Int16Array(16_000));
    for (const size of [0xffffffff, 0x80000000, 0x7ffff000]) {
      bytes.writeUInt32LE(size, 4);
      bytes.writeUInt32LE(size, 40);
      await writeFile(join(dir, "piped.wav"), bytes);
      expect(await heard(join(dir, "piped.wav"))).toBe("");
    }
  });

  it("holds a recording to the limit of its seconds, whatever its head says, and hears the next one", { timeout: long }, async () => {
    const limits = limitsOf({ seconds: 1 });
    await expect(heard(join(inputs, "memo.wav"), { limits })).rejects.toMatchObject({
      code: "LIMIT_CROSSED",
      what: expect.stringContaining("limits.seconds"),
      detail: { file: join(inputs, "memo.wav") },
    });
    await writeFile(join(dir, "short.wav"), wav(new Int16Array(12_000)));
    expect(await heard(join(dir, "short.wav"), { limits })).toBe("");
    expect(await heard(join(dir, "short.wav"), { limits: limitsOf({ seconds: Number.POSITIVE_INFINITY }) })).toBe("");
  });

  it("stops when it is told to", { timeout: long }, async () => {
    const abort = new AbortController();
    const listening = heard(join(inputs, "memo.wav"), { signal: abort.signal, progress: () => abort.abort("enough") });
    await expect(listening).rejects.toMatchObject({ code: "ABORTED", cause: "enough" });
  });
});

async function heard(path: string, context: Partial<Context> = {}): Promise<string> {
  const ctx = { signal: new AbortController().signal, limits: limitsOf(), progress: () => {}, worked: () => {}, ...context } as Context;
  return (await transcribe.run!({ audio: await openMedia("audio", path, { trust: { folders: [dir, process.cwd()] } }) }, ctx)).text;
}

/** Word error rate: word substitutions, insertions and deletions to the reference's words, case and punctuation aside. */
function wordError(reference: string, text: string): number {
  const words = (of: string) => of.toLowerCase().match(/[a-z0-9']+/g) ?? [];
  const [a, b] = [words(reference), words(text)];
  let row = b.map((_, j) => j + 1);
  row.unshift(0);
  for (const [i, word] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries()) next.push(Math.min(row[j]! + Number(word !== other), row[j + 1]! + 1, next[j]! + 1));
    row = next;
  }
  return row.at(-1)! / a.length;
}

/** 16 bit, mono, 16 kHz. */
function wav(samples: Int16Array): Buffer {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(16_000, 24);
  header.writeUInt32LE(32_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer)]);
}
