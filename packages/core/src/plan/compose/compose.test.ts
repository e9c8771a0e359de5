import { expect, test } from "vitest";
import { z } from "zod";
import {
  check,
  checkTeams,
  compile,
  defineGraph,
  END,
  type Graph,
  keptPlans,
  mark,
  media,
  memoryJournal,
  planFor,
  type Specialist,
  savePlan,
  specialist,
  team,
  use,
} from "../../index.js";
import type { Entry } from "../../journal/journal.js";
import { asks } from "../../marks/marks.fixture.js";
import { scriptedModel } from "../../testing/index.js";

const text = z.string();
const orders = { status: text.describe("where the order is"), day: z.iso.date().describe("when it came") };
const policy = { days: z.number().describe("within how many days goods may be sent back") };
const worked: string[] = [];
const lookUpOrder = specialist({
  name: "lookUpOrder",
  does: "Looks up an order",
  input: z.object({ order: text.describe("number of the order") }),
  output: z.object(orders),
  run: ({ order }) => {
    worked.push(`lookUpOrder ${order}`);
    return { status: "delivered", day: "2026-01-02" };
  },
});
const refundPolicy = specialist({
  name: "refundPolicy",
  does: "Says within how many days goods may be sent back in a country",
  input: z.object({ country: text }),
  output: z.object(policy),
  run: ({ country }) => {
    worked.push(`refundPolicy ${country}`);
    return { days: 30 };
  },
});

const question = "Look up the order, and within how many days may I send it back in my country?";
const given = { order: "A17", country: "Chile", question };
const input = { order: text, country: text, question: text };
const answer = { answer: text.describe("what the customer is told") };
const said = (value: object) => JSON.stringify(value);
const right = "Your order A17 came on 2 January 2026: you may send it back within thirty days.";

const desk = (more: object = {}): Specialist =>
  team({
    name: "desk",
    does: "Answers customers",
    members: [lookUpOrder, refundPolicy],
    input: z.object(input),
    output: z.object(answer),
    request: "question",
    compose: { outputs: ["answer"], by: "writer" },
    ...more,
  } as any) as any;
const around = (one: Specialist, state: object = { ...input, ...answer }, output = ["answer"]): Graph =>
  (defineGraph as (graph: object) => Graph)({
    name: "office",
    state,
    input: Object.keys(state).filter((name) => !output.includes(name)),
    output,
    nodes: { desk: one },
    start: "desk",
    edges: { desk: END },
  });
const writer = (...script: string[]) => scriptedModel(script, { id: "scripted:writer" });

test("a model writes what no member gives, from what is given and what the tasks gave, asked once", async () => {
  const model = writer(said({ answer: right }));
  const app = compile(around(desk()), { models: { writer: model } });
  expect(await app.invoke(given, { thread: "one" })).toEqual({ answer: right });
  expect(model.asked).toHaveLength(1);
  const asked = model.asked[0]!.map(({ text }) => text).join("\n");
  for (const told of [
    "Answers customers",
    question,
    "A17",
    "status (where the order is)",
    "delivered",
    "2026-01-02",
    "30",
    "customer is told",
  ])
    expect(asked).toContain(told);
  const { lines } = await app.ledger("one");
  expect(lines.map(({ specialist }) => specialist)).toEqual(["desk", "lookUpOrder", "refundPolicy"]);
  expect(lines[0]!.usage).toMatchObject([{ model: "scripted:writer", calls: 1 }]);
});

test("beside outputs that members give, the request may ask for more than these", async () => {
  const status = { status: text.describe("where the order is") };
  const one = desk({ output: z.object({ ...answer, ...status }) });
  const app = compile(around(one, { ...input, ...answer, ...status }, ["answer", "status"]), {
    models: { writer: writer(said({ answer: right })) },
  });
  expect(await app.invoke(given)).toEqual({ answer: right, status: "delivered" });
});

const plan = {
  tasks: [
    { id: "t1", member: "lookUpOrder", args: { order: { ref: "input.order" } } },
    { id: "t2", member: "refundPolicy", args: { country: { ref: "input.country" } } },
  ],
  output: {},
};
const planner = () => scriptedModel([said(plan)], { id: "scripted:planner", local: false });
/** What a run's plan notes, and what it gives. */
async function notesOf(app: ReturnType<typeof compile>, input: object) {
  const notes: string[] = [];
  for (const events = app.events(input); ; ) {
    const { value, done } = await events.next();
    if (done) return { notes, output: value };
    if (value.kind === "planned") notes.push(...value.notes);
  }
}

