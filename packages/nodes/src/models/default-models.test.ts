import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { afterEach, expect, it } from "vitest";
import { defaultModels } from "./default-models.js";

const kept = { ...process.env };
afterEach(() => {
  process.env = { ...kept };
});

it("takes the best weights that fit and can be reached, brings them when they are first asked for, and says why", async () => {
  process.env.HF_HUB_OFFLINE = "1";
  const why: string[] = [];
  const models = defaultModels({ onChoice: (line) => why.push(line) });
  const [chat, vectors] = [models.default, models.embeddings];
  expect(chat.id).toMatch(/^llamacpp:smollm2-/);
  expect(chat.card.kind).toBe("chat");
  expect(why).toEqual([]);
  expect((await (await vectors.load()).embedQuery("Hello")).length).toBe(384);
  expect(vectors.id).toBe("llamacpp:minilm");
  expect(why).toEqual([expect.stringMatching(/^minilm: taken, /)]);
  await Promise.all([chat.load(), chat.load()]);
  const taken = chat.id.slice("llamacpp:".length);
  expect(why.filter((line) => /: taken, /.test(line)).map((line) => line.split(":")[0])).toEqual(["minilm", taken]);
  // Whatever stands before the one that was taken was passed over for a reason.
  for (const line of why.slice(1, -1)) expect(line).toMatch(/passed over, .{10}/);
  expect(chat.card.memory).toBeGreaterThan(1e8);
}, 300_000);

it("decides and calls with the smallest weights under their adapters", async () => {
  const { decisions, calls } = defaultModels();
  expect([decisions.id, decisions.card.kind]).toEqual(["llamacpp:smollm2-135m+decisions", "decisions"]);
  expect([calls.id, calls.card.kind]).toEqual(["llamacpp:smollm2-135m+calls-fields", "chat"]);
  expect(await calls.load()).toBeInstanceOf(BaseChatModel);
}, 300_000);

it("names every reason where nothing can be had, and only once something is asked for", async () => {
  const cache = await mkdtemp(join(tmpdir(), "troupe-default-"));
  Object.assign(process.env, { TROUPE_CACHE: join(cache, "models"), HF_HUB_OFFLINE: "1", TROUPE_PYTHON: join(cache, "no-python") });
  const models = defaultModels();
  expect(existsSync(join(cache, "models"))).toBe(false);
  const error: any = await models.default.load().catch((e) => e);
  expect(error.code).toBe("MODEL_UNREACHABLE");
  expect(error.what).toMatch(/smollm2-1\.7b: passed over/);
  expect(error.what).toMatch(/smollm2-135m: passed over[\s\S]*HF_HUB_OFFLINE is set[\s\S]*Python does not start/);
  expect(error.what).not.toContain("minilm");
  expect(error.hint).toMatch(/--model/);
  await rm(cache, { recursive: true });
});

it("says what to do about a cache that cannot be written to, where that is why", async () => {
  Object.assign(process.env, { TROUPE_CACHE: "/proc/troupe", HF_HUB_OFFLINE: "1" });
  const error: any = await defaultModels()
    .default.load()
    .catch((e) => e);
  expect(error).toMatchObject({ code: "MODEL_UNREACHABLE", what: expect.stringContaining("cache cannot be written") });
  expect(error.hint).toMatch(/^.*set TROUPE_CACHE/);
  expect(error.hint).not.toContain("network");
});

it("never takes the larger weights on two cores", async () => {
  expect(availableParallelism()).toBeLessThanOrEqual(2);
  const why: string[] = [];
  await defaultModels({ onChoice: (line) => why.push(line) }).default.load();
  expect(why[0]).toMatch(/^qwen2\.5-coder-1\.5b: passed over, it needs 4 cores/);
}, 300_000);
