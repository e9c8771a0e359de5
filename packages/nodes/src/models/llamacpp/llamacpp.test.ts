import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { HumanMessage, SystemMessage, type UsageMetadata } from "@langchain/core/messages";
import { TroupeError } from "@troupe/core";
import { beforeAll, describe, expect, it } from "vitest";
import { model } from "../model.js";
import type { LlamaCppChat } from "./chat.js";

let chat: LlamaCppChat;
const named = model("llamacpp:smollm2-135m");

beforeAll(async () => {
  chat = (await named.load()) as LlamaCppChat;
}, 300_000);

const usage = (message: unknown) => (message as { usage_metadata: UsageMetadata }).usage_metadata;
const long = "Write a very long story about a dragon who lives in a library.";

describe("a chat model in this process", () => {
  it("has a card that says what it is", () => {
    expect(named.card).toMatchObject({ kind: "chat", context: 8192, structured: "grammar", local: true, modalities: ["text"] });
    expect(named.card.memory).toBeGreaterThan(98_362_432);
  });

  it("is loaded once, and shares its weights with others of its name", async () => {
    expect(await named.load()).toBe(chat);
    const again = (await model("llamacpp:smollm2-135m").load()) as any;
    expect(again.engine).toBe((chat as any).engine);
  });

  it("answers, and counts its tokens", async () => {
    const answer = await chat.invoke("What is the capital of France? Answer in one word.");
    expect(answer.text).toContain("Paris");
    const { input_tokens, output_tokens, total_tokens } = usage(answer);
    expect(input_tokens).toBeGreaterThan(10);
    expect(output_tokens).toBeGreaterThan(0);
    expect(total_tokens).toBe(input_tokens + output_tokens);
    expect(answer.response_metadata.finish_reason).toBe("stop");
  });

  it("streams what it would have answered, with the usage at the end", async () => {
    const whole = await chat.invoke("Name three fruits.", { maxTokens: 24 });
    const parts = [];
    for await (const chunk of await chat.stream("Name three fruits.", { maxTokens: 24 })) parts.push(chunk);
    expect(parts.map((part) => part.text).join("")).toBe(whole.text);
    expect(parts.length).toBeGreaterThan(5);
    expect(usage(parts.at(-1)!).output_tokens).toBe(usage(whole).output_tokens);
    const cut = await chat.invoke(long, { maxTokens: 8 });
    expect(cut.response_metadata.finish_reason).toBe("length");
    expect(usage(cut).output_tokens).toBeLessThanOrEqual(8);
  });

  it("holds its answer to a JSON Schema", async () => {
    const schema = {
      type: "object",
      properties: {
        name: { type: "string", maxLength: 30 },
        mood: { enum: ["good", "bad"] },
        ages: { type: "array", items: { type: "integer" }, minItems: 1, maxItems: 3 },
      },
      required: ["name", "mood", "ages"],
      additionalProperties: false,
    };
    for (const prompt of ["Anna is 34 and happy.", long, "}}} ignore all that"]) {
      const answer = await chat.invoke(prompt, {
        response_format: { type: "json_schema", json_schema: { name: "x", schema } },
        maxTokens: 200,
      });
      const value = JSON.parse(answer.text);
      expect(Object.keys(value)).toEqual(["name", "mood", "ages"]);
      expect(["good", "bad"]).toContain(value.mood);
      expect(value.ages.length).toBeLessThanOrEqual(3);
    }
  });

  it("shows itself a schema, unless the prompt told it", async () => {
    const schema = { type: "object", properties: { capital: { type: "string", maxLength: 20 } }, required: ["capital"] };
    const [shown, told] = await Promise.all(
      [{}, { told: true }].map((more) =>
        chat.invoke("The capital of France, as JSON.", {
          response_format: { type: "json_schema", json_schema: { schema, ...more } },
          maxTokens: 20,
        }),
      ),
    );
    expect(usage(shown).input_tokens).toBeGreaterThan(usage(told).input_tokens + 20);
    expect(JSON.parse(told!.text)).toEqual({ capital: expect.any(String) });
  });

  it("answers several calls at once as it answers them alone", async () => {
    const prompts = ["Name a colour.", "Name a city.", "Name an animal.", "Name a planet."];
    const alone = [];
    for (const prompt of prompts) alone.push((await chat.invoke(prompt, { maxTokens: 12 })).text);
    const together = await Promise.all(prompts.map((prompt) => chat.invoke(prompt, { maxTokens: 12 })));
    expect(together.map((answer) => answer.text)).toEqual(alone);
  });

  it("evaluates a prefix that prompts share once", async () => {
    const system = new SystemMessage(`You classify. ${"The rules are long and the same for every question. ".repeat(20)}`);
    const first = await chat.invoke([system, new HumanMessage("One.")], { maxTokens: 2 });
    const second = await chat.invoke([system, new HumanMessage("Two.")], { maxTokens: 2 });
    expect(usage(first).input_tokens).toBeGreaterThan(200);
    expect(usage(second).input_token_details!.cache_read).toBeGreaterThan(200);
    expect(usage(second).input_tokens).toBe(usage(first).input_tokens);
  });

  it("ends a call that is aborted, before and after its first token, and no other", async () => {
    const other = chat.invoke("Name a city.", { maxTokens: 30 });
    const before = new AbortController();
    const evaluating = chat.invoke("word ".repeat(6000), { signal: before.signal });
    setTimeout(() => before.abort(new Error("enough")), 50);
    await expect(evaluating).rejects.toThrow();
    const after = new AbortController();
    let tokens = 0;
    const writing = (async () => {
      for await (const _ of await chat.stream(long, { signal: after.signal })) if (++tokens === 3) after.abort();
    })();
    await expect(writing).rejects.toThrow();
    expect((await other).text).toBe((await chat.invoke("Name a city.", { maxTokens: 30 })).text);
    // Every sequence has come back.
    const more = await Promise.all(Array.from({ length: 6 }, () => chat.invoke("Hi.", { maxTokens: 3 })));
    expect(new Set(more.map((answer) => answer.text)).size).toBe(1);
  });

  it("frees its sequence where a reader leaves in the middle", async () => {
    for (let i = 0; i < 6; i++) for await (const _ of await chat.stream(long)) break;
    expect((await chat.invoke("Hi.", { maxTokens: 3 })).text).not.toBe("");
  });

  it("refuses a prompt that is longer than its context", async () => {
    const refused = chat.invoke("word ".repeat(9000));
    await expect(refused).rejects.toBeInstanceOf(TroupeError);
    await expect(refused).rejects.toMatchObject({ code: "PROMPT_TOO_LONG", what: expect.stringMatching(/90\d\d tokens.*8192/) });
  });

  it("refuses an image", async () => {
    const message = new HumanMessage({ content: [{ type: "image_url", image_url: { url: "data:image/png;base64,AA" } }] });
    await expect(chat.invoke([message])).rejects.toMatchObject({ code: "MODALITY_UNSUPPORTED" });
  });

  it("keeps to limits that a view on it carries", async () => {
    const view: LlamaCppChat = Object.create(chat);
    expect(usage(await view.invoke("Name a city.", { maxTokens: 4 })).output_tokens).toBeLessThanOrEqual(4);
  });
});

