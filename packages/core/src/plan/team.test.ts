import { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { check } from "../check/check.js";
import { defineGraph, END } from "../graph/graph.js";
import type { Plan } from "../graph/plan.js";
import { compile } from "../interop/compile.js";
import { generate } from "../model/generate.js";
import { asModel, type ChatModel } from "../model/model.js";
import { specialist } from "../specialist/specialist.js";
import { count, shout } from "../specialist/words.fixture.js";
import { briefOf } from "./brief.js";
import { checkPlan } from "./check-plan.js";
import { keptPlans } from "./keep/kept-plans.js";
import type { Planning } from "./make-plan.js";
import { PlanError } from "./plan-error.js";
import { sameWork } from "./same-work.js";
import { planFor, team } from "./team.js";

/** A planner that says what it is told to, whatever it is asked. */
class Scripted extends BaseChatModel {
  readonly asked: string[] = [];
  constructor(private readonly says: (call: number) => string) {
    super({});
  }
  _llmType(): string {
    return "scripted";
  }
  async _generate(messages: BaseMessage[]) {
    this.asked.push(messages.map(({ text }) => text).join("\n---\n"));
    const text = this.says(this.asked.length);
    return {
      generations: [
        { text, message: Object.assign(new AIMessage(text), { usage_metadata: { input_tokens: 10, output_tokens: 5, total_tokens: 15 } }) },
      ],
    };
  }
}
const scripted = (...says: string[]): { chat: Scripted; model: ChatModel } => {
  const chat = new Scripted((call) => says[call - 1] ?? says.at(-1)!);
  return { chat, model: asModel(chat, "scripted:planner", { structured: "none" }) };
};

const input = z.object({ note: z.string() });
const output = z.object({ loud: z.string(), words: z.number() });
const card = { name: "desk", does: "Counts and shouts", members: [count, shout], input, output };
const good: Plan = {
  tasks: [
    { id: "t1", member: "shout", args: { text: { ref: "input.note" } } },
    { id: "t2", member: "count", args: { text: { ref: "t1.loud" } } },
  ],
  output: { loud: { ref: "t1.loud" }, words: { ref: "t2.words" } },
};
const nonsense = "I would love to help you with that!";
const flawed = JSON.stringify({ ...good, tasks: good.tasks.slice(1) });

const planning: Planning = {
  generate: (request) =>
    generate(request.model as ChatModel, request as any, {
      signal: new AbortController().signal,
      config: {},
      token: () => {},
      used: () => {},
    }) as any,
  embed: async () => [],
  decide: async () => {
    throw new Error("nobody decides here");
  },
  model: () => undefined,
  progress: () => {},
};
const made = (rest: object, ctx: object = {}) => planFor(team({ ...card, ...rest }), undefined, { ...planning, ...ctx });

test("a team carries out the plan of its planner, task by task", async () => {
  const { model } = scripted(`Here is the plan:\n\`\`\`json\n${JSON.stringify(good)}\n\`\`\``);
  const desk = team({ ...card, planner: model });
  const graph = defineGraph({
    name: "office",
    state: { note: z.string(), loud: z.string(), words: z.number() },
    input: ["note"],
    output: ["loud", "words"],
    nodes: { desk },
    start: "desk",
    edges: { desk: END },
  });
  const app = compile(graph);
  expect(await app.invoke({ note: "all is well" }, { thread: "one" })).toEqual({ loud: "ALL IS WELL", words: 3 });
  const { lines } = await app.ledger("one");
  expect(lines.map(({ specialist }) => specialist)).toEqual(["desk", "shout", "count"]);
  expect(lines[0]!.usage).toMatchObject([{ model: "scripted:planner", calls: 1, input: 10, output: 5 }]);
});

test.each([
  [
    "YAML",
    "tasks:\n  - id: t1\n    member: shout\n    args:\n      text: $input.note\n  - id: t2\n    member: count\n    args:\n      text: $t1.loud\noutput:\n  loud: $t1.loud\n  words: $t2.words",
  ],
  ["evidence", "Plan: Shout the note.\n#E1 = shout[$input.note]\nPlan: Count what was shouted.\n#E2 = count[#E1]"],
  ["functions", "1. shout(text=$input.note)\n2. count(text=$1.loud)"],
  [
    "tags",
    "<function=shout><parameter=text>$input.note</parameter></function>\n<function=count><parameter=text>{{1.loud}}</parameter></function>",
  ],
])("a plan in a form that is no JSON is read the first time: %s", async (_, text) => {
  const { chat, model } = scripted(text);
  const { plan, by } = await made({ planner: model, guide: false });
  expect(sameWork(plan, good)).toBe(true);
  expect(by).toBe(model.id);
  expect(chat.asked).toHaveLength(1);
});

test("the typed planner needs no model", async () => {
  const { plan, by } = await made({});
  expect(by).toBe("typed");
  expect(plan.tasks.map(({ member }) => member).sort()).toEqual(["count", "shout"]);
});

test("a small planner model writes nothing where the plan can be derived; without one its plan is taken like any other", async () => {
  const { chat } = scripted(JSON.stringify(good));
  const small = asModel(chat, "small:planner", { structured: "none", local: true, memory: 200e6 });
  const made_ = await made({ planner: small });
  expect(made_).toMatchObject({ plan: (await made({})).plan, by: "typed" });
  expect(made_.notes.join()).toContain("too small a model");
  expect(chat.asked).toHaveLength(0);
  expect((await made({ planner: small, guide: false })).plan).toEqual(good);
});

test("a planner that fails fails no team whose derived plan is sure", async () => {
  const broken = asModel(new Scripted(() => fail("the server is gone")), "broken:planner", { structured: "none" });
  const { by, notes } = await made({ planner: broken });
  expect(by).toBe("typed");
  expect(notes.join()).toContain("broken:planner could not plan");
});
const fail = (why: string): never => {
  throw new Error(why);
};

const send = specialist({
  name: "send",
  does: "Sends a text to somebody",
  effects: true,
  input: z.object({ to: z.string().describe("address"), text: z.string() }),
  output: z.object({ receipt: z.string() }),
  run: () => ({ receipt: "1" }),
});
const two = z.object({ text: z.string(), mine: z.string().describe("address"), theirs: z.string().describe("address") });
const mailing = { name: "post", does: "Send the text", members: [send], input: two, output: z.object({ receipt: z.string() }) };
const planOf = (rest: object, ctx: object = {}) => planFor(team({ ...mailing, ...rest } as any), undefined, { ...planning, ...ctx });

test("what acts on the world is never done on a guess; the error prints the open place ready to settle", async () => {
  const error = await planOf({}).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "PLAN_UNSURE" });
  expect(error.hint).toContain('"send.to":"input.');
  await expect(planOf({ unsure: "guess" })).rejects.toMatchObject({ code: "PLAN_UNSURE" });
  const one = await planOf({ settle: { "send.to": "input.theirs" }, input: two.partial({ mine: true }) }).catch((thrown) => thrown);
  expect(one.issues?.map(({ code }: any) => code)).toEqual(["unused-input"]);
});

