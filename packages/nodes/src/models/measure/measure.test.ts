import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, defineGraph, END, specialist } from "@troupe/core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { model } from "../model.js";
import { measure } from "./measure.js";
import { measurementFile } from "./measurement-file.js";
import { type Able, tryingServer } from "./trying-server.fixture.js";

const kept = process.env.TROUPE_CACHE;
let cache: string;
let stop: () => Promise<void> = async () => {};
beforeEach(() => {
  process.env.TROUPE_CACHE = cache = mkdtempSync(join(tmpdir(), "troupe-measured-"));
});
afterEach(async () => {
  await stop();
  if (kept === undefined) delete process.env.TROUPE_CACHE;
  else process.env.TROUPE_CACHE = kept;
  rmSync(cache, { recursive: true, force: true });
});

async function served(name: string, able: Partial<Able> = {}) {
  const server = await tryingServer(able);
  stop = server.close;
  return { ...server, id: `openai:${name}@${server.url}` };
}
const files = () =>
  existsSync(join(cache, "measured")) ? readdirSync(join(cache, "measured")).filter((name) => name.endsWith(".json")) : [];

it("measures what a model is able to do, and keeps it with version, day and machine", async () => {
  const { id } = await served("llava:7b", { words: 3000 });
  const steps: string[] = [];
  const { measurement, file } = await measure(id, { onStep: (line) => steps.push(line) });
  expect(measurement).toMatchObject({
    measurement: 1,
    model: id,
    machine: { cores: expect.any(Number), memory: expect.any(Number) },
    speed: { reads: expect.any(Number), writes: expect.any(Number) },
    schema: { right: 5, of: 5 },
    tools: { right: 4, of: 4 },
    choices: { of: 8 },
    sight: { right: 6, of: 6 },
    context: { asked: 32_768 },
  });
  // The server keeps 3,000 words and says nothing of the rest.
  const { held, lost } = measurement.context!;
  expect(held).toBeGreaterThan(1500);
  expect(held).toBeLessThanOrEqual(3010);
  expect(lost).toBeGreaterThan(held);
  expect(steps).toHaveLength(7);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(measurement);
});

it("what was measured counts more than what is published, in cards and in checks", async () => {
  const { id } = await served("llava:7b", { words: 1000, tools: "calls", sees: false, schema: false });
  expect(model(id).card).toMatchObject({ context: 32_768, modalities: ["text", "image"], tools: false, structured: "response_format" });
  const { measurement } = await measure(id);
  expect(measurement.sight!.right).toBeLessThan(4);
  const { card } = model(id);
  expect(card).toMatchObject({ modalities: ["text"], tools: true, structured: "none", measured: measurement.at.slice(0, 10) });
  expect(card.context).toBe(measurement.context!.held);
  const reads = specialist({
    name: "reads",
    does: "Reads",
    input: z.object({}),
    output: z.object({ out: z.string() }),
    model: model(id),
    prompt: () => "word ".repeat(2000),
  });
  const graph = defineGraph({
    name: "g",
    state: { out: z.string() },
    input: [],
    output: ["out"],
    nodes: { reads },
    start: "reads",
    edges: { reads: END },
  });
  expect(check(graph).map(({ code, message }) => `${code} ${message}`)).toEqual([
    expect.stringMatching(/^prompt-too-long .*as was measured on \d{4}-/),
  ]);
});

it("tells a server that takes no tools, and a model that answers instead of calling, from one that calls", async () => {
  for (const [tools, right] of [
    ["refuses", 0],
    ["answers", 0],
    ["calls", 4],
  ] as const) {
    const { id } = await served("Qwen/Qwen3-8B", { tools, words: 1000 });
    expect((await measure(id)).measurement.tools).toEqual({ right, of: 4 });
    expect(model(id).card).toMatchObject({ tools: right > 0 });
    expect(model(id).card.assumed).toBeUndefined();
    await stop();
  }
}, 120_000);

it("says nothing of a context in which no fact is found, however short", async () => {
  const { id } = await served("llava:7b", { words: 20 });
  expect((await measure(id)).measurement.context).toBeUndefined();
  expect(model(id).card.context).toBe(32_768);
});

it("once aborted, leaves what was measured before, and no half of it", async () => {
  const { id, can } = await served("llava:7b", { words: 600 });
  await measure(id);
  const before = readFileSync(measurementFile(id), "utf8");
  can.slow = 300;
  const leave = new AbortController();
  const aborted = measure(id, { signal: leave.signal, onStep: (line) => line.includes("tools") && setTimeout(() => leave.abort(), 100) });
  await expect(aborted).rejects.toMatchObject({ code: "ABORTED" });
  expect(readFileSync(measurementFile(id), "utf8")).toBe(before);
  expect(files()).toHaveLength(1);
  // The lock is given back.
  can.slow = 0;
  await measure(id);
});

it("measures one after the other where two are asked for at once", async () => {
  const { id, seen } = await served("llava:7b", { words: 600 });
  const [one, other] = await Promise.all([measure(id), measure(id)]);
  expect(seen.most).toBe(1);
  expect(one.file).toBe(other.file);
  expect(JSON.parse(readFileSync(one.file, "utf8"))).toMatchObject({ model: id });
});

it("what is kept and is none, of another version or another's, is passed over", async () => {
  const { id } = await served("llava:7b", { words: 600, sees: false });
  const { file, measurement } = await measure(id);
  expect(model(id).card.measured).toBeDefined();
  for (const text of [
    "",
    "{",
    "[]",
    JSON.stringify({ ...measurement, measurement: 2 }),
    JSON.stringify({ ...measurement, model: "openai:other" }),
    JSON.stringify({ ...measurement, context: { asked: 1, held: -1 } }),
  ]) {
    writeFileSync(file, text);
    expect(model(id).card.measured).toBeUndefined();
  }
  writeFileSync(file, JSON.stringify(measurement));
  chmodSync(file, 0o666);
  expect(model(id).card.measured).toBeUndefined();
  chmodSync(file, 0o600);
  expect(model(id).card).toMatchObject({ modalities: ["text"] });
});

it("what can't be asked says why", async () => {
  await expect(measure("nobody:x")).rejects.toMatchObject({ code: "PROVIDER_UNKNOWN" });
  await expect(measure("ollama:embeddinggemma")).rejects.toMatchObject({ code: "MODEL_KIND" });
  await expect(measure("llamacpp:/nowhere.gguf")).rejects.toMatchObject({ code: "MODEL_MISSING" });
  await expect(measure("openai:x@http://127.0.0.1:9/v1")).rejects.toMatchObject({ code: "MODEL_FAILED" });
  expect(files()).toEqual([]);
}, 120_000);
