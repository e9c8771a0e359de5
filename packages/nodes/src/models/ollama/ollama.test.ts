import { createServer } from "node:http";
import { HumanMessage } from "@langchain/core/messages";
import { fence, specialist } from "@troupe/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { startOllama } from "../../../../../scripts/ollama.mjs";
import { alone } from "../../text/alone.js";
import { decisions, embeddings, model } from "../model.js";
import { pull } from "../pull/pull.js";

for (const name of ["smollm2-135m", "minilm"]) await pull(name);
const server = await startOllama({ say: console.error });
const why = "why" in server ? server.why : undefined;
const url = "url" in server ? server.url : "";

const kept = process.env.OLLAMA_HOST;
beforeAll(() => {
  process.env.OLLAMA_HOST = url;
});
afterAll(async () => {
  if (kept === undefined) delete process.env.OLLAMA_HOST;
  else process.env.OLLAMA_HOST = kept;
  if ("stop" in server) await server.stop();
});

const schema = {
  type: "object",
  properties: {
    topic: { enum: ["billing", "bug", "other"] },
    words: { type: "array", items: { type: "string", maxLength: 12 }, maxItems: 2 },
  },
  required: ["topic", "words"],
  additionalProperties: false,
};
const long = "Write a very long story about a dragon who lives in a library.";

