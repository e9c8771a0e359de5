import { expect, test } from "vitest";
import { z } from "zod";
import type { TroupeError } from "../error/error.js";
import { appOf } from "../interop/app-of.js";
import { mark } from "../schema/mark.js";
import { specialist } from "../specialist/specialist.js";
import { scriptedModel } from "../testing/index.js";
import { checkTeams } from "./check-teams.js";
import { keptPlans } from "./keep/kept-plans.js";
import { team } from "./team.js";

const text = z.string();
const summarize = specialist({
  name: "summarize",
  does: "Summarizes a text",
  input: z.object({ text }),
  output: z.object({ summary: text }),
  run: ({ text }) => ({ summary: `S(${text})` }),
});
const translate = specialist({
  name: "translate",
  does: "Translates a text",
  input: z.object({ text, language: text.optional() }),
  output: z.object({ translation: text }),
  run: ({ text, language }) => ({ translation: [`T(${text})`, language].filter(Boolean).join(" ") }),
});
const settle = { "translate.text": "summarize.summary" } as const;
const output = { summary: { ref: "t1.summary" }, translation: { ref: "t2.translation" } };
const planned = (ref: string) =>
  JSON.stringify({
    tasks: [
      { id: "t1", member: "summarize", args: { text: { ref: "input.note" } } },
      { id: "t2", member: "translate", args: { text: { ref } } },
    ],
    output,
  });
const card = {
  name: "desk",
  does: "Summarizes and translates",
  members: [summarize, translate],
  input: z.object({ note: text, other: text.optional() }),
  output: z.object({ summary: text, translation: text }),
};
const answer = async (more: object, request: object) => (await appOf(team({ ...card, ...more } as never)).invoke({ request })).answer;

test.each([true, false])("what a team settles holds a planner model too: it is told so, and asked again (guide: %s)", async (guide) => {
  const planner = scriptedModel([planned("input.note"), planned("t1.summary")], { local: false });
  expect(await answer({ planner, guide, settle }, { note: "n" })).toEqual({ summary: "S(n)", translation: "T(S(n))" });
  const [first, second] = planner.asked.map((messages) => messages.map(({ text }) => text).join("\n"));
  expect(first).toContain("translate.text is summarize.summary");
  expect(second).toContain('"translate.text" is settled with "summarize.summary"');
});

const price = specialist({
  name: "shop.findPrice",
  does: "Finds the price of an item",
  input: z.object({ item: text }),
  output: z.object({ price: z.number(), weight: z.number() }),
  run: () => ({ price: 12, weight: 7 }),
});
const convert = specialist({
  name: "convertCurrency",
  does: "Converts an amount into another currency",
  input: z.object({ amount: z.number(), to: text.describe("ISO 4217 code") }),
  output: z.object({ converted: z.number() }),
  run: ({ amount }) => ({ converted: 2 * amount }),
});
const till = {
  name: "till",
  does: "Answers requests",
  members: [price, convert],
  input: z.object({ request: text }),
  output: z.looseObject({}),
  request: "request",
};

test.each([
  ["Find the price of the lamp and convert it into EUR", 14],
  ["Convert an amount of the lamp into EUR", 14],
])("and a plan from words alone: %s", async (request, converted) => {
  const settle = { "convertCurrency.amount": "shop.findPrice.weight" };
  expect(await answer({ ...till, settle }, { request })).toMatchObject({ converted });
});

test("an argument that need not be given is taken from where it is settled, or left out where nothing is there", async () => {
  const input = z.object({ note: text, lang: text.optional(), request: text });
  const desk = { ...till, members: [translate], input, settle: { "translate.language": "input.lang" } };
  const request = "Translate the note";
  expect(await answer(desk, { note: "n", lang: "Danish", request })).toEqual({ translation: "T(n) Danish" });
  expect(await answer(desk, { note: "n", request })).toEqual({ translation: "T(n)" });
});

test.each([
  [{ note: "n" }, "input.other", [translate]],
  [{ note: "n", request: "Translate the note itself, do not summarize it" }, "summarize.summary", card.members],
])("where a team could plan but for what it settles, the error says so: %j", async (given, from, members) => {
  const input = z.object({ note: text, other: text.optional(), request: text.optional() });
  const more = {
    does: "Translates the note",
    members,
    input,
    request: "request",
    output: z.object({ translation: text }),
    settle: { "translate.text": from },
  };
  const error = await answer(more, given).catch((thrown) => thrown);
  expect(error.code).toMatch(/^PLAN_/);
  expect(error.issues).toContainEqual(
    expect.objectContaining({ code: "unsettled-place", message: `"translate.text" is settled with "${from}", and taken from elsewhere.` }),
  );
});

