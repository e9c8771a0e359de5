import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { specialist } from "@troupe/core";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { alone } from "../../text/alone.js";
import { embeddings } from "../model.js";

const chosen = embeddings("llamacpp:minilm");
let vectors: EmbeddingsInterface;
beforeAll(async () => {
  vectors = await chosen.load();
}, 300_000);

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

describe("MiniLM in this process", () => {
  it("gives the vectors and similarities its authors publish, to two digits", async () => {
    // The example of the model's page: https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2
    const [a, b, c] = await vectors.embedDocuments(["That is a happy person", "That is a happy dog", "Today is a sunny day"]);
    expect(a).toHaveLength(384);
    expect(dot(a!, a!)).toBeCloseTo(1, 5);
    const [x, y] = await vectors.embedDocuments(["That is a very happy person", "That is a happy person"]);
    expect(dot(x!, y!)).toBeCloseTo(0.943, 1);
    expect(dot(a!, b!)).toBeCloseTo(0.695, 1);
    expect(dot(a!, c!)).toBeCloseTo(0.257, 1);
  });

  it("puts what means the same nearer than what shares words", async () => {
    const [ask, same, words] = await vectors.embedDocuments([
      "How do I get my money back?",
      "Request a refund for an order",
      "Money makes the world go round, and back again",
    ]);
    expect(dot(ask!, same!)).toBeGreaterThan(dot(ask!, words!));
  });

  it("gives one text the same vector alone, beside others and at the same time as others", async () => {
    const texts = ["One sentence.", "Another sentence, which is longer than the first.", "Zwei Sätze. 你好"];
    const together = await vectors.embedDocuments(texts);
    const apart = await Promise.all(texts.map((text) => vectors.embedQuery(text)));
    expect(together.length).toBe(3);
    for (const [i, vector] of together.entries()) expect(dot(vector, apart[i]!)).toBeGreaterThan(0.9999);
    expect(await vectors.embedDocuments([])).toEqual([]);
  });

  it("counts the tokens of texts for the ledger", async () => {
    const { countTokens } = vectors as unknown as { countTokens(texts: readonly string[]): number };
    const [short, long] = [["One."], ["One.", "Another sentence, which is longer than the first."]].map((texts) =>
      countTokens.call(vectors, texts),
    );
    expect(short).toBeGreaterThan(0);
    expect(long).toBeGreaterThan(2 * short!);
  });

  it("refuses a text past its context, and says which", async () => {
    await expect(vectors.embedDocuments(["short", "word ".repeat(600)])).rejects.toMatchObject({
      code: "PROMPT_TOO_LONG",
      detail: { field: "text 2 of 2" },
    });
  });

  it("computes no more for a run that was aborted", async () => {
    const computed = vi.spyOn((vectors as any).context, "getEmbeddingFor");
    const controller = new AbortController();
    const texts = Array.from({ length: 400 }, (_, i) => `Text ${i}, of which there are many. `.repeat(8));
    const many = specialist({
      name: "many",
      does: "Embeds",
      input: z.object({}),
      output: z.object({ count: z.number() }),
      run: async (_, ctx) => {
        setTimeout(() => controller.abort(), 60);
        return { count: (await ctx.embed(texts)).length };
      },
    });
    const running = alone(many, { embeddings: chosen }).invoke({}, { signal: controller.signal });
    await expect(running).rejects.toMatchObject({ code: "ABORTED" });
    // The next one waits for what is still computed.
    await vectors.embedQuery("next");
    const calls = computed.mock.calls.length;
    await new Promise((done) => setTimeout(done, 300));
    expect(computed.mock.calls.length).toBe(calls);
    expect(calls).toBeLessThan(texts.length);
    computed.mockRestore();
  });

  it("takes an empty text", async () => {
    expect(await vectors.embedQuery("")).toHaveLength(384);
  });
});