test("a place that is settled for good takes its value from there", async () => {
  const { plan, notes } = await made({ settle: { "count.text": "shout.loud" } });
  expect(sameWork(plan, good)).toBe(true);
  expect(notes.join()).toContain("count.text from shout.loud, by settled");
});

test("a wanted output that nobody gives is declined, never filled with the nearest", async () => {
  const error = await made({ output: z.object({ ...output.shape, diagnosis: z.string() }) }).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "PLAN_DECLINED" });
  expect(error.message).toContain("diagnosis");
});

/** Two addresses for two members: names and types leave open which goes where. */
const address = z.string().describe("address");
const letter = specialist({
  name: "letter",
  does: "Writes a letter",
  input: z.object({ to: address }),
  output: z.object({ letter: z.string() }),
  run: () => ({ letter: "" }),
});
const stamp = specialist({
  name: "stamp",
  does: "Prints a stamp",
  input: z.object({ of: address }),
  output: z.object({ stamp: z.string() }),
  run: () => ({ stamp: "" }),
});
const office = {
  name: "office",
  does: "A letter and a stamp",
  members: [letter, stamp],
  input: z.object({ mine: address, theirs: address }),
  output: z.object({ letter: z.string(), stamp: z.string() }),
};
const inOffice = (rest: object, ctx: object = {}) => planFor(team({ ...office, ...rest }), undefined, { ...planning, ...ctx });

