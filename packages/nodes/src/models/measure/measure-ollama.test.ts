import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startOllama } from "../../../../../scripts/ollama.mjs";
import { unmeasured } from "../model.js";
import { pull } from "../pull/pull.js";
import { speedOf } from "./speed.js";
import { structuredAnswers } from "./structured-answers.js";
import { toolCalls } from "./tool-calls.js";
import { trueContext } from "./true-context.js";

for (const name of ["smollm2-135m", "minilm"]) await pull(name);
/** Tokens that the server keeps of a prompt where nobody asks for more, as OpenAI's language cannot. */
const kept = 768;
process.env.OLLAMA_CONTEXT_LENGTH = String(kept);
const server = await startOllama({ say: console.error });
const why = "why" in server ? server.why : undefined;
const url = "url" in server ? server.url : "";
delete process.env.OLLAMA_CONTEXT_LENGTH;
const host = process.env.OLLAMA_HOST;
beforeAll(() => {
  process.env.OLLAMA_HOST = url;
});
afterAll(async () => {
  if (host === undefined) delete process.env.OLLAMA_HOST;
  else process.env.OLLAMA_HOST = host;
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

  it("is where the server cuts prompts without a word, which its card does not say", async () => {
    const model = unmeasured(`openai:smollm2:135m@${url}/v1`);
    expect(model.card.context).toBe(8192);
    const { asked, held, lost } = (await trueContext(model, signal))!;
    expect(asked).toBe(8192);
    expect(lost).toBe(kept);
    expect(held).toBeGreaterThan(0.8 * kept);
    expect(held).toBeLessThanOrEqual(kept);
  }, 240_000);
});