test("settle and kept are held to their form, entry by entry; a member's name may hold dots", () => {
  const issuesOf = (more: object) => {
    const issues: readonly { path: readonly unknown[]; code: string }[] = (() => {
      try {
        appOf(team({ ...till, ...more } as never));
        return [];
      } catch (error) {
        return (error as TroupeError).issues;
      }
    })();
    return issues.map(({ path, code }) => [path.slice(1).join("/"), code]);
  };
  const amount = "convertCurrency.amount";
  expect(issuesOf({ settle: { [amount]: "shop.findPrice.weight" }, kept: keptPlans() })).toEqual([]);
  for (const settle of [null, 5, "input.x", ["a.b"]]) expect(issuesOf({ settle })).toEqual([["settle", "malformed"]]);
  for (const from of [5, null, ["shop.findPrice.weight"], { ref: "shop.findPrice.weight" }, "weight"])
    expect(issuesOf({ settle: { [amount]: from } })).toEqual([[`settle/${amount}`, "malformed"]]);
  expect(issuesOf({ settle: { amount: "shop.findPrice.weight" } })).toEqual([["settle/amount", "malformed"]]);
  expect(issuesOf({ settle: { "convertCurrency.amount.x": "shop.findPrice.weight" } })).toMatchObject([
    [expect.anything(), "unknown-place"],
  ]);
  expect(issuesOf({ settle: { [amount]: "shop.weight" } })).toEqual([[`settle/${amount}`, "unknown-source"]]);
  for (const kept of ["plans.jsonl", {}, { of: () => [] }, null]) expect(issuesOf({ kept })).toEqual([["kept", "malformed"]]);
});

test("a circle of settled places is found through members whose names hold dots", () => {
  const back = specialist({
    ...price,
    name: "shop.price.again",
    input: z.object({ item: text }),
    output: z.object({ item: text }),
  } as never);
  const there = specialist({ ...price, name: "shop.name", input: z.object({ of: text }), output: z.object({ name: text }) } as never);
  const settle = { "shop.price.again.item": "shop.name.name", "shop.name.of": "shop.price.again.item" };
  const codes = checkTeams(team({ ...till, members: [back, there], settle } as never)).map(({ code }) => code);
  expect(codes).toEqual(["settle-unfit", "settle-unfit"]);
});

test("what is settled past the marks of both sides is an issue before any run", () => {
  const mail = specialist({
    name: "sendMail",
    does: "Sends a mail",
    effects: true,
    input: z.object({ to: mark.trusted(text), subject: mark.public(text).optional(), body: text }),
    output: z.object({ id: text }),
    run: () => ({ id: "1" }),
  });
  const find = specialist({
    name: "find",
    does: "Finds who is meant",
    input: z.object({ name: text }),
    output: z.object({ address: text, known: mark.trusted(text), secret: mark.private(text) }),
    run: () => ({ address: "", known: "", secret: "" }),
  });
  const input = z.object({ note: text, mine: mark.private(text), name: text });
  const issuesOf = (settle: object) =>
    checkTeams(
      team({ name: "post", does: "Sends the note", members: [mail, find], input, output: z.object({ id: text }), settle } as never),
    )
      .filter(({ path }) => path.includes("settle"))
      .map(({ code, message }) => `${code}: ${message}`);
  expect(issuesOf({ "sendMail.to": "find.address" })).toEqual([
    'settle-unfit: "sendMail.to" can\'t be settled with "find.address": it takes only what is trusted.',
  ]);
  for (const from of ["find.secret", "input.mine"])
    expect(issuesOf({ "sendMail.subject": from })).toEqual([
      `settle-unfit: "sendMail.subject" can't be settled with "${from}": it takes nothing private.`,
    ]);
  for (const [to, from] of [
    ["to", "find.known"],
    ["to", "input.note"],
    ["body", "find.secret"],
    ["subject", "find.address"],
  ])
    expect(issuesOf({ [`sendMail.${to}`]: from })).toEqual([]);
});