test("a plan says who composes, and a chat planner is told that somebody does", async () => {
  const plans = planner();
  const models = { writer: writer(said({ answer: right })) };
  const { notes, output } = await notesOf(compile(around(desk({ planner: plans })), { models }), {
    ...given,
    question: "Can I still return it?",
  });
  expect(output).toEqual({ answer: right });
  expect(notes).toEqual(["answer: composed by scripted:writer from what the tasks give"]);
  expect(plans.asked[0]!.at(-1)!.text).toContain("Afterwards answer is written");
  const unbound = await planFor(desk(), given, { model: () => undefined, progress: () => {} } as any);
  expect(unbound.notes.at(-1)).toContain("the role writer, which no model plays");
  expect(unbound.plan.output).toEqual({});
});

test("figures that nobody gave are named and asked for again, once, and then refused", async () => {
  const wrong = said({ answer: "It came on 3 January 2026, and you have 45 days." });
  const mended = writer(wrong, said({ answer: right }));
  expect(await compile(around(desk()), { models: { writer: mended } }).invoke(given)).toEqual({ answer: right });
  expect(mended.asked).toHaveLength(2);
  expect(mended.asked[1]!.at(-1)!.text).toContain("3 January 2026, 45");
  const model = writer(wrong, said({ answer: "You have 46 days." }), said({ answer: right }));
  await expect(compile(around(desk()), { models: { writer: model } }).invoke(given)).rejects.toMatchObject({
    code: "ANSWER_UNFOUNDED",
    message: expect.stringMatching(/says 46, which neither the input nor any task says.*desk.*\n.*a member that finds it/s),
  });
  expect(model.asked).toHaveLength(2);
});

test("what is composed is held to its part of the schema, as any answer is", async () => {
  const shape = z.object({ lines: z.array(text).max(2), tone: z.enum(["glad", "sorry"]) });
  const one = desk({ output: z.object({ answer: shape }) });
  const reply = { lines: ["It came.", "You have 30 days."], tone: "glad" };
  const model = writer(said({ answer: { ...reply, tone: "angry" } }), said({ answer: reply }));
  expect(await compile(around(one, { ...input, answer: shape }), { models: { writer: model } }).invoke(given)).toEqual({ answer: reply });
  expect(model.asked[1]!.at(-1)!.text).toContain("answer.tone");
});

test("a blank text is no answer: it is asked for again, unless it need not be there", async () => {
  const model = writer(said({ answer: " \n" }), said({ answer: right }));
  expect(await compile(around(desk()), { models: { writer: model } }).invoke(given)).toEqual({ answer: right });
  const always = scriptedModel(() => said({ answer: "" }), { id: "scripted:writer" });
  await expect(compile(around(desk()), { models: { writer: always } }).invoke(given)).rejects.toMatchObject({ code: "ANSWER_INVALID" });
  const aside = { ...answer, aside: text.optional() };
  const one = desk({ output: z.object(aside), compose: { outputs: ["answer", "aside"], by: "writer" } });
  const both = writer(said({ answer: right, aside: "" }));
  const app = compile(around(one, { ...input, ...aside }, ["answer", "aside"]), { models: { writer: both } });
  expect(await app.invoke(given)).toEqual({ answer: right, aside: "" });
});

test("nobody composes what cannot be planned, and nobody works where nobody plays the role", async () => {
  const model = writer();
  const baking = compile(around(desk()), { models: { writer: model } }).invoke({ ...given, question: "Bake a cake" });
  await expect(baking).rejects.toMatchObject({ code: expect.stringMatching(/^PLAN_/) });
  expect(model.asked).toHaveLength(0);
  worked.length = 0;
  await expect(compile(around(desk())).invoke(given)).rejects.toMatchObject({
    code: "MODEL_UNBOUND",
    message: expect.stringContaining("models: { writer: … }"),
  });
  expect(worked).toEqual([]);
});