test("a planner that throws anything fails no team whose derived plan may be guessed, and the notes say so; without the derived plan it does", async () => {
  const broken = asModel(new Scripted(() => fail("the server is gone")), "broken:planner", { structured: "none" });
  const throws = { generate: () => Promise.reject(new RangeError("no planner at all")) };
  expect((await made({ planner: broken }, throws)).notes.join()).toContain("broken:planner could not plan: no planner at all");
  await expect(made({ planner: broken, guide: false }, throws)).rejects.toThrow("no planner at all");
  const guessed = await inOffice({ planner: broken, unsure: "guess" }, throws);
  expect(guessed).toMatchObject({ by: "typed" });
  expect(guessed.guesses).not.toBeUndefined();
  expect(guessed.notes.join()).toContain("broken:planner could not plan");
  // What is open may not be guessed here: who was to plan is to be asked again.
  await expect(inOffice({ planner: broken }, throws)).rejects.toThrow("no planner at all");
});

test("a decision model that throws fails no team whose plan stands without it", async () => {
  const decider = { id: "broken:decider", card: { kind: "decisions" } } as any;
  const decide = () => Promise.reject(new RangeError("the decider is gone"));
  const { by, notes } = await inOffice({ planner: decider, unsure: "guess" }, { decide });
  expect(by).toBe("typed");
  expect(notes.join()).toContain("broken:decider could not decide: the decider is gone");
  await expect(inOffice({ planner: decider }, { decide })).rejects.toThrow("the decider is gone");
});

test("a team that refuses what is unsure carries out no guess, and a plan that is sure as ever", async () => {
  const clerk = specialist({
    name: "lookUp",
    does: "Looks an order up",
    input: z.object({ order: z.string() }),
    output: z.object({ status: z.enum(["sent", "open"]) }),
    run: () => ({ status: "sent" as const }),
  });
  const desk = { name: "desk", does: "Answers customers", members: [clerk], request: "wish" as const };
  const asking = (unsure?: "refuse") =>
    team({
      ...desk,
      input: z.object({ order: z.string(), wish: z.string() }),
      output: z.object({ answer: z.string() }),
      ...(unsure ? { unsure } : {}),
    });
  const said = { order: "A1", wish: "Can I still return it?" };
  expect((await planFor(asking(), said, planning as any)).guesses).toEqual(["output.answer"]);
  const error = await planFor(asking("refuse"), said, planning as any).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "PLAN_UNSURE", hint: expect.stringContaining('"output.answer":"lookUp.status"') });
  expect(error.hint).toContain('leave out unsure: "refuse"');
  expect((await made({ unsure: "refuse" })).plan).toEqual((await made({})).plan);
  expect(
    (
      await planFor(
        team({
          ...desk,
          input: z.object({ order: z.string() }),
          output: z.object({ status: z.string() }),
          request: undefined,
          unsure: "refuse",
        } as any),
        undefined,
        planning as any,
      )
    ).guesses,
  ).toBeUndefined();
});

/** A decision model that takes an option for each question by its id, and keeps what it was asked. */
function choosing(chosen: Readonly<Record<string, string>>) {
  const asked: any[] = [];
  const decide = async ({ state, questions, model }: any) => {
    asked.push({ state, questions, model: model?.id });
    const shares = (id: string, labels: string[]) =>
      Object.fromEntries(labels.map((label) => [label, label.includes(chosen[id]!) ? 0.98 : 0.02 / labels.length]));
    return Object.fromEntries(
      Object.entries(questions).map(([id, { criteria }]: any) => [id, { probabilities: shares(id, Object.keys(criteria)) }]),
    );
  };
  return { asked, decide };
}
const theirs = { "letter.to": "theirs", "stamp.of": "mine" };
const argument = ({ tasks }: Plan, name: string) => tasks.find(({ member }) => member === name)!.args;

