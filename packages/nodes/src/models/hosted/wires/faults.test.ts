import { appOf, compile, defineGraph, END, memoryJournal, type Specialist, specialist, use } from "@troupe/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { model } from "../../model.js";
import { anthropic } from "./anthropic.fixture.js";
import { gemini } from "./gemini.fixture.js";
import { mistral } from "./mistral.fixture.js";
import { openai } from "./openai.fixture.js";
import { type Reply, type Served, serve } from "./serve.fixture.js";
import { told, type Wire } from "./wire.fixture.js";

/** How long servers may say nothing: as it is, or less where a test says so. */
const silence = vi.hoisted(() => ({ hosted: 0, other: 0 }));
vi.mock(import("../../silence.js"), async (original) => ({ silence: Object.assign(silence, (await original()).silence) as never }));
const usual = { ...silence };

const wires = { openai, google: gemini, anthropic, mistral };
/** Each provider's own, none of which a server of this test may ever see. */
const foreign = {
  OPENAI_API_KEY: "sk-openai-foreign",
  OPENAI_ORG_ID: "org-foreign",
  OPENAI_ADMIN_KEY: "sk-admin-foreign",
  GOOGLE_API_KEY: "key-google-foreign",
  GEMINI_API_KEY: "key-gemini-foreign",
  ANTHROPIC_API_KEY: "sk-ant-foreign",
  ANTHROPIC_AUTH_TOKEN: "token-ant-foreign",
  MISTRAL_API_KEY: "key-mistral-foreign",
};

const env = { ...process.env };
beforeEach(() => {
  process.env = { ...env, ...foreign, TEST_WIRE_KEY: "key-of-this-server" };
  Object.assign(silence, usual);
});
afterEach(() => {
  process.env = { ...env };
  vi.restoreAllMocks();
});

const text = "Hello there, Ada Lovelace.";
const ticket = z.object({ topic: z.enum(["billing", "bug"]), tags: z.array(z.string()).min(1), rooms: z.number().int().max(9).nullable() });
const good = { topic: "bug", tags: ["crash"], rooms: null } as const;

const weather = specialist({
  name: "weather",
  does: "Tells the weather of a city on a day",
  input: z.object({ city: z.string(), days: z.union([z.literal(1), z.literal(2)]).optional() }),
  output: z.object({ sky: z.string() }),
  run: ({ city }) => ({ sky: `rain in ${city}` }),
});

/** An answer one of whose events is half of one. */
const garbled = (wire: Wire): string => {
  const events = wire.events({ text: "Hello there, Ada Lovelace, and good morning." });
  return events.map((event, i) => (i === 2 ? event.replace(/\}+(?=\s*$)/, "") : event)).join("");
};

