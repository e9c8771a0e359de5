import { asModel, type ChatModel, compile, costOf, defineGraph, END, specialist, team, use } from "@troupe/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { chatDecisions } from "../../decisions/of-chat.js";
import { model } from "../../model.js";
import { anthropic } from "./anthropic.fixture.js";
import { gemini } from "./gemini.fixture.js";
import { mistral } from "./mistral.fixture.js";
import { openai } from "./openai.fixture.js";
import { type Served, serve } from "./serve.fixture.js";
import { told, type Wire } from "./wire.fixture.js";

/** Each provider's wire, and the model whose card, price included, the planner on this machine has. */
const giants: [string, Wire, string][] = [
  ["GPT-4", openai, "openai:gpt-4o"],
  ["Gemini", gemini, "google:gemini-2.5-pro"],
  ["Claude", anthropic, "anthropic:claude-sonnet-4-5"],
  ["Mistral", mistral, "mistral:mistral-large-latest"],
];

const text = z.object({ text: z.string() });
const shorten = specialist({
  name: "shorten",
  does: "Shortens a text to its first sentence",
  input: text,
  output: z.object({ short: z.string() }),
  run: ({ text }) => ({ short: `${text.split(".")[0]}.` }),
});
const translate = specialist({
  name: "translate",
  does: "Translates a text into a language",
  input: z.object({ text: z.string(), language: z.enum(["fi", "sv"]), formal: z.boolean().optional() }),
  output: z.object({ translation: z.string() }),
  run: ({ text, language }) => ({ translation: `[${language}] ${text}` }),
});

const plan = {
  tasks: [
    { id: "t1", member: "shorten", args: { text: { ref: "input.letter" } } },
    { id: "t2", member: "translate", args: { text: { ref: "t1.short" }, language: "fi" } },
  ],
  output: { translation: { ref: "t2.translation" } },
};
const letter = "The boiler leaks. It has leaked since Monday, and the cellar is wet.";
const translation = "[fi] The boiler leaks.";

/** A decision model that knows of `text` where it is from, and else nothing. */
const small = asModel(
  {
    async invoke({ questions }: any) {
      const answers = Object.entries<any>(questions).map(([name, { criteria }]) => {
        const labels = Object.keys(criteria);
        const known = name.endsWith(".text") && labels.find((label) => label.includes(name.startsWith("polish") ? "theirs" : "mine"));
        const odds = labels.map((label) => [label, known ? (label === known ? 0.98 : 0.02 / (labels.length - 1)) : 1 / labels.length]);
        return [name, { type: "choice", choice: known || labels[0], probabilities: Object.fromEntries(odds), confidence: known ? 0.9 : 0 }];
      });
      return { answers: Object.fromEntries(answers), usage_metadata: { input_tokens: 9, output_tokens: 0, total_tokens: 9 } };
    },
  } as any,
  "tests:small",
  { kind: "decisions", local: true } as any,
);

const env = { ...process.env };
beforeEach(() => {
  process.env = { ...env, TEST_WIRE_KEY: "key-of-this-server" };
});
afterEach(() => {
  process.env = { ...env };
});