test("composing makes nobody act: who is not told to does not, beside named outputs neither", async () => {
  const cancels = specialist({
    name: "cancelOrder",
    does: "Cancels an order",
    effects: true,
    input: z.object({ order: text }),
    output: z.object({ cancelled: z.boolean() }),
    run: () => {
      worked.push("cancelOrder");
      return { cancelled: true };
    },
  });
  const members = [lookUpOrder, refundPolicy, cancels];
  const status = { status: text.describe("where the order is") };
  worked.length = 0;
  const models = { writer: scriptedModel(() => said({ answer: right })) };
  await compile(around(desk({ members })), { models }).invoke(given);
  const both = desk({ members, output: z.object({ ...answer, ...status }) });
  await compile(around(both, { ...input, ...answer, ...status }, ["answer", "status"]), { models }).invoke(given);
  expect(worked.sort()).toEqual(["lookUpOrder A17", "lookUpOrder A17", "refundPolicy Chile", "refundPolicy Chile"]);
});

test("the compiler knows the outputs that there are", () => {
  const card = { name: "desk", does: "Answers", members: [lookUpOrder], input: z.object({ order: text }), output: z.object(answer) };
  expect(team({ ...card, compose: { outputs: ["answer"], by: "writer" } }).team?.compose?.by).toBe("writer");
  // @ts-expect-error There is no such output.
  team({ ...card, compose: { outputs: ["anser"], by: "writer" } });
});

test("a run that was cut off asks for nothing again that it was told", async () => {
  const journal = memoryJournal();
  const graph = around(desk());
  const model = writer(said({ answer: right }));
  await compile(graph, { journal, models: { writer: model } }).invoke(given, { thread: "t" });
  const entries: readonly Entry[] = await journal.read("t");
  const composing = entries.findIndex((entry) => entry.kind === "learnt" && JSON.stringify(entry).includes("thirty days"));
  expect(composing).toBeGreaterThan(0);
  for (let length = 1; length < entries.length; length++) {
    const shorter = memoryJournal();
    const hold = await shorter.hold("t");
    for (const { thread: _, run, seq: __, time: ___, ...record } of entries.slice(0, length)) await hold.append(run, [record]);
    await hold.release();
    const again = writer(said({ answer: right }));
    expect(await compile(graph, { journal: shorter, models: { writer: again } }).resume("t")).toEqual({ answer: right });
    expect(again.asked).toHaveLength(length <= composing ? 1 : 0);
  }
});

test("a plan that is kept is taken again, and the answer composed anew", async () => {
  const plans = keptPlans();
  const model = writer(said({ answer: right }), said({ answer: "Within 30 days." }));
  const plan = planner();
  const app = compile(around(desk({ kept: plans, planner: plan })), { models: { writer: model } });
  await app.invoke(given);
  const { notes, output } = await notesOf(app, { ...given, order: "B2" });
  expect(output).toEqual({ answer: "Within 30 days." });
  expect(notes[0]).toBe("Took the plan kept for this request");
  expect([plan.asked.length, model.asked.length]).toEqual([1, 2]);
});

test("a graph would lack what is composed, so that such a plan is not saved", async () => {
  const made = { tasks: [{ id: "t1", member: "lookUpOrder", args: { order: { ref: "input.order" } } }], output: {} };
  expect(() => savePlan(desk(), made)).toThrow(
    expect.objectContaining({ code: "PLAN_UNSAVED", message: expect.stringMatching(/"answer" is composed by a model.*let a member/s) }),
  );
});

test.each<[string, object, string, RegExp]>([
  [
    "an output of another name",
    { compose: { outputs: ["anser"], by: "writer" }, output: z.object({ status: text }) },
    "unknown-output",
    /status/,
  ],
  ["a slip in its name", { compose: { outputs: ["answr"], by: "writer" } }, "unknown-output", /Did you mean "answer"/],
  ["a medium", { output: z.object({ answer: media.image() }) }, "compose-unfit", /in words/],
])("what cannot be composed is an issue: %s", (_, more, code, hint) => {
  const graph = around(desk(more), { ...input, out: text }, []);
  expect(checkTeams(graph)).toContainEqual(expect.objectContaining({ code, hint: expect.stringMatching(hint) }));
});