test("a decision model settles what is open, all places behind one state, and is not asked what is sure", async () => {
  await expect(planFor(team(office), undefined, planning as any)).rejects.toMatchObject({ code: "PLAN_UNSURE" });
  const guessed = await planFor(team({ ...office, unsure: "guess" }), undefined, planning as any);
  expect(guessed.guesses).toContain("letter.to");
  const { asked, decide } = choosing(theirs);
  const bound = {
    ...planning,
    decide,
    model: (role: string) => (role === "decisions" ? ({ id: "scripted:decider", card: {} } as any) : undefined),
  };
  const { plan, notes } = await planFor(team(office), undefined, bound as any);
  expect(asked).toHaveLength(1);
  expect(asked[0].state).toContain("letter(to: text (address)) -> letter: text. Writes a letter");
  expect(Object.keys(asked[0].questions["letter.to"].criteria)).toEqual(
    expect.arrayContaining(["the given `mine` (address)", "the given `theirs` (address)", "none of these"]),
  );
  expect(argument(plan, "letter")).toEqual({ to: { ref: "input.theirs" } });
  expect(argument(plan, "stamp")).toEqual({ of: { ref: "input.mine" } });
  expect(notes.join()).toContain("letter.to from input.theirs, by decision");
  const sure = await planFor(team({ ...card } as any), undefined, bound as any);
  expect(sure.plan.tasks).toHaveLength(2);
  expect(asked).toHaveLength(1);
});

test("no decision model settles what a member that acts on the world takes", async () => {
  const { asked, decide } = choosing(theirs);
  const planner = { id: "scripted:chooser", card: { kind: "decisions" } } as any;
  const acting = { ...stamp, effects: true } as any;
  const desk = team({ ...office, members: [letter, acting], planner });
  await expect(planFor(desk, undefined, { ...planning, decide } as any)).rejects.toMatchObject({ code: "PLAN_UNSURE" });
  expect(asked).toEqual([]);
});

test("a planner that is a decision model is asked what is open, and writes nothing", async () => {
  const { asked, decide } = choosing(theirs);
  const planner = { id: "scripted:chooser", card: { kind: "decisions" } } as any;
  const { plan, notes } = await planFor(team({ ...office, planner }), undefined, { ...planning, decide } as any);
  expect(asked.map(({ model }) => model)).toEqual(["scripted:chooser"]);
  expect(argument(plan, "letter")).toEqual({ to: { ref: "input.theirs" } });
  expect(notes.join()).toContain("scripted:chooser decided 2 of the 2 places that were open");
  const sure = await planFor(team({ ...card, planner } as any), undefined, { ...planning, decide } as any);
  expect(sure.notes.join()).toContain("scripted:chooser was not asked: nothing was open");
});

/** As in the office, and two days for two members: a decision model may settle the one pair and not the other. */
const busy = {
  ...office,
  does: "A letter, a stamp, a room and a car",
  members: [
    letter,
    stamp,
    ...["room", "car"].map((name) =>
      specialist({
        name,
        does: `Books a ${name}`,
        input: z.object({ at: z.iso.date() }),
        output: z.object({ [name]: z.string() }),
        run: () => ({ [name]: "" }) as any,
      }),
    ),
  ],
  input: z.object({ mine: address, theirs: address, first: z.iso.date(), last: z.iso.date() }),
  output: z.object({ letter: z.string(), stamp: z.string(), room: z.string(), car: z.string() }),
};
const all = { ...theirs, "room.at": "last", "car.at": "first" };
const decider = (id: string) => ({ id, card: { kind: "decisions" } }) as any;
/** The role `decisions` played by a small model that knows addresses only; whoever else is asked knows all. */
function ladder() {
  const { asked, decide } = choosing(all);
  const even = (questions: object) =>
    Object.fromEntries(
      Object.entries(questions).map(([id, { criteria }]: any) => {
        const labels = Object.keys(criteria);
        return [id, { probabilities: Object.fromEntries(labels.map((label) => [label, 1 / labels.length])) }];
      }),
    );
  const ctx = {
    ...planning,
    decide: async (request: any) => {
      const known = await decide(request);
      if (request.model.id !== "small") return known;
      return { ...even(request.questions), ...Object.fromEntries(Object.entries(known).filter(([id]) => id in theirs)) };
    },
    model: (role: string) => (role === "decisions" ? decider("small") : undefined),
  };
  return { asked, ctx };
}

