import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bundled, startBrowser } from "../../../../scripts/browser.mjs";
import { browserAvailability } from "./availability.js";
import { browserModel } from "./browser-model.js";
import { writeAnswer } from "./write-answer.js";

const standIn = readFileSync(new URL("../../../../scripts/language-model.js", import.meta.url), "utf8");
const fixture = fileURLToPath(new URL("browser.fixture.ts", import.meta.url));
const core = fileURLToPath(new URL("../../../core/src/everywhere.ts", import.meta.url));
const options = { tsconfigRaw: "{}", alias: { "@troupe/core": core } };
const browser = await startBrowser();
const why = "why" in browser ? browser.why : undefined;
afterAll(async () => {
  if ("stop" in browser) await browser.stop();
});

test("the entry for browsers can be bundled for one, and leans on no module of Node's", async () => {
  const { metafile } = await bundled(fileURLToPath(new URL("index.ts", import.meta.url)), options);
  expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports.filter(({ external }) => external))).toEqual([]);
});

test("an answer that the browser gives up half way is told to be cut, so that no part of it is taken for the whole", async () => {
  const half = new ReadableStream<string>({
    start(stream) {
      stream.enqueue('{"value":1,"more":{"value":2}');
    },
    pull(stream) {
      stream.error(new DOMException("It does not fit", "SyntaxError"));
    },
  });
  const session = { promptStreaming: () => half, destroy() {} };
  const answer = writeAnswer({ take: async () => session } as never, { system: undefined, turns: [] }, { schema: {} });
  expect(await answer.next()).toMatchObject({ value: '{"value":1,"more":{"value":2}' });
  expect(await answer.next()).toMatchObject({ done: true, value: { finish: "length" } });
});

test.each([
  ["languages as a text", { languages: "en" }, "languages is no list"],
  ["an option misspelt", { language: ["en"] }, 'browserModel.language is no option of it\nDid you mean "languages"?'],
  ["local as a text, which is not false", { local: "false" }, "browserModel.local may only be false"],
  ["progress that is none", { progress: 3 }, "browserModel.progress is no function"],
  ["no options", null, "browserModel is given no options"],
])("%s is refused", async (_, given, message) => {
  const refused = expect.objectContaining({ code: "OPTION_INVALID", message: expect.stringContaining(message) });
  expect(() => browserModel(given as never)).toThrow(refused);
  if (given === null || "language" in given || "languages" in given)
    await expect(browserAvailability(given as never)).rejects.toMatchObject({ code: "OPTION_INVALID" });
});

test("a browser whose API is one of another time has no model to ask", async () => {
  Object.assign(globalThis, { LanguageModel: { capabilities: async () => ({ available: "readily" }) } });
  try {
    expect(await browserAvailability()).toBe("unavailable");
    await expect(browserModel().load()).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE", what: expect.stringContaining("availability") });
  } finally {
    Reflect.deleteProperty(globalThis, "LanguageModel");
  }
});

test("a browser that answers languages it does not know with an error of its own has no model for them", async () => {
  const api = { availability: async () => Promise.reject(new TypeError("no such language")), create: async () => ({}) };
  Object.assign(globalThis, { LanguageModel: api });
  try {
    expect(await browserAvailability({ languages: ["tlh"] })).toBe("unavailable");
    await expect(browserModel({ languages: ["tlh"] }).load()).rejects.toMatchObject({
      code: "MODEL_UNAVAILABLE",
      what: expect.stringContaining("no such language"),
    });
  } finally {
    Reflect.deleteProperty(globalThis, "LanguageModel");
  }
});

/** A page's `index.html`: what a test evaluates in it stands in the scope of these. */
const html = '<!doctype html><button>Go</button><script type="module" src="entry.js"></script>';
const setting = `
  const { compile, defineGraph, END, specialist, mark, memoryJournal } = core;
  const { browserModel, browserAvailability, decide } = browser;
  const said = specialist({ name: "said", does: "Says it", input: z.object({ text: z.string() }), output: z.object({ line: z.string() }), run: async ({ text }, ctx) => ({ line: (await ctx.generate({ prompt: text })).text }) });
  const graphOf = (text) => defineGraph({ name: "says", state: { text, line: z.string() }, input: ["text"], output: ["line"], nodes: { said }, start: "said", edges: { said: END } });
  const says = graphOf(z.string());
  const failure = ({ code, name, message, cause, detail }) => ({ code: code ?? name, message, behind: detail?.cause?.code ?? cause?.name });
`;