test.each<[string, any, string[]]>([
  ["no options", "answer", ["compose"]],
  ["nothing", { outputs: [], by: "writer" }, ["compose", "outputs"]],
  ["nobody", { outputs: ["answer"] }, ["compose", "by"]],
  ["a name that is no role", { outputs: ["answer"], by: "openai:gpt-4o" }, ["compose", "by"]],
  ["who writes nothing", { outputs: ["answer"], by: { id: "d", card: { kind: "decisions" }, load() {} } }, ["compose", "by"]],
  ["an option that there is not", { outputs: ["answer"], by: "writer", from: "x" }, ["compose", "from"]],
])("a form that is none is an issue: %s", (_, compose, path) => {
  const [issue] = check(around(desk({ compose })));
  expect(issue?.path.slice(-path.length)).toEqual(path);
  expect(issue?.hint).toMatch(/compose: \{ outputs|model\(|options are/);
});

const cloud = (...script: string[]) => scriptedModel(script, { id: "scripted:cloud", local: false });

test("what is private comes before no model elsewhere: not what a task made of it, and before any task works", async () => {
  const secret = { ...input, order: mark.private(text) };
  const one = desk({ input: z.object(secret) });
  const graph = around(one, { ...secret, ...answer });
  // What is made of it is private, and the run's output may be.
  expect(await compile(graph, { models: { writer: writer(said({ answer: right })) } }).invoke(given)).toEqual({ answer: right });
  expect(() => compile(graph, { models: { writer: cloud() } })).toThrow(
    expect.objectContaining({ message: expect.stringContaining("order → desk.order → scripted:cloud") }),
  );
  const named = around(desk({ input: z.object(secret), compose: { outputs: ["answer"], by: cloud() } }), { ...secret, ...answer });
  expect(check(named)).toContainEqual(expect.objectContaining({ code: "private-leak" }));
});

const customer = specialist({
  name: "lookUpOrder",
  does: "Looks up an order",
  input: z.object({ order: text }),
  output: z.object({ status: text, buyer: mark.private(text) }),
  run: () => ({ status: "delivered", buyer: "Ada Nilsson" }),
});

test("a field that a member marks as private is not told elsewhere, and is here", async () => {
  const there = cloud(said({ answer: "It came." }));
  const here = writer(said({ answer: "It came." }));
  for (const model of [there, here]) {
    const one = desk({ members: [customer, refundPolicy], compose: { outputs: ["answer"], by: model } });
    expect(await compile(around(one)).invoke(given)).toEqual({ answer: "It came." });
  }
  const asked = [there, here].map((model) => model.asked[0]!.map(({ text }) => text).join("\n"));
  expect(asked[0]).toContain("buyer: not shown");
  expect(asked[0]).not.toContain("Nilsson");
  expect(asked[1]).toContain("Nilsson");
});

test("what a task makes of such a field is told nobody elsewhere: the plan is refused before it begins", async () => {
  const greets = specialist({
    name: "greets",
    does: "Greets the buyer",
    input: z.object({ buyer: text }),
    output: z.object({ greeting: text }),
    run: ({ buyer }) => {
      worked.push("greets");
      return { greeting: `Dear ${buyer}` };
    },
  });
  worked.length = 0;
  const model = cloud();
  const one = desk({
    members: [customer, greets],
    input: z.object({ order: text, question: text }),
    compose: { outputs: ["answer"], by: model },
  });
  const run = compile(around(one, { order: text, question: text, ...answer })).invoke({ order: "A17", question: "Greet the buyer" });
  await expect(run).rejects.toMatchObject({
    code: "PRIVATE_DATA",
    message: expect.stringMatching(/t1.buyer|lookUpOrder.buyer → .*scripted:cloud/),
  });
  expect([worked, model.asked]).toEqual([[], []]);
});

test("what is composed from something private is private", () => {
  const secret = { ...input, order: mark.private(text) };
  const graph = defineGraph({
    name: "office",
    state: { ...secret, ...answer, out: text },
    input: ["order", "country", "question"],
    output: ["out"],
    nodes: { desk: desk({ input: z.object(secret) }), asks: use(asks(cloud()), { read: { text: "answer" } }) },
    start: "desk",
    edges: { desk: "asks", asks: END },
  } as any);
  expect(check(graph)).toContainEqual(
    expect.objectContaining({ code: "private-leak", message: expect.stringContaining("order → desk.answer → asks.text → scripted:cloud") }),
  );
});

test("nobody vouches for what is composed", () => {
  const trusted = { answer: mark.trusted(text) };
  const issues = check(around(desk({ output: z.object(trusted) }), { ...input, ...trusted }));
  expect(issues.map(({ code }) => code)).toEqual(["mark-unkept", "untrusted-source"]);
  expect(issues[0]!.message).toContain("a model writes it");
});