describe.each(giants)("%s plans for a team", (_, wire, giant) => {
  let server: Served;
  beforeAll(async () => {
    server = await serve(wire);
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.asked.length = 0;
    server.replies = [{ text: JSON.stringify(plan) }];
  });

  const { card } = model(giant);
  const planner = (): ChatModel => {
    const served = model(wire.id(server.origin), { key: "TEST_WIRE_KEY" });
    return Object.freeze({ id: giant, card, load: served.load });
  };

  async function run(request = "Shorten the letter, and give that in Finnish") {
    const desk = team({
      name: "desk",
      does: "Prepares letters",
      planner: planner(),
      request: "wish",
      members: [shorten, translate],
      input: z.object({ letter: z.string(), wish: z.string() }),
      output: z.object({ translation: z.string() }),
    });
    const graph = defineGraph({
      name: "office",
      state: { letter: z.string(), wish: z.string(), translation: z.string() },
      input: ["letter", "wish"],
      output: ["translation"],
      nodes: { desk: use(desk, {}) },
      start: "desk",
      edges: { desk: END },
    });
    const app = compile(graph);
    const events: any[] = [];
    for await (const event of app.events({ letter, wish: request }, { thread: "t" })) events.push(event);
    return { ledger: await app.ledger("t"), ended: events.at(-1), planned: events.find(({ kind }) => kind === "planned") };
  }

  it("writes one in one call, under the schema of plans; it is carried out, and the ledger has its tokens and cost", async () => {
    const { ledger, ended, planned } = await run();
    expect(ended.output).toEqual({ translation });
    expect(planned.by).toBe(giant);
    expect(planned.plan.tasks.map(({ member }: any) => member)).toEqual(["shorten", "translate"]);
    expect(server.asked).toHaveLength(1);
    const { prompt, schema } = server.asked[0]!.read;
    for (const word of ["shorten", "translate", "Finnish"]) expect(prompt).toContain(word);
    // What the letter says is no planner's business.
    expect(prompt).not.toContain("boiler");
    expect(Object.keys(schema.properties)).toEqual(["tasks", "output"]);
    const took = { input: told.input, output: told.output, ...(wire.tellsCached ? { cached: told.cached } : {}) };
    expect(ledger.models).toMatchObject([{ model: giant, calls: 1, ...took }]);
    expect(ledger.models[0]!.unpriced).toBeUndefined();
    expect(ledger.cost).toBeCloseTo(costOf(card, took)!, 12);
    expect(ledger.cost).toBeGreaterThan(0);
  });

  it("is asked again where its plan was cut on the way, and what that took is counted too", async () => {
    server.replies = [{ half: { text: JSON.stringify(plan) }, then: "destroy" }, { text: JSON.stringify(plan) }];
    const { ledger, ended } = await run();
    expect(ended.output).toEqual({ translation });
    expect(server.asked).toHaveLength(2);
    const [usage] = ledger.models;
    expect(usage).toMatchObject({ calls: 2, input: told.input + wire.startsWith });
    // What a broken call took is told, or said not to be known.
    expect(usage!.unpriced ?? 0).toBe(wire.startsWith ? 0 : 1);
    expect(ledger.cost).toBeGreaterThanOrEqual(costOf(card, { input: told.input, output: told.output, cached: told.cached })!);
  });

  it("is shown what is wrong with its plan, and mends it", async () => {
    const wrong = {
      ...plan,
      tasks: [plan.tasks[0], { id: "t2", member: "sing", args: { song: "x" } }],
      output: { translation: { ref: "t2.song" } },
    };
    server.replies = [{ text: JSON.stringify(wrong) }, { text: JSON.stringify(plan) }];
    const { ended } = await run();
    expect(ended.output).toEqual({ translation });
    expect(server.asked[1]!.read.prompt).toContain("sing");
  });

  /** Two members that take a text, and two texts that either may take: names leave open which. */
  const polish = specialist({
    name: "polish",
    does: "Makes a text better",
    input: text,
    output: z.object({ polished: z.string() }),
    run: ({ text }) => ({ polished: `${text}!` }),
  });
  const both = z.object({ mine: z.string(), theirs: z.string() });
  const made = z.object({ polished: z.string(), short: z.string() });
  const open = (more: object) =>
    team({ name: "pair", does: "Works on texts", members: [polish, shorten], input: both, output: made, ...more });
  const given = { mine: "So be it. Amen.", theirs: "All right" };

  async function decided(desk: any, models = {}) {
    const graph = defineGraph({
      name: "office",
      state: { ...both.shape, ...made.shape },
      input: ["mine", "theirs"],
      output: ["polished", "short"],
      nodes: { desk: use(desk, {}) },
      start: "desk",
      edges: { desk: END },
    } as any) as any;
    const app = compile(graph, { models });
    const events: any[] = [];
    for await (const event of app.events(given, { thread: "t" })) events.push(event);
    return { ledger: await app.ledger("t"), output: events.at(-1).output, planned: events.find(({ kind }) => kind === "planned") };
  }
  /** Answers under the schema of closed questions: that polish takes theirs and shorten mine. */
  const chooses = (read: { schema?: any; prompt: string }) => {
    const entries = Object.entries<any>(read.schema.properties).map(([name, { enum: options }]) => {
      if (!options) return [name, 0.97];
      const of = new RegExp(`${name}: [^\\n]*of .?polish`).test(read.prompt) ? "theirs" : "mine";
      return [name, options.find((option: string) => option.includes(of))];
    });
    return { text: JSON.stringify(Object.fromEntries(entries)) };
  };

  it("decides what is open where it is only to decide, in one call without a plan, and the ledger has its tokens and cost", async () => {
    server.replies = [chooses];
    const { output, planned, ledger } = await decided(open({ planner: chatDecisions(planner()) }));
    expect(output).toEqual({ polished: "All right!", short: "So be it." });
    expect(planned.by).toBe("typed");
    expect(planned.notes.join("\n")).toMatch(new RegExp(`${giant.replaceAll(".", "\\.")} decided 2 of the 2 places that were open`));
    expect(server.asked).toHaveLength(1);
    const { prompt } = server.asked[0]!.read;
    expect(prompt).toContain("polish");
    for (const foreign of ["Amen", "All right", '"tasks"']) expect(prompt).not.toContain(foreign);
    expect(ledger.models).toMatchObject([{ model: giant, calls: 1, input: told.input, output: told.output }]);
    expect(ledger.cost).toBeGreaterThan(0);
  });

  it("decides only what a small one leaves open, and record and ledger tell the two apart", async () => {
    const [last, first] = [z.iso.date(), z.iso.date()];
    const booking = (name: string) =>
      specialist({
        name,
        does: `Books a ${name}`,
        input: z.object({ at: z.iso.date() }),
        output: z.object({ [name]: z.string() }),
        run: ({ at }) => ({ [name]: at }) as any,
      });
    const desk = team({
      name: "trip",
      does: "Works on texts and books",
      members: [polish, shorten, booking("room"), booking("car")],
      input: both.extend({ first, last }),
      output: made.extend({ room: z.string(), car: z.string() }),
      planner: "planner",
    });
    const state = { ...both.shape, ...made.shape, first, last, room: z.string(), car: z.string() };
    const app = compile(
      defineGraph({
        name: "office",
        state,
        input: ["mine", "theirs", "first", "last"],
        output: ["polished", "room"],
        nodes: { desk: use(desk, {}) },
        start: "desk",
        edges: { desk: END },
      } as any) as any,
      { models: { decisions: small, planner: chatDecisions(planner()) } },
    );
    server.replies = [
      (read) => {
        const entries = Object.entries<any>(read.schema.properties).map(([name, { enum: options }]) => {
          const of = new RegExp(`${name}: [^\\n]*of .?room`).test(read.prompt) ? "last" : "first";
          return [name, options?.find((option: string) => option.includes(of)) ?? 0.97];
        });
        return { text: JSON.stringify(Object.fromEntries(entries)) };
      },
    ];
    const events: any[] = [];
    for await (const event of app.events({ ...given, first: "2027-03-01", last: "2027-03-09" } as any, { thread: "t" })) events.push(event);
    expect(events.at(-1).output).toEqual({ polished: "All right!", room: "2027-03-09" });
    const { notes } = events.find(({ kind }) => kind === "planned");
    expect(notes).toEqual(
      expect.arrayContaining([
        "tests:small decided 2 of the 4 places that were open",
        `${giant} decided 2 of the 2 places that tests:small left open`,
      ]),
    );
    expect((await app.ledger("t")).models.map((one: any) => [one.model, one.calls])).toEqual(
      expect.arrayContaining([
        ["tests:small", 1],
        [giant, 1],
      ]),
    );
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]!.read.prompt).not.toMatch(/argument .?text.? of/);
  });

  it("settles, as the one that decides, where a plan it wrote and the derived one differ", async () => {
    const crossed = {
      tasks: [
        { id: "t1", member: "polish", args: { text: { ref: "input.mine" } } },
        { id: "t2", member: "shorten", args: { text: { ref: "input.theirs" } } },
      ],
      output: { polished: { ref: "t1.polished" }, short: { ref: "t2.short" } },
    };
    server.replies = [(read) => (read.schema.properties.tasks ? { text: JSON.stringify(crossed) } : chooses(read))];
    const settled = { planner: planner(), does: "Polishes their text and shortens mine" };
    const { output, planned } = await decided(open(settled), { decisions: chatDecisions(planner()) });
    expect(output).toEqual({ polished: "All right!", short: "So be it." });
    expect(planned.by).toBe(giant);
  });

  it("is not asked where nothing is open, and one that gives no answer is told apart from a plan that is unsure", async () => {
    server.replies = [chooses];
    const { output } = await decided(
      open({ planner: chatDecisions(planner()), settle: { "polish.text": "input.theirs", "shorten.text": "input.mine" } }),
    );
    expect(output).toEqual({ polished: "All right!", short: "So be it." });
    expect(server.asked).toHaveLength(0);
    server.replies = [{ declines: "I can't help with that." }];
    await expect(decided(open({ planner: chatDecisions(planner()) }))).rejects.toMatchObject({ code: "MODEL_REFUSED" });
    server.replies = [{ text: "Well, that depends." }];
    await expect(decided(open({ planner: chatDecisions(planner()) }))).rejects.toMatchObject({ code: "ANSWER_INVALID" });
  });

  it("fails no team whose plan is sure without it, and says what it said", async () => {
    for (const reply of [{ declines: "I can't help with that." }, wire.unpaid]) {
      server.asked.length = 0;
      server.replies = [reply];
      const { ended, planned } = await run("Shorten the letter, then translate the short text into Finnish");
      expect(ended.output).toEqual({ translation });
      expect(server.asked).toHaveLength(1);
      expect(planned.notes.join("\n")).toContain(giant);
    }
  });
});