test.each<[string, object]>([
  ["planner", { planner: decider("large") }],
  ["stronger one of a planner", { planner: decider("small"), stronger: decider("large") }],
  ["stronger one of the typed planner", { stronger: decider("large") }],
])("what a small decision model leaves open goes to the %s, and nothing else", async (_, more) => {
  const { asked, ctx } = ladder();
  const { plan, notes, guesses } = await planFor(team({ ...busy, ...more }), undefined, ctx as any);
  expect(asked.map(({ model, questions }) => [model, Object.keys(questions).sort()])).toEqual([
    ["small", ["car.at", "letter.to", "room.at", "stamp.of"]],
    ["large", ["car.at", "room.at"]],
  ]);
  expect(guesses).toBeUndefined();
  expect(argument(plan, "letter")).toEqual({ to: { ref: "input.theirs" } });
  expect(argument(plan, "room")).toEqual({ at: { ref: "input.last" } });
  for (const line of [
    "small decided 2 of the 4 places that were open",
    "large decided 2 of the 2 places that small left open",
    "letter.to from input.theirs, by decision of small",
    "room.at from input.last, by decision of large",
  ])
    expect(notes.join("\n")).toContain(line);
});

test("a stronger one is not asked where the small one settles all, and what nobody settles is unsure", async () => {
  const { asked, ctx } = ladder();
  const { notes } = await planFor(team({ ...office, stronger: decider("large") }), undefined, ctx as any);
  expect(asked.map(({ model }) => model)).toEqual(["small"]);
  expect(notes).toContain("large was not asked: nothing was open that it may decide");
  await expect(planFor(team({ ...busy }), undefined, ctx as any)).rejects.toMatchObject({ code: "PLAN_UNSURE" });
});

test("where the small one fails the stronger one decides; where both fail the first says why", async () => {
  const { ctx } = ladder();
  const failing = (ids: readonly string[]) => ({
    ...ctx,
    decide: async (request: any) =>
      ids.includes(request.model.id) ? Promise.reject(new RangeError(`${request.model.id} is gone`)) : ctx.decide(request),
  });
  const desk = team({ ...busy, stronger: decider("large") });
  const { notes } = await planFor(desk, undefined, failing(["small"]) as any);
  expect(notes).toContain("small could not decide: small is gone");
  await expect(planFor(desk, undefined, failing(["small", "large"]) as any)).rejects.toThrow("small is gone");
});

test("a stronger chat model writes a plan only where the derived one is not sure", async () => {
  const strong = scripted(JSON.stringify(good));
  const { by, notes } = await made({ stronger: strong.model });
  expect(by).toBe("typed");
  expect(notes).toContain("scripted:planner was not asked: nothing was open that it may decide");
  expect(strong.chat.asked).toHaveLength(0);
});

test("an unsure plan's error says that a stronger one is not bound, or gave no plan; so do the notes of a guess", async () => {
  const texts = z.object({ mine: z.string(), theirs: z.string() });
  const unsure = (more: object) => made({ input: texts, ...more }).catch((thrown) => thrown);
  const unbound = await unsure({ stronger: "giant" });
  expect(unbound).toMatchObject({ code: "PLAN_UNSURE", hint: expect.stringContaining("bind a model to the role giant") });
  const asked = await unsure({ stronger: scripted(nonsense).model });
  expect(asked.issues).toContainEqual(expect.objectContaining({ code: "no-plan" }));
  const { notes } = await unsure({ stronger: "giant", unsure: "guess" });
  expect(notes).toContain("Planned by types: no model is bound to the role giant");
});