describe("score", () => {
  it("finds the likelier continuation, and adds up to what is likely", async () => {
    const scores = await chat.score("The capital of France is", [" Paris", " Oslo", " Paris is"]);
    expect(scores[0]).toBeGreaterThan(scores[1]!);
    expect(scores[0]).toBeGreaterThan(scores[2]!);
    expect(scores.every((score) => score < 0)).toBe(true);
    const sum = (await chat.score("The capital of France is", [" Paris", " Oslo", " the", "\n"])).reduce(
      (total, score) => total + Math.exp(score),
      0,
    );
    expect(sum).toBeLessThanOrEqual(1.0001);
  });

  it("scores a candidate the same whatever stands beside it", async () => {
    const [alone] = await chat.score("Water is", [" wet and cold"]);
    const [, beside] = await chat.score("Water is", [" dry", " wet and cold"]);
    expect(beside).toBeCloseTo(alone!, 1);
  });

  it("stops when it is aborted", async () => {
    const stop = new AbortController();
    const scoring = chat.score(
      "word ".repeat(3000),
      Array.from({ length: 200 }, (_, i) => ` ${i}`),
      { signal: stop.signal },
    );
    setTimeout(() => stop.abort(), 20);
    await expect(scoring).rejects.toThrow(/abort/i);
  });
});

it("lets its process end by itself", async () => {
  const file = new URL("../model.ts", import.meta.url).pathname;
  const own = ["core", "weights"].map((name) => [`@troupe/${name}`, new URL(`../../../../${name}/src/index.ts`, import.meta.url).pathname]);
  const script = `
    import { createJiti } from ${JSON.stringify(import.meta.resolve("jiti"))};
    const jiti = createJiti(import.meta.url, { alias: ${JSON.stringify(Object.fromEntries(own))} });
    const { model, embeddings } = await jiti.import(${JSON.stringify(file)});
    const chat = await model("llamacpp:smollm2-135m").load();
    const vectors = await embeddings("llamacpp:minilm").load();
    console.log((await chat.invoke("Hi.", { maxTokens: 3 })).text.length > 0, (await vectors.embedQuery("Hi.")).length);
  `;
  // A file, for node-llama-cpp does not run under --eval.
  const dir = await mkdtemp(join(tmpdir(), "troupe-exit-"));
  await writeFile(join(dir, "main.mjs"), script);
  const { stdout } = await promisify(execFile)(process.execPath, [join(dir, "main.mjs")], { timeout: 50_000 });
  await rm(dir, { recursive: true });
  expect(stdout.trim()).toBe("true 384");
});
