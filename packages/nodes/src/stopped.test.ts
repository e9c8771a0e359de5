import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultModels, measure, pull, train } from "./index.js";

let cache: string;
beforeAll(() => {
  cache = mkdtempSync(join(tmpdir(), "stopped-"));
  process.env.TROUPE_CACHE = cache;
});
afterAll(() => rm(cache, { recursive: true, force: true }));

const vectors = { embedDocuments: async (texts: string[]) => texts.map((text) => [text.length, 1]) };
const embeddings = { id: "embeddings:own", card: { kind: "embeddings" }, load: async () => vectors } as any;
const examples = ["aa", "bb", "ccc", "ddd"].map((text, i) => ({ text, label: i % 2 ? "odd" : "even" }));

const works: Readonly<Record<string, (signal: AbortSignal) => Promise<unknown>>> = {
  pull: (signal) => pull("minilm", { signal, sources: ["hub"] }),
  measure: (signal) => measure("openai:x@http://127.0.0.1:1/v1", { signal }),
  train: (signal) => train(examples, { embeddings, signal }),
  "a default model's load": (signal) => defaultModels({ signal }).embeddings.load(),
};

test.each(Object.entries(works))("%s that is aborted says so in our words, with the reason as the cause", async (_, work) => {
  await expect(work(AbortSignal.abort("enough"))).rejects.toMatchObject({ code: "ABORTED", cause: "enough" });
  const late = AbortSignal.timeout(1);
  await new Promise((resolve) => late.addEventListener("abort", resolve));
  await expect(work(late)).rejects.toMatchObject({ code: "TIMEOUT" });
});

test.each(Object.entries(works))("%s takes no signal that is none", async (_, work) => {
  await expect((async () => work(5 as never))()).rejects.toMatchObject({ code: "OPTION_INVALID", what: expect.stringContaining("signal") });
});