test("check knows all options of a team, and what they may say", () => {
  const graphOf = (more: object) => {
    const desk = team({ ...card, ...more } as any);
    const state = { note: z.string(), loud: z.string(), words: z.number() };
    return defineGraph({
      name: "office",
      state,
      input: ["note"],
      output: ["loud", "words"],
      nodes: { desk },
      start: "desk",
      edges: { desk: END },
    } as any);
  };
  expect(check(graphOf({ unsure: "guess", settle: { "count.text": "shout.loud" } }))).toEqual([]);
  expect(check(graphOf({ unsure: "maybe" }))).toMatchObject([{ path: ["nodes", "desk", "team", "unsure"] }]);
  expect(check(graphOf({ settle: { count: "shout.loud" } }))).toMatchObject([{ path: ["nodes", "desk", "team", "settle", "count"] }]);
});

test("the planner is shown members, inputs, what is wanted and the typed plan, and is asked again with the issues", async () => {
  const { chat, model } = scripted(flawed, JSON.stringify(good));
  const { plan, by, notes } = await made({ planner: model });
  expect(plan).toEqual(good);
  expect(by).toBe("scripted:planner");
  expect(notes.join()).toContain("dangling-ref");
  for (const part of ["Counts and shouts", "shout: Writes a text in capitals", "input.note (text)", "words (a number)", "Correct it"])
    expect(chat.asked[0]).toContain(part);
  expect(chat.asked[1]).toContain("t1.loud");
});

test("what has one sensible repair is not asked again", async () => {
  const { chat, model } = scripted(JSON.stringify(good).replace("shout", "Shouter").replace("t1.loud", "t1.luod"));
  const { plan, notes } = await made({ planner: model });
  expect(plan).toEqual(good);
  expect(notes.length).toBeGreaterThan(0);
  expect(chat.asked).toHaveLength(1);
});

test("after the planner the stronger one is asked, after that the typed plan stands in, and the notes say so", async () => {
  const weak = scripted(flawed);
  const strong = scripted(JSON.stringify(good));
  expect((await made({ planner: weak.model, stronger: strong.model })).plan).toEqual(good);
  expect(weak.chat.asked).toHaveLength(2);

  const { by, notes } = await made({ planner: scripted(nonsense).model, stronger: scripted(flawed).model });
  expect(by).toBe("typed");
  expect(notes).toEqual(expect.arrayContaining(["scripted:planner wrote no plan", "Took the derived plan instead"]));
});

test("where a text that was given finds no use, the error names the option that says it is the request", async () => {
  const { input, ...rest } = card;
  const wordy = team({
    ...rest,
    input: z.object({ note: z.string(), wish: z.string(), size: z.number() }),
    planner: scripted(JSON.stringify(good)).model,
    guide: false,
  });
  const error = await planFor(wordy, { note: "a", wish: "shout it", size: 3 }, planning).catch((thrown) => thrown);
  expect(error.issues.map(({ code }: any) => code)).toEqual(["unused-input", "unused-input"]);
  expect(error.hint).toContain('request: "wish"');
  expect(error.hint).not.toContain("size");
});

test("where the typed plan is forbidden, a run fails with all issues and the text", async () => {
  const { chat, model } = scripted(` ${flawed}`, `  ${flawed}`, flawed);
  const failed = made({ planner: model, guide: false });
  await expect(failed).rejects.toMatchObject({
    code: "PLAN_FAILED",
    detail: { text: flawed, issues: [{ code: "dangling-ref" }, { code: "dangling-ref" }, { code: "unused-input" }] },
  });
  expect(chat.asked).toHaveLength(3);
  expect(chat.asked[0]).not.toContain("Correct it");
  await expect(made({ planner: scripted(nonsense).model, guide: false })).rejects.toMatchObject({
    code: "PLAN_FAILED",
    detail: { text: nonsense },
  });
});

test("a role that is not bound leaves the work to the typed planner", async () => {
  const { by, notes } = await made({ planner: "planner" });
  expect(by).toBe("typed");
  expect(notes[0]).toBe("Planned by types: no model is bound to the role planner");
});

