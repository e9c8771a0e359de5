import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startOllama } from "../../../../../scripts/ollama.mjs";
import { unmeasured } from "../model.js";
import { pull } from "../pull/pull.js";
import { speedOf } from "./speed.js";
import { structuredAnswers } from "./structured-answers.js";
import { toolCalls } from "./tool-calls.js";
import { trueContext } from "./true-context.js";

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
const { signal } = new AbortController();

describe.skipIf(why)(`what is measured on a real Ollama${why ? ` (skipped: ${why})` : ""}`, () => {
  it("is how quickly it reads and writes", async () => {
    const speed = await speedOf(unmeasured("ollama:smollm2:135m"), signal);
    // A prompt is read in batches, a token is written at a time.
    expect(speed!.reads).toBeGreaterThan(speed!.writes);
  }, 240_000);

  it("is that it keeps schemas and takes no tools, in its own language and in OpenAI's", async () => {
    for (const id of ["ollama:smollm2:135m", `openai:smollm2:135m@${url}/v1`]) {
      expect((await structuredAnswers(unmeasured(id), signal))!.right).toBeGreaterThan(2);
      expect(await toolCalls(unmeasured(id), signal)).toEqual({ right: 0, of: 4 });
    }
  }, 240_000);

  it("is that a fact at the start of a prompt is known at its end, as far as it is asked for context", async () => {
    expect(await trueContext(unmeasured("ollama:smollm2:135m", { context: 512 }), signal)).toMatchObject({
      asked: 512,
      held: expect.any(Number),
    });
  }, 240_000);
});