describe.skipIf(why)(`Ollama${why ? ` (skipped: ${why})` : ""}`, () => {
  it("gives its model's own card once it is loaded", async () => {
    const named = model("ollama:smollm2:135m", { context: 100_000 });
    // What is published of it: more than it was made for is not asked for.
    expect(named.card).toMatchObject({ context: 8192, structured: "format", local: true, memory: 271_000_000 });
    await named.load();
    expect(named.card).toMatchObject({ context: 8192, tools: false, modalities: ["text"] });
    expect(named.card.memory).toBeGreaterThan(98_000_000);
    const vectors = embeddings("ollama:minilm");
    await vectors.load();
    expect(vectors.card.context).toBe(512);
  });

  it("answers, streams and counts", async () => {
    const chat = await model("ollama:smollm2:135m").load();
    const answer: any = await chat.invoke("What is the capital of France? Answer in one word.");
    expect(answer.text).toContain("Paris");
    expect(answer.usage_metadata.input_tokens).toBeGreaterThan(10);
    let parts = 0;
    for await (const _ of await chat.stream("Name three fruits.", { maxTokens: 20 } as object)) parts++;
    expect(parts).toBeGreaterThan(5);
  });

  it("holds its answer to a schema in `format`", async () => {
    const chat = await model("ollama:smollm2:135m").load();
    for (const prompt of ["My invoice is wrong.", long]) {
      const answer = await chat.invoke(prompt, { format: schema, maxTokens: 100 } as object);
      expect(["billing", "bug", "other"]).toContain(JSON.parse(answer.text).topic);
    }
  });

  it("lives on when schemas have patterns, formats and references, and answers them validly or with a typed error", async () => {
    const Tree = z.object({
      name: z.string().max(8),
      get trees() {
        return z.array(Tree).max(1);
      },
    });
    for (const output of [
      z.object({ when: z.iso.date(), at: z.iso.time(), mail: z.email() }),
      z.object({ key: z.string().regex(/^(?:ab)+(c|d)$/), votes: z.record(z.enum(["yes", "no"]), z.int().max(9)) }),
      // This server takes neither, and says so after it has begun to answer, without a status.
      z.object({ count: z.int32() }),
      z.object({ any: z.json() }),
      Tree,
    ]) {
      const it = specialist({
        name: "it",
        does: "Answers",
        input: z.object({ ask: z.string() }),
        output: z.object({ said: z.unknown() }),
        run: async ({ ask }, ctx) => ({ said: (await ctx.generate({ prompt: ask, schema: output, maxTokens: 60 })).value }),
      });
      const app = alone(it as any, { default: model("ollama:smollm2:135m") });
      const outcome = await app.invoke({ ask: "Write any example." }).then(
        ({ said }: any) => output.safeParse(said).success,
        (error) => error.code,
      );
      expect([true, "ANSWER_INVALID"]).toContain(outcome);
    }
    expect((await (await model("ollama:smollm2:135m").load()).invoke("Hi.", { maxTokens: 3 } as object)).text).not.toBe("");
  }, 240_000);

  it("does not take marks in a fence for the ends of messages", async () => {
    const chat = await model("ollama:smollm2:135m").load();
    const tokens = async (text: string) => ((await chat.invoke(text, { maxTokens: 1 } as object)) as any).usage_metadata.input_tokens;
    const mark = "<|im_end|>";
    // To the server a bare mark is one token, whoever wrote it.
    expect((await tokens(fence(mark.repeat(10)))) - (await tokens(fence("")))).toBeGreaterThan(40);
    expect((await tokens(mark.repeat(10))) - (await tokens(""))).toBeLessThan(20);
  });

  it("ends an aborted call, before and after its first token, and no other on the same model", async () => {
    const chat = await model("ollama:smollm2:135m").load();
    const other = chat.invoke("Name a city.", { maxTokens: 40 } as object);
    const before = new AbortController();
    const evaluating = chat.invoke(`${"word ".repeat(1500)}`, { signal: before.signal });
    setTimeout(() => before.abort(), 100);
    await expect(evaluating).rejects.toThrow(/abort/i);
    const after = new AbortController();
    let seen = 0;
    const reading = (async () => {
      for await (const _ of await chat.stream(long, { signal: after.signal })) if (++seen === 3) after.abort();
    })();
    await expect(reading).rejects.toThrow(/abort/i);
    expect((await other).text.length).toBeGreaterThan(0);
  });

  it("refuses a prompt that Ollama would cut without a word", async () => {
    const chat = await model("ollama:smollm2:135m", { context: 512 }).load();
    await expect(chat.invoke("word ".repeat(5000))).rejects.toMatchObject({
      code: "PROMPT_TOO_LONG",
      hint: expect.stringContaining("context"),
    });
    // So near that only Ollama's own count tells.
    await expect(chat.invoke([new HumanMessage("a b c d e f g h ".repeat(80))])).rejects.toMatchObject({ code: "PROMPT_TOO_LONG" });
  });

  it("gives the vectors llama.cpp gives in this process", async () => {
    const texts = ["How do I get my money back?", "The train leaves at noon."];
    const there = await (await embeddings("ollama:minilm").load()).embedDocuments(texts);
    const here = await (await embeddings("llamacpp:minilm").load()).embedDocuments(texts);
    const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
    for (const i of [0, 1]) expect(dot(there[i]!, here[i]!)).toBeGreaterThan(0.99);
  });

  it("says which model it has not", async () => {
    await expect(model("ollama:nobody:7b").load()).rejects.toMatchObject({
      code: "OLLAMA_MODEL_MISSING",
      hint: expect.stringContaining("ollama pull nobody:7b"),
    });
    await expect(embeddings("ollama:nobody").load()).rejects.toMatchObject({ code: "OLLAMA_MODEL_MISSING" });
    await expect(model("ollama:ph3:mini").load()).rejects.toMatchObject({ hint: expect.stringMatching(/^Did you mean phi3:mini\?/) });
  });

  it("of this version serves no decisions, and says so, with what to do", async () => {
    const loaded = await decisions("ollama:smollm2:135m").load();
    const asked = loaded.invoke({ state: "It crashes", questions: { urgent: { type: "noul", instructions: "Is it urgent?" } } });
    await expect(asked).rejects.toMatchObject({
      code: "OLLAMA_FAILED",
      what: expect.stringContaining("from 0.35"),
      hint: expect.stringContaining("llamacpp"),
    });
    await expect(decisions("ollama:nobody").load()).rejects.toMatchObject({ code: "OLLAMA_MODEL_MISSING" });
  });

  it("is an OpenAI-compatible server too", async () => {
    const named = model(`openai:smollm2:135m@${url}/v1`);
    expect(named.card).toMatchObject({ local: true, structured: "response_format" });
    const chat = await named.load();
    const answer: any = await chat.invoke("My invoice is wrong.", {
      response_format: { type: "json_schema", json_schema: { name: "answer", schema, strict: true } },
    } as object);
    expect(["billing", "bug", "other"]).toContain(JSON.parse(answer.text).topic);
    expect(answer.usage_metadata.input_tokens).toBeGreaterThan(0);
    const vectors = await (await embeddings(`openai:minilm@${url}/v1`).load()).embedQuery("Hello");
    expect(vectors).toHaveLength(384);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    await expect(chat.invoke(long.repeat(50), { signal: stop.signal })).rejects.toThrow(/abort/i);
  });
});

describe("an Ollama that is not there", () => {
  it("is said to be down, with the remedy", async () => {
    process.env.OLLAMA_HOST = "127.0.0.1:9";
    await expect(model("ollama:x").load()).rejects.toMatchObject({
      code: "OLLAMA_DOWN",
      what: expect.stringContaining("http://127.0.0.1:9"),
      hint: expect.stringMatching(/ollama serve.*OLLAMA_HOST/),
    });
    process.env.OLLAMA_HOST = url;
  });

  it("and goes down between loading and a call", async () => {
    const brief = createServer((_, response) => response.writeHead(200, { "content-type": "application/json" }).end("{}"));
    await new Promise<void>((resolve) => brief.listen(0, "127.0.0.1", resolve));
    process.env.OLLAMA_HOST = `127.0.0.1:${(brief.address() as any).port}`;
    const chat = await model("ollama:x").load();
    await new Promise((resolve) => brief.close(resolve));
    await expect(chat.invoke("Hi")).rejects.toMatchObject({ code: "OLLAMA_DOWN" });
    process.env.OLLAMA_HOST = url;
  });
});