test("a run whose team finds no plan ends in a PlanError at the team, with the issues and the text", async () => {
  const graph = defineGraph({
    name: "office",
    state: { note: z.string(), loud: z.string(), words: z.number() },
    input: ["note"],
    output: ["loud", "words"],
    nodes: { desk: team({ ...card, planner: scripted(nonsense).model, guide: false }) },
    start: "desk",
    edges: { desk: END },
  });
  const error = await compile(graph)
    .invoke({ note: "x" })
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PlanError);
  expect(error).toMatchObject({ name: "PlanError", code: "PLAN_FAILED", detail: { at: "desk", text: nonsense } });
  expect((error as PlanError).issues).not.toEqual([]);
});

test("a team that keeps its plans asks its planner once for the same request", async () => {
  const { chat, model } = scripted(JSON.stringify(good));
  const kept = keptPlans();
  const run = (note: string) =>
    compile(
      defineGraph({
        name: "office",
        state: { note: z.string(), loud: z.string(), words: z.number() },
        input: ["note"],
        output: ["loud", "words"],
        nodes: { desk: team({ ...card, planner: model, guide: false, kept }) },
        start: "desk",
        edges: { desk: END },
      }),
    ).invoke({ note });
  expect(await run("a b")).toEqual({ loud: "A B", words: 2 });
  expect(await run("c")).toEqual({ loud: "C", words: 1 });
  expect(chat.asked).toHaveLength(1);
});

test("whatever a planner writes, a plan that checks comes of it, or PLAN_FAILED, after a bounded number of calls", async () => {
  const brief = briefOf({ request: card.does, members: card.members, input, output });
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constantFrom(
      nonsense,
      flawed,
      "",
      "{",
      '{"tasks":[]}',
      '{"tasks":[],"output":{}}',
      "[".repeat(10_000),
      `${flawed}${" ".repeat(20_000)}`,
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), fc.boolean(), async (says, guide) => {
      const { chat, model } = scripted(...says);
      const result = await made({ planner: model, guide }).catch((error) => error);
      if (result instanceof Error) expect(result).toMatchObject({ code: "PLAN_FAILED" });
      else expect(checkPlan(result.plan, brief)).toEqual([]);
      if (guide) expect(result).not.toBeInstanceOf(Error);
      expect(chat.asked.length).toBeLessThanOrEqual(9);
    }),
    { numRuns: 100 },
  );
});

test("two members of one name are refused, and a team of nobody", () => {
  expect(() => team({ ...card, members: [count, { ...shout, name: "count" }] })).toThrow(
    /Two members of the team desk have the name count/,
  );
  expect(() => team({ ...card, members: [] })).toThrow(/no members/);
});

test("the type checker knows a team's input and output", () => {
  const desk = team({ ...card, request: "note" });
  // @ts-expect-error a field that the input does not have
  team({ ...card, request: "wish" });
  const state = { note: z.string(), loud: z.string(), words: z.string() };
  // @ts-expect-error words is a number
  defineGraph({ name: "g", state, input: ["note"], output: ["loud"], nodes: { desk }, start: "desk", edges: { desk: END } });
  expect(desk.team!.members).toHaveLength(2);
});

test("a member is not called input or output, which plans call what the team is given and gives", () => {
  for (const name of ["input", "output"])
    expect(() =>
      team({ name: "desk", does: "Reads", members: [{ ...count, name }], input: z.object({ text: z.string() }), output: z.object({}) }),
    ).toThrow(expect.objectContaining({ code: "TEAM_INVALID", message: expect.stringContaining(name) }));
});

test("the error of an unsure plan tells what else is wrong with it, and a declined one prints only what can be pasted", async () => {
  const unsure = await planOf({ input: two.extend({ pages: z.array(z.number()) }) }).catch((thrown) => thrown);
  expect(unsure).toMatchObject({ code: "PLAN_UNSURE" });
  expect(unsure.issues.map(({ code }: any) => code)).toEqual(expect.arrayContaining(["open-place", "unused-input"]));
  const declined = await planOf({ output: z.object({ pages: z.array(z.number()) }) }).catch((thrown) => thrown);
  expect(declined).toMatchObject({ code: "PLAN_DECLINED" });
  expect(declined.hint).not.toContain("team({ settle })");
});
