import { expect, test } from "vitest";
import { z } from "zod";
import { defineGraph, END } from "../../graph/graph.js";
import { appOf } from "../../interop/app-of.js";
import { compile } from "../../interop/compile.js";
import { type Specialist, specialist } from "../../specialist/specialist.js";
import { planFor, team } from "../team.js";

const convert = specialist({
  name: "convertCurrency",
  does: "Converts an amount into another currency",
  input: z.object({ amount: z.number(), from: z.string().describe("ISO 4217 code"), to: z.string().describe("ISO 4217 code") }),
  output: z.object({ converted: z.number() }),
  run: ({ amount }) => ({ converted: 2 * amount }),
});
const tip = specialist({
  name: "calculateTip",
  does: "Calculates the tip for a bill",
  input: z.object({ bill: z.number(), percentage: z.number() }),
  output: z.object({ tip: z.number() }),
  run: ({ bill, percentage }) => ({ tip: (bill * percentage) / 100 }),
});
const inWords = (name: string, members: readonly Specialist<any, any>[]) =>
  team({
    name,
    does: "Answers requests",
    members,
    input: z.object({ request: z.string() }),
    output: z.looseObject({}),
    request: "request",
  });
const till = inWords("till", [convert, tip]);
const counter = specialist({
  name: "counter",
  does: "Hands a request to the till",
  input: z.object({ request: z.string() }),
  output: z.object({ answer: z.string() }),
  run: async ({ request }, ctx) => ({ answer: JSON.stringify(await ctx.call("till", till, { request })) }),
});
const app = compile(
  defineGraph({
    name: "shop",
    state: { request: z.string(), answer: z.string() },
    input: ["request"],
    output: ["answer"],
    nodes: { counter },
    start: "counter",
    edges: { counter: END },
  }),
);
const answerTo = async (request: string) => JSON.parse((await app.invoke({ request })).answer);

test("a team that names no output answers a request in words, by the names of what its members give", async () => {
  const request = "Calculate the tip for a bill of 50 with a percentage of 18%, then convert the tip from dollars to euros";
  expect(await answerTo(request)).toEqual({ converted: 18 });
});

test("what no member does is declined, and what the request leaves out is not made up", async () => {
  await expect(answerTo("Paint the shop green")).rejects.toMatchObject({ code: "PLAN_DECLINED" });
  await expect(answerTo("Convert an amount of 50 dollars")).rejects.toMatchObject({
    code: "PLAN_FAILED",
    issues: [{ code: "missing-argument", names: { argument: ["to"] } }],
  });
});

test.each<[string, boolean]>([
  ["Book room 12 for 2 hours", true],
  ["Could you please book room 12 for 2 hours?", true],
  ["Book rooms 12 and 14 for 2 hours", false],
  ["Book room 12 for 2 hours, and room 14 for 3", false],
  ["Book room 12 for 2 hours from 10 until 12", false],
  ["Can I book room 12 for 2 hours?", false],
  ["Was room 12 booked for 2 hours?", false],
  ["If nobody is there, book room 12 for 2 hours", false],
  ["I will book room 12 for 2 hours", false],
  ["Cancel room 12 for 2 hours", false],
  ["I want to cancel the booking of room 12 for 2 hours", false],
  ["Unbook room 12 for 2 hours", false],
])("who acts on the world does so when a request in words tells it to: %s", async (request, told) => {
  const done: unknown[] = [];
  const book = specialist({
    name: "bookRoom",
    does: "Books a room",
    effects: true,
    input: z.object({ room: z.string(), hours: z.number() }),
    output: z.object({ booked: z.boolean() }),
    run: (given) => ({ booked: done.push(given) > 0 }),
  });
  const desk = inWords("desk", [book, tip]);
  const ran = await appOf(desk)
    .invoke({ request: { request } })
    .catch(({ code }) => code);
  expect(done).toHaveLength(told ? 1 : 0);
  if (!told) expect(ran).toMatch(/^PLAN_/);
});

test.each<[string, boolean]>([
  ["Cancel the booking of table 7", true],
  ["Could you cancel table 7?", true],
  ["Book table 7", false],
  ["Reserva la mesa 7", false],
  ["I need a booking of table 7", false],
])("who cancels a booking books nothing: %s", async (request, told) => {
  const done: unknown[] = [];
  const cancel = specialist({
    name: "cancelTable",
    does: "Cancels the booking of a table",
    effects: true,
    input: z.object({ table: z.string() }),
    output: z.object({ done: z.boolean() }),
    run: (given) => ({ done: done.push(given) > 0 }),
  });
  const ran = await appOf(inWords("inn", [cancel, tip]))
    .invoke({ request: { request } })
    .catch(({ code }) => code);
  expect(done).toHaveLength(told ? 1 : 0);
  if (!told) expect(ran).toMatch(/^PLAN_/);
});

test("of several values that a request says for one argument none is left out without a word", async () => {
  const due = specialist({
    name: "feesDue",
    does: "Tells what a person owes",
    input: z.object({ name: z.string() }),
    output: z.object({ owes: z.number() }),
    run: () => ({ owes: 12 }),
  });
  const choir = inWords("choir", [due, tip]);
  const guessesOf = async (request: string) => {
    const planning = { progress: () => {}, model: () => undefined } as never;
    return (await planFor(choir, { request }, planning)).guesses;
  };
  expect(await guessesOf("What does Anna owe?")).toBeUndefined();
  for (const request of [
    "What does Anna owe and what does Ben owe?",
    "What do Anna Berg and Ben Maas owe?",
    "What does Anna owe? What does Ben owe?",
  ])
    expect(await guessesOf(request)).toEqual(["feesDue.name"]);
});