describe.skipIf(why)(`the browser's model in Chromium${why ? ` (skipped: ${why})` : ""}`, () => {
  let files: Record<string, string>;
  let evaluate: <T = any>(code: string, before?: string) => Promise<T>;
  let page: any;
  beforeAll(async () => {
    if (!("open" in browser)) return;
    files = { ...(await bundled(fixture, options)).files, "index.html": html };
  });
  const opened = async (before?: string) => {
    if (!("open" in browser)) return;
    page = await browser.open(files, before === undefined ? {} : { before });
    await page.waitForFunction("globalThis.browser");
    evaluate = (code) => page.evaluate(`(async () => { ${setting} ${code} })()`);
  };

  describe("as it is, with its own API and no model", () => {
    beforeEach(() => opened());

    test("says that its model is unavailable, and a run fails with why and what to do", async () => {
      expect(await evaluate("return browserAvailability({ languages: ['en'] })")).toBe("unavailable");
      const failed = await evaluate("return compile(says, { models: { default: browserModel() } }).invoke({ text: 'Hi' }).catch(failure)");
      expect(failed.code).toBe("MODEL_UNAVAILABLE");
      expect(failed.message).toMatch(/unavailable[\s\S]*Chrome 148/);
    });

    test("has the parts of the API that are used, under the names that are used", async () => {
      const names = await evaluate(
        "return [...Object.getOwnPropertyNames(LanguageModel), ...Object.getOwnPropertyNames(LanguageModel.prototype)]",
      );
      expect(names).toEqual(
        expect.arrayContaining([
          "availability",
          "create",
          "append",
          "clone",
          "destroy",
          "promptStreaming",
          "contextUsage",
          "contextWindow",
          "measureContextUsage",
        ]),
      );
    });
  });

  describe("with a stand-in for its API", () => {
    beforeEach(() => opened(standIn));

    test("a graph runs on it, streams its tokens, counts them, costs nothing, and leaves one conversation to begin others with", async () => {
      const found = await evaluate(`
        standIn.answer = (history) => ["Good ", "day, ", history.at(-1).content];
        const app = compile(says, { models: { default: browserModel({ languages: ["en"] }) }, journal: memoryJournal() });
        const tokens = [];
        for await (const event of app.events({ text: "dear friend" }, { thread: "t" })) if (event.kind === "token") tokens.push(event.text);
        const { models } = await app.ledger("t");
        return { tokens, output: await app.resume("t"), models, live: standIn.live };
      `);
      expect(found.tokens).toEqual(["Good ", "day, ", "dear friend"]);
      expect(found.output).toEqual({ line: "Good day, dear friend" });
      expect(found.models).toEqual([{ model: "browser:built-in", calls: 1, input: 2, output: 4, ms: expect.any(Number), cost: 0 }]);
      expect(found.live).toBe(1);
    });

    test("browsers that still have the old names are counted too", async () => {
      const found = await evaluate(`
        standIn.oldNames = true;
        const nano = browserModel();
        const app = compile(says, { models: { default: nano }, journal: memoryJournal() });
        await app.invoke({ text: "one two three" }, { thread: "t" });
        return { models: (await app.ledger("t")).models, context: nano.card.context };
      `);
      expect(found.models).toMatchObject([{ input: 3, output: 2 }]);
      expect(found.context).toBe(1000);
    });

    test("what is private may reach it, unless the program says that it is elsewhere", async () => {
      expect(
        await evaluate(`
          const secret = graphOf(mark.private(z.string()));
          const { line } = await compile(secret, { models: { default: browserModel() } }).invoke({ text: "mine" });
          const elsewhere = compile(secret, { models: { default: browserModel({ local: false }) } });
          return [line, await elsewhere.invoke({ text: "mine" }).catch(({ code }) => code)];
        `),
      ).toEqual(["An answer.", "PRIVATE_DATA"]);
    });

    test("what the system says is evaluated once, for all calls that begin with it, and stands first wherever it stood", async () => {
      const found = await evaluate(`
        const chat = await browserModel().load();
        const ask = () => chat.invoke([new HumanMessage("a"), new SystemMessage("Be brief"), new HumanMessage("b")]);
        await Promise.all([ask(), ask(), ask()]);
        const live = standIn.live;
        chat.destroy();
        await null;
        const after = standIn.live;
        await ask();
        return { live, after, histories: standIn.prompts.map(({ history }) => history.map(({ role, content }) => role + ": " + content)) };
      `);
      expect(found.live).toBe(2);
      expect(found.after).toBe(0);
      expect(found.histories).toEqual(Array(4).fill(["system: Be brief", "user: a", "user: b"]));
    });

    test("beginnings of which there are many are let go of, the oldest first", async () => {
      const found = await evaluate(`
        const chat = await browserModel().load();
        for (const n of Array(10).keys()) await chat.invoke([new SystemMessage("Be number " + n), new HumanMessage("Hi")]);
        await chat.invoke([new SystemMessage("Be number 0"), new HumanMessage("Hi")]);
        return standIn.live;
      `);
      expect(found).toBe(4);
    });

    test("runs at once disturb one another in nothing", async () => {
      const lines = await evaluate(`
        standIn.answer = async (history) => { await new Promise((done) => setTimeout(done, Math.random() * 20)); return "to " + history.map(({ content }) => content).join("+"); };
        const app = compile(says, { models: { default: browserModel() } });
        const all = await Promise.all([..."abcdefgh"].map((text) => app.invoke({ text })));
        return { lines: all.map(({ line }) => line), live: standIn.live };
      `);
      expect(lines).toEqual({ lines: [..."abcdefgh"].map((text) => `to ${text}`), live: 1 });
    });

    test("an abort ends its own run at once, and its conversation", async () => {
      const found = await evaluate(`
        standIn.pace = 1;
        standIn.answer = (history) => (history.at(-1).content === "long" ? Array(10_000).fill("more ") : "short");
        const app = compile(says, { models: { default: browserModel() } });
        const stop = new AbortController();
        let [tokens, during, other] = [0];
        const long = async () => {
          for await (const { kind } of app.events({ text: "long" }, { signal: stop.signal })) {
            if (kind !== "token" || ++tokens !== 3) continue;
            during = standIn.live;
            other = app.invoke({ text: "other" });
            stop.abort(new Error("enough"));
          }
        };
        const stopped = long().catch(({ code }) => code);
        await stopped;
        return { during, stopped: await stopped, other: await other, live: standIn.live };
      `);
      expect(found).toEqual({ during: 2, stopped: "ABORTED", other: { line: "short" }, live: 1 });
    });

    test("who stops listening to a stream ends it", async () => {
      const found = await evaluate(`
        standIn.answer = () => Array(1000).fill("more ");
        const chat = await browserModel().load();
        for await (const chunk of await chat.stream("long")) break;
        return standIn.live;
      `);
      expect(found).toBe(1);
    });

    test("an answer is held to its schema, and one that does not come to fit it is asked for again", async () => {
      const found = await evaluate(`
        const rates = specialist({ name: "rates", does: "Rates", model: "default", input: z.object({ text: z.string() }), output: z.object({ mood: z.enum(["good", "bad"]), stars: z.number() }), prompt: ({ text }) => text });
        const graph = defineGraph({ name: "rate", state: { text: z.string(), mood: z.enum(["good", "bad"]), stars: z.number() }, input: ["text"], output: ["mood", "stars"], nodes: { rates }, start: "rates", edges: { rates: END } });
        let asked = 0;
        standIn.answer = () => (asked++ ? '{ "mood": "good", "stars": 4 }' : '{ "mood": "so');
        const output = await compile(graph, { models: { default: browserModel() } }).invoke({ text: "Lovely" });
        return { output, asked, constraint: standIn.prompts[0].responseConstraint, live: standIn.live };
      `);
      expect(found).toMatchObject({ output: { mood: "good", stars: 4 }, asked: 2, live: 1 });
      expect(found.constraint).toMatchObject({
        type: "object",
        properties: { mood: { enum: ["good", "bad"] } },
        required: ["mood", "stars"],
      });
    });

    test("a schema that the browser does not take is told to the model instead", async () => {
      const found = await evaluate(`
        standIn.unknownKeywords = ["minimum"];
        standIn.answer = () => 'Here: { "stars": 4 }';
        const rates = specialist({ name: "rates", does: "Rates", model: "default", input: z.object({ text: z.string() }), output: z.object({ stars: z.number().min(0) }), prompt: ({ text }) => text });
        const graph = defineGraph({ name: "rate", state: { text: z.string(), stars: z.number() }, input: ["text"], output: ["stars"], nodes: { rates }, start: "rates", edges: { rates: END } });
        const output = await compile(graph, { models: { default: browserModel() } }).invoke({ text: "Lovely" });
        return { output, held: standIn.prompts.map(({ responseConstraint }) => responseConstraint !== undefined), live: standIn.live };
      `);
      expect(found).toEqual({ output: { stars: 4 }, held: [false], live: 1 });
    });

    test.each([
      ["a prompt that is too long", "standIn.window = 5;", "one two three four five six", "PROMPT_TOO_LONG", /6 tokens.*5/],
      [
        "an answer that the browser holds back",
        "standIn.answer = () => { throw new DOMException('filtered', 'NotReadableError'); };",
        "Hi",
        "MODEL_FAILED",
        /held the answer/,
      ],
      [
        "a model that its user has switched off",
        "standIn.answer = () => { throw new DOMException('disabled', 'NotAllowedError'); };",
        "Hi",
        "MODEL_UNAVAILABLE",
        /disabled/,
      ],
      [
        "any other failure",
        "standIn.answer = () => { throw new DOMException('the process died', 'UnknownError'); };",
        "Hi",
        "MODEL_FAILED",
        /the process died/,
      ],
    ])("%s: an error that says so, and no conversation is left over", async (_, set, text, code, message) => {
      const found = await evaluate(`
        ${set}
        const failed = await compile(says, { models: { default: browserModel() } }).invoke({ text: ${JSON.stringify(text)} }).catch(failure);
        return { ...failed, live: standIn.live };
      `);
      expect(found).toMatchObject({ code, live: 1 });
      expect(found.message).toMatch(message);
    });

    test("a browser whose model began anew is asked again", async () => {
      expect(
        await evaluate(`
          const app = compile(says, { models: { default: browserModel() } });
          await app.invoke({ text: "one" });
          for (const session of standIn.sessions) session.destroy();
          return app.invoke({ text: "two" });
        `),
      ).toEqual({ line: "An answer." });
    });

    test("languages that the browser cannot do, and tags that are none, are told apart", async () => {
      const found = await evaluate(`
        const of = async (languages) => { try { return await compile(says, { models: { default: browserModel({ languages }) } }).invoke({ text: "Hi" }); } catch ({ code }) { return code; } };
        return [await of(["en", "es"]), await of(["en", "fi"]), await of(["zz-bad-language"]), await browserAvailability({ languages: ["fi"] })];
      `);
      expect(found).toEqual([{ line: "An answer." }, "MODEL_UNAVAILABLE", "OPTION_INVALID", "unavailable"]);
    });

    test("a picture is refused: here it takes text", async () => {
      const found = await evaluate(`
        const chat = await browserModel().load();
        return chat.invoke([new HumanMessage({ content: [{ type: "image_url", image_url: "data:image/png;base64,AA==" }] })]).catch(failure);
      `);
      expect(found.code).toBe("MODALITY_UNSUPPORTED");
    });

    describe("before it is downloaded", () => {
      test("it wants a click, and says so", async () => {
        const found = await evaluate(
          "standIn.availability = 'downloadable'; standIn.activated = () => false; return compile(says, { models: { default: browserModel() } }).invoke({ text: 'Hi' }).catch(failure)",
        );
        expect(found.code).toBe("ACTIVATION_NEEDED");
        expect(found.message).toContain("load()");
      });

      test("a click loads it, once for all who wait, and tells how far it is", async () => {
        await evaluate(`
          standIn.availability = "downloadable";
          globalThis.shares = [];
          const nano = browserModel({ progress: (share) => shares.push(share) });
          const app = compile(says, { models: { default: nano } });
          document.querySelector("button").onclick = () => { globalThis.lines = Promise.all([app.invoke({ text: "a" }), app.invoke({ text: "b" })]); };
        `);
        await page.click("button");
        expect(await evaluate("return { lines: await lines, shares, now: await browserAvailability() }")).toEqual({
          lines: [{ line: "An answer." }, { line: "An answer." }],
          shares: [0, 0.5, 1],
          now: "available",
        });
      });

      test("a download that fails is an error, and is tried again", async () => {
        await evaluate(`
          standIn.availability = "downloadable";
          standIn.downloadFails = true;
          const app = compile(says, { models: { default: browserModel() } });
          document.querySelector("button").onclick = () => {
            globalThis.first = app.invoke({ text: "a" }).catch(failure);
            globalThis.second = first.then(() => { standIn.downloadFails = false; return app.invoke({ text: "a" }); });
          };
        `);
        await page.click("button");
        const { first, second } = await evaluate("return { first: await first, second: await second }");
        expect(first.code).toBe("MODEL_UNAVAILABLE");
        expect(first.message).toContain("download failed");
        expect(second).toEqual({ line: "An answer." });
      });
    });

    describe("closed questions", () => {
      const topic = `
        const triage = decide({ name: "triage", questions: { topic: { type: "choice", instructions: "What is it?", criteria: { family: "from relatives", bill: "asks for money", spam: "advertising" }, unsure: 0.6 }, urgent: { type: "noul", instructions: "Today?" } } });
        const graph = defineGraph({ name: "sort", state: { text: z.string(), topic: z.enum(["family", "bill", "spam", "unsure"]), topicConfidence: z.number(), urgent: z.number(), urgentConfidence: z.number() }, input: ["text"], output: ["topic", "topicConfidence", "urgent"], nodes: { triage }, start: "triage", edges: { triage: END } });
        const run = () => compile(graph, { models: { default: browserModel() } }).invoke({ text: "Pay by Friday" });
        const options = (constraint) => constraint.properties.answer.enum;
      `;

      test("one that it always answers alike is decided, with the options in three orders", async () => {
        const found = await evaluate(`${topic}
          standIn.answer = (_, constraint) => JSON.stringify({ answer: options(constraint).includes("bill") ? "bill" : "yes" });
          const output = await run();
          return { output, orders: standIn.prompts.map(({ responseConstraint }) => options(responseConstraint).join()), live: standIn.live };
        `);
        expect(found.output).toEqual({ topic: "bill", topicConfidence: expect.closeTo(0.75), urgent: expect.closeTo(0.875) });
        expect(new Set(found.orders)).toEqual(new Set(["family,bill,spam", "spam,bill,family", "spam,family,bill", "yes,no", "no,yes"]));
        expect(found.live).toBe(2); // a beginning without and one with what the system says
      });

      test("one that it answers by the place of an option is unsure", async () => {
        const found = await evaluate(`${topic}
          standIn.answer = (_, constraint) => JSON.stringify({ answer: options(constraint)[0] });
          return run();
        `);
        expect(found.topic).toBe("unsure");
        expect(found.topicConfidence).toBeLessThan(0.5);
      });

      test("one that it does not answer is unsure", async () => {
        const found = await evaluate(
          `${topic} standIn.answer = () => "Well, that depends"; return { ...(await run()), live: standIn.live };`,
        );
        expect(found).toEqual({ topic: "unsure", topicConfidence: 0, urgent: 0.5, live: 2 });
      });

      test("an abort ends all that was asked", async () => {
        const found = await evaluate(`${topic}
          const stop = new AbortController();
          standIn.answer = () => { stop.abort(new Error("enough")); return "nobody waits for this"; };
          const failed = await compile(graph, { models: { default: browserModel() } }).invoke({ text: "x" }, { signal: stop.signal }).catch(({ code }) => code);
          await new Promise((done) => setTimeout(done, 50));
          return { failed, live: standIn.live };
        `);
        expect(found).toEqual({ failed: "ABORTED", live: 2 });
      });
    });
  });
});
