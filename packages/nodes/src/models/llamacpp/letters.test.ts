import { beforeAll, describe, expect, it } from "vitest";
import type { ChatEngine } from "./engine.js";
import { decideByLetters } from "./letters.js";
import { llamaCppChat, llamaCppEngine } from "./llamacpp.js";
import { score } from "./score.js";

let tuned: ChatEngine;
let base: ChatEngine;
beforeAll(async () => {
  tuned = await llamaCppEngine("smollm2-135m+decisions", "decisions");
  base = await llamaCppEngine("smollm2-135m", "chat");
}, 300_000);

const specialists = [
  "- shorten(text: text) -> summary: text. Shortens a text to two sentences",
  "- translate(text: text) -> german: text. Translates a text into German",
  "- transcribe(sound: audio) -> transcript: text. Writes down what is said in a recording",
].join("\n");
const state = (given: string, request: string) => `Specialists:\n${specialists}\n\nGiven: ${given}\nRequest: ${request}`;
const from = (place: string, member: string) => `What is the argument \`${place}\` of \`${member}\` made from?`;
const best = (odds: readonly number[]) => odds.indexOf(Math.max(...odds));

describe("closed questions answered by letters", () => {
  it("are decided rightly by the tuned weights", async () => {
    const sources = ["the given `note`", "`transcript` from transcribe", "`german` from translate", "none of these"];
    const { probabilities } = await decideByLetters(tuned, state("note: text, call: audio", "Shorten the note."), [
      { instructions: from("text", "shorten"), options: sources },
    ]);
    expect(probabilities.map(best)).toEqual([0]);
    const spoken = await decideByLetters(tuned, state("call: audio", "Write down the call and shorten what was said."), [
      { instructions: from("text", "shorten"), options: sources.slice(1) },
      { instructions: "Does the request need `transcribe`?", options: ["yes", "no"] },
    ]);
    expect(spoken.probabilities.map(best)).toEqual([0, 0]);
    const review = await decideByLetters(tuned, "Text: Terrible, it broke after one day. Call me on 030 123456.", [
      { instructions: "What is the mood?", options: ["positive", "negative", "neutral"] },
      { instructions: "Does the text mention a phone number?", options: ["yes", "no"] },
      { instructions: "Does the text mention a date?", options: ["yes", "no"] },
    ]);
    expect(review.probabilities.map(best)).toEqual([1, 0, 1]);
  });

  it("have a probability for every option, in the options' order", async () => {
    const things = ["card", "loan", "parcel", "flight", "hotel", "recipe", "alarm", "song", "phone", "invoice"];
    const options = things.flatMap((thing) => ["lost", "late", "new"].map((state) => `${thing} ${state}`));
    const { probabilities } = await decideByLetters(tuned, "Text: I can't find my bank card any more.", [
      { instructions: "Which label fits?", options },
      { instructions: "Which label fits?", options: options.slice(0, 6) },
    ]);
    expect(probabilities.map((odds) => odds.length)).toEqual([30, 6]);
    for (const odds of probabilities) expect(odds.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    for (const odds of probabilities) expect(options[best(odds)]).toMatch(/^card/);
  });

  it("share one evaluation of their state, which stays for the next call", async () => {
    const long = state("note: text", `Shorten this. ${"It is about a house by the sea. ".repeat(40)}`);
    const question = { instructions: "Does the request need `shorten`?", options: ["yes", "no"] };
    const one = await decideByLetters(tuned, long, [question]);
    expect(one.shared).toBeLessThan(100);
    const again = await decideByLetters(tuned, long, [question, { ...question, instructions: "Does the request need `transcribe`?" }]);
    expect(again.shared).toBeGreaterThan(350);
    expect(again.input - one.input).toBeLessThan(80);
    expect(again.probabilities[0]![0]).toBeCloseTo(one.probabilities[0]![0]!, 1);
  });

  it("do not lose a long state to a short one that begins alike, while another sequence is free", async () => {
    const question = { instructions: "Is it about a house?", options: ["yes", "no"] };
    const long = `Text: ${"It is about a house by the lake. ".repeat(40)}`;
    // What the sequences held before is short then, and begins otherwise.
    await Promise.all(["One", "Two", "Three", "Four"].map((text) => score(tuned, text, [" house"], undefined)));
    await decideByLetters(tuned, long, [question]);
    await decideByLetters(tuned, "Text: A boat.", [question]);
    expect((await decideByLetters(tuned, long, [question])).shared).toBeGreaterThan(300);
  });

  it("are asked of any chat weights, in their own template", async () => {
    const { probabilities } = await decideByLetters(base, "Text: The sky is blue.", [
      { instructions: "Which word is in the text?", options: ["sky", "car"] },
    ]);
    expect(probabilities[0]!.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
  });

  it("are answered as examples show that are evaluated once, and by themselves where there is no room for these", async () => {
    const options = ["red", "blue"];
    const shown = (right: string, times = 4) =>
      Array.from({ length: times }, (_, i) => ({ state: `Text: Ball ${i}.`, instructions: "Which colour?", options, right }));
    const asked = (text: string, examples?: ReturnType<typeof shown>) =>
      decideByLetters(base, text, [{ instructions: "Which colour?", options }], { examples });
    const [red, blue] = [await asked("Text: Ball 9.", shown("red")), await asked("Text: Ball 9.", shown("blue"))];
    expect(red.probabilities[0]![0]!).toBeGreaterThan(0.6);
    expect(blue.probabilities[0]![1]!).toBeGreaterThan(0.6);
    const other = await asked("Text: Something else altogether.", shown("blue"));
    expect(other.shared).toBeGreaterThan(other.input * 0.7);
    const [alone, crowded] = [await asked("Text: Ball 9."), await asked("Text: Ball 9.", shown("blue", 400))];
    expect(crowded.input).toBe(alone.input);
    expect(crowded.probabilities[0]![0]!).toBeCloseTo(alone.probabilities[0]![0]!, 1);
  });

  it("end at once when they are aborted, and leave the weights usable", async () => {
    const controller = new AbortController();
    const question = { instructions: "Is it about a house?", options: ["yes", "no"] };
    const asked = decideByLetters(tuned, "A house. ".repeat(900), [question], { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("enough")), 50);
    await expect(asked).rejects.toThrow("enough");
    const { probabilities } = await decideByLetters(tuned, "Text: It is about a house.", [question]);
    expect(best(probabilities[0]!)).toBe(0);
  });

  it("that do not fit the context are refused", async () => {
    await expect(decideByLetters(tuned, "A house. ".repeat(5000), [{ instructions: "?", options: ["a", "b"] }])).rejects.toMatchObject({
      code: "PROMPT_TOO_LONG",
    });
  });
});

describe("weights under an adapter", () => {
  it("are loaded once, and leave the base as it was", async () => {
    expect(tuned.model).toBe(base.model);
    const chat = await llamaCppChat("smollm2-135m").load();
    expect((await chat.invoke("What is the capital of France? Answer in one word.")).text).toContain("Paris");
  });

  it("write what the adapter was made to write", async () => {
    const chat = await llamaCppChat("smollm2-135m+calls-fields").load();
    const system = [
      "Choose the functions that fulfil the request and take their arguments from it. Answer with a JSON array of calls, each",
      '{"name": ..., "arguments": {...}}; answer [] if no function fits.\n\nFunctions:\n\nget_weather: Tells the weather in a city\n- city (string): the city',
    ].join(" ");
    const { text } = await chat.invoke(
      [
        ["system", system],
        ["user", "What is the weather like in Oslo?"],
      ] as any,
      { maxTokens: 60 } as any,
    );
    expect(JSON.parse(text)).toEqual([{ name: "get_weather", arguments: { city: "Oslo" } }]);
  });

  it("are for that and nothing else", async () => {
    await expect(llamaCppChat("smollm2-135m+decisions").load()).rejects.toMatchObject({ code: "MODEL_KIND" });
    await expect(llamaCppEngine("smollm2-135m+calls-fields", "decisions")).rejects.toMatchObject({ code: "MODEL_KIND" });
  });
});

describe("a model that gives no probabilities", () => {
  it("of letters, each of which is several tokens, answers no question", async () => {
    const wordy = { ...base, model: { tokenizer: base.model.tokenizer, tokenize: () => [1, 2] } } as unknown as ChatEngine;
    const asked = decideByLetters(wordy, "Text: Terrible.", [{ instructions: "Is it good?", options: ["yes", "no"] }]);
    await expect(asked).rejects.toMatchObject({ code: "ANSWER_INVALID" });
  });

  it("of a continuation scores none", async () => {
    const sequence = {
      nextTokenIndex: 0,
      adaptStateToTokens: async () => {},
      evaluateWithoutGeneratingNewTokens: async () => {},
      controlledEvaluate: async (tokens: unknown[]) => tokens.map(() => ({ next: { logits: new Map(), totalLogitWeight: 1 } })),
    };
    const lend = (_tokens: unknown, _signal: unknown, work: (one: object) => unknown) => work(sequence);
    const silent = { ...base, pool: { lend } } as unknown as ChatEngine;
    await expect(score(silent, "The capital of France is", [" Paris"], undefined)).rejects.toMatchObject({ code: "ANSWER_INVALID" });
  });
});