describe.each(Object.entries(wires))("over the wire of %s", (_, wire: Wire) => {
  let server: Served;
  let elsewhere: Served;
  beforeAll(async () => {
    [server, elsewhere] = await Promise.all([serve(wire), serve(wire)]);
  });
  afterAll(() => {
    server.close();
    elsewhere.close();
  });
  beforeEach(() => {
    server.asked.length = 0;
    server.over.length = 0;
    elsewhere.asked.length = 0;
    server.replies = [{ text }];
  });
  afterEach(() => {
    // Whatever went wrong, no key but the one named for this server came, and where it belongs.
    for (const { headers, body, path } of server.asked) {
      const [header, before] = wire.key;
      expect(headers[header]).toBe(`${before}key-of-this-server`);
      expect(JSON.stringify([{ ...headers, [header]: "" }, body, path])).not.toMatch(/foreign|key-of-this-server/);
    }
    expect(elsewhere.asked).toEqual([]);
  });

  /** The model, loaded anew; what a run of one specialist gives and says, and its ledger. */
  const chat = () => model(wire.id(server.origin), { key: "TEST_WIRE_KEY" });
  const greet: Specialist<any, any> = specialist({
    name: "greet",
    does: "Greets",
    input: z.object({ name: z.string() }),
    output: z.object({ greeting: z.string() }),
    run: async ({ name }, ctx) => ({ greeting: (await ctx.generate({ prompt: `Greet ${name}`, temperature: 0, maxTokens: 99 })).text }),
  });
  const sort: Specialist<any, any> = specialist({
    name: "sort",
    does: "Sorts a ticket",
    input: z.object({ name: z.string() }),
    output: ticket,
    prompt: ({ name }) => `Sort this: ${name}`,
  });

  function graphOf(work: Specialist<any, any>, ...outputs: string[]) {
    const state = { name: z.string(), greeting: z.string(), ...ticket.shape };
    return defineGraph({
      name: "wire",
      state,
      input: ["name"],
      output: outputs,
      nodes: { work: use(work, {}) },
      start: "work",
      edges: { work: END },
    } as any) as any;
  }

  async function run(work = greet, { chosen = chat(), signal, timeout }: { chosen?: any; signal?: AbortSignal; timeout?: number } = {}) {
    const journal = memoryJournal();
    const outputs = work === sort ? Object.keys(good) : ["greeting"];
    const app = compile(graphOf(work, ...outputs), {
      models: { default: chosen },
      journal,
      ...(timeout === undefined ? {} : { timeout }),
    });
    let output: any;
    let error: any;
    try {
      output = await app.invoke({ name: "Ada" }, { thread: "t", ...(signal ? { signal } : {}) });
    } catch (thrown) {
      error = thrown;
    }
    const ledger = await app.ledger("t");
    const kept = JSON.stringify(await journal.read("t"));
    expect(kept).not.toContain("key-of-this-server");
    return { output, error, usage: ledger.models[0]!, ledger, app };
  }
  const whole = { input: told.input, output: told.output, ...(wire.tellsCached ? { cached: told.cached } : {}) };

  it("a text streams whole, within its bounds, and is counted once", async () => {
    const { output, usage } = await run();
    expect(output).toEqual({ greeting: text });
    expect(server.asked.map(({ read }) => read)).toMatchObject([{ maxTokens: 99, temperature: 0 }]);
    expect(server.asked[0]!.read.prompt).toContain("Greet Ada");
    expect(usage).toMatchObject({ calls: 1, ...whole });
  });

  it("an answer is held to its schema in the provider's words", async () => {
    server.replies = [{ text: JSON.stringify(good) }];
    const { output, usage } = await run(sort);
    expect(output).toEqual(good);
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]!.read.schema.properties.topic.enum).toEqual(["billing", "bug"]);
    expect(usage).toMatchObject({ calls: 1, ...whole });
  });

  it("a schema that is refused is told in words instead", async () => {
    server.replies = [wire.invalid("This model takes no schema."), { text: JSON.stringify(good) }];
    const { output, usage } = await run(sort);
    expect(output).toEqual(good);
    expect(server.asked.map(({ read }) => read.schema !== undefined)).toEqual([true, false]);
    expect(usage).toMatchObject({ calls: 2, ...whole });
  });

  it("tools are called, and what they give is told", async () => {
    server.replies = [{ call: { name: "weather", args: { city: "Turku" } } }, { text: "Take an umbrella." }];
    const advise = specialist({
      name: "advise",
      does: "Advises",
      tools: [weather],
      input: z.object({ name: z.string() }),
      output: z.object({ greeting: z.string() }),
      prompt: () => "What do I need in Turku?",
    });
    const { output, usage } = await run(advise);
    expect(output).toEqual({ greeting: "Take an umbrella." });
    expect(server.asked[0]!.read.tools).toEqual(["weather"]);
    expect(server.asked[1]!.read.prompt).toContain("rain in Turku");
    expect(usage).toMatchObject({ calls: 2, input: 2 * told.input, output: 2 * told.output });
  });

  it("an answer that was cut at its bound is known to be", async () => {
    server.replies = [{ text: '{"topic": "bug", "tags": ["cra', cut: true }];
    const { error } = await run(sort);
    expect(error).toMatchObject({ code: "ANSWER_INVALID", issues: [{ code: "answer-cut" }, {}] });
  });

  it("a limit on rates is waited for as long as it asks, and no longer than a minute", async () => {
    server.replies = [wire.limited.failing, { text }];
    const { output, usage } = await run();
    expect(output).toEqual({ greeting: text });
    expect(server.asked[1]!.at - server.asked[0]!.at).toBeGreaterThan(wire.limited.after - 2);
    expect(usage).toMatchObject({ calls: 2, ...whole });

    server.replies = [{ ...wire.limited.failing, headers: { "retry-after": "3600" } }];
    const { error } = await run();
    expect(error).toMatchObject({ code: "MODEL_BUSY", hint: expect.stringContaining("3600 s") });
    expect(server.asked).toHaveLength(3);
  });

  it.each<[string, () => Reply]>([
    ["a server that is overloaded", () => wire.overloaded],
    ["a server that fails", () => ({ status: 502, body: "<html>Bad gateway</html>" })],
    ["a connection that breaks half way", () => ({ half: { text }, then: "destroy" })],
    ["a stream that ends half way in good order", () => ({ half: { text }, then: "end" })],
    ["a failure told half way", () => ({ half: { text }, then: { write: wire.broken } })],
  ])("%s is asked again, and nothing is lost", async (_, failing) => {
    server.replies = [failing(), { text }];
    const { output, usage, ledger } = await run();
    expect(output).toEqual({ greeting: text });
    expect(server.asked).toHaveLength(2);
    const begun = "half" in failing();
    expect(usage).toMatchObject({ calls: 2, input: told.input + (begun ? wire.startsWith : 0) });
    expect(usage.output).toBeGreaterThanOrEqual(told.output + (begun ? 1 : 0));
    // No price is known for this server; and it is said how many calls that leaves open.
    expect(ledger.cost).toBe(0);
  });

  it("a server that stays overloaded is asked three times; the run goes on from there later, and what was done is not done again", async () => {
    const journal = memoryJournal();
    const graph = defineGraph({
      name: "two",
      state: { name: z.string(), greeting: z.string(), last: z.string() },
      input: ["name"],
      output: ["greeting", "last"],
      nodes: { first: use(greet, {}), second: use(greet, { write: { greeting: "last" } } as any) },
      start: "first",
      edges: { first: "second", second: END },
    } as any) as any;
    const app = compile(graph, { models: { default: chat() }, journal });
    const down: Reply = { ...wire.overloaded, headers: { "retry-after": "0" } };
    server.replies = [{ text }, down];
    await expect(app.invoke({ name: "Ada" }, { thread: "t" })).rejects.toMatchObject({ code: "MODEL_BUSY" });
    expect(server.asked).toHaveLength(4);
    server.replies = [{ text: "Goodbye." }];
    expect(await app.resume("t")).toEqual({ greeting: text, last: "Goodbye." });
    expect(server.asked).toHaveLength(5);
    expect((await app.ledger("t")).models).toMatchObject([{ calls: 5, input: 2 * told.input, output: 2 * told.output }]);
  });

  it.each<[string, string, () => Reply]>([
    ["a model that declines", "MODEL_REFUSED", () => ({ declines: "I can't help with that." })],
    ["a prompt that is blocked", "MODEL_REFUSED", () => wire.blocked],
    ["a key that is refused", "KEY_REFUSED", () => wire.noKey],
    ["a prompt that does not fit", "PROMPT_TOO_LONG", () => wire.tooLong],
    ["an account that is spent", "MODEL_UNPAID", () => wire.unpaid],
    [
      "a page where a stream was asked for",
      "MODEL_FAILED",
      () => ({ raw: "<html>Sign in to the hotel's network</html>", type: "text/html" }),
    ],
    ["events that cannot be read", "MODEL_FAILED", () => ({ raw: garbled(wire), type: "text/event-stream" })],
    ["a redirect", "MODEL_FAILED", () => ({ movedTo: `${elsewhere.origin}/v1` })],
  ])("%s is %s at once, with a schema and without", async (_, code, reply) => {
    for (const work of [greet, sort]) {
      server.asked.length = 0;
      server.replies = [reply()];
      const { error, output } = await run(work);
      expect(output).toBeUndefined();
      expect(error).toMatchObject({ code, detail: { at: "work" } });
      expect(error.hint).toBeTruthy();
      expect(server.asked).toHaveLength(1);
      expect(error.message).not.toContain("key-of-this-server");
    }
  });

  it("what a model that declines took is counted", async () => {
    server.replies = [{ declines: "I can't help with that." }];
    const { usage, error } = await run();
    expect(usage).toMatchObject({ calls: 1, ...whole });
    expect(error.message).toMatch(/I can't help with that|SAFETY|refusal|content_filter/);
  });

  it.each<[string, Reply]>([
    ["from its start", { silent: null }],
    ["half way", { silent: { text } }],
  ])("a server that says nothing, %s, is left at the deadline, and hung up on", async (_, reply) => {
    server.replies = [reply];
    for (const work of [greet, sort]) {
      const { error, usage } = await run(work, { timeout: 300 });
      expect(error).toMatchObject({ code: "TIMEOUT" });
      expect(usage).toMatchObject({ calls: 1 });
    }
    expect(server.asked).toHaveLength(2);
    await Promise.all(server.over);
  });

  it.each<[string, Reply]>([
    ["from its start", { silent: null }],
    ["half way", { silent: { text } }],
  ])("a server that says nothing, %s, is not waited for without end where nobody set a deadline", async (_, reply) => {
    silence.other = 300;
    server.replies = [reply];
    for (const work of [greet, sort]) {
      const { error, usage } = await run(work);
      expect(error).toMatchObject({ code: "TIMEOUT", message: expect.stringContaining("said nothing"), detail: { at: "work" } });
      expect(usage).toMatchObject({ calls: 1 });
    }
    // What was waited for so long is not asked again.
    expect(server.asked).toHaveLength(2);
    await Promise.all(server.over);
  });

  it("a server that is slow, and says something now and then, is waited for", async () => {
    silence.other = 300;
    server.replies = [{ text, slow: 100 }];
    const { output } = await run();
    expect(output).toEqual({ greeting: text });
  });

  it("no timer of its package gives up on a server before that", async () => {
    const timer = vi.spyOn(globalThis, "setTimeout");
    await run();
    const waits = timer.mock.calls.map(([, ms]) => ms ?? 0).filter((ms) => ms >= 60_000);
    expect(Math.min(...waits)).toBe(usual.other);
  });

  it("an abort half way ends the request, and says why; another run goes on", async () => {
    const controller = new AbortController();
    server.replies = [{ silent: { text } }, { text }];
    const stopped = run(greet, { signal: controller.signal });
    await expect.poll(() => server.asked.length).toBe(1);
    const other = run();
    await expect.poll(() => server.asked.length).toBe(2);
    controller.abort(new DOMException("enough", "AbortError"));
    expect(String((await stopped).error)).toContain("enough");
    expect((await other).output).toEqual({ greeting: text });
    await Promise.all(server.over);
  });

  it("an abort while a limit is waited for ends the wait", async () => {
    const controller = new AbortController();
    server.replies = [{ ...wire.limited.failing, headers: { "retry-after": "30" } }];
    const stopped = run(greet, { signal: controller.signal });
    await expect.poll(() => server.asked.length).toBe(1);
    controller.abort(new DOMException("enough", "AbortError"));
    expect(String((await stopped).error)).toContain("enough");
    expect(server.asked).toHaveLength(1);
  });

  it("a temperature that is not taken is left out, and not tried again", async () => {
    server.replies = [wire.invalid("Unsupported value: 'temperature' does not support 0 with this model."), { text }];
    const chosen = chat();
    expect((await run(greet, { chosen })).output).toEqual({ greeting: text });
    expect((await run(greet, { chosen })).output).toEqual({ greeting: text });
    expect(server.asked.map(({ read }) => read.temperature === 0)).toEqual([true, false, false]);
  });
});

it("a Claude that takes no temperature, as LangChain knows, is asked without one", async () => {
  const server = await serve(anthropic);
  const app = appOf(
    specialist({
      name: "greet",
      does: "Greets",
      input: z.object({}),
      output: z.object({ greeting: z.string() }),
      run: async (_, ctx) => ({ greeting: (await ctx.generate({ prompt: "Greet", temperature: 0 })).text }),
    }),
    { models: { default: model(anthropic.id(server.origin, "claude-opus-5-5"), { key: "TEST_WIRE_KEY" }) } },
  );
  expect(await app.invoke({ request: {} })).toEqual({ answer: { greeting: text } });
  expect(server.asked.map(({ read }) => read.temperature)).toEqual([undefined]);
  server.close();
});
