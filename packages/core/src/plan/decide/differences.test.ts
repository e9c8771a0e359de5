import { expect, test } from "vitest";
import { z } from "zod";
import type { Argument, Plan } from "../../graph/plan.js";
import { specialist } from "../../specialist/specialist.js";
import { briefOf } from "../brief.js";
import type { Derived } from "../derive/derive.js";
import { differencesIn } from "./differences.js";

const text = z.string();
const member = (name: string) =>
  specialist({ name, does: name, input: z.object({ text, as: text }), output: z.object({ [name]: text }), run: () => ({}) as any });
const brief = briefOf({
  request: "Do it",
  members: ["translate", "publish"].map(member),
  input: z.object({ note: text, memo: text }),
  output: z.object({ translate: text }),
});
const plan = (id: string, args: Record<string, Argument>, more: Plan["tasks"] = []): Plan => ({
  tasks: [{ id, member: "translate", args: { text: { ref: "input.note" }, as: "da", ...args } }, ...more],
  output: { translate: { ref: `${id}.translate` } },
});
const derived = { plan: plan("t1", {}) } as Derived;

test("where an argument is made from another source, a decision model takes one of the two", async () => {
  const asked: object[] = [];
  const settle = await differencesIn(plan("a", { text: { ref: "input.memo" } }), derived, brief, async (_kind, _state, questions) => {
    asked.push(questions);
    return { "translate.text": [0.2, 0.8] };
  });
  expect(asked).toEqual([{ "translate.text": expect.objectContaining({ options: ["the given `memo`", "the given `note`"] }) }]);
  expect(settle).toMatchObject({ "translate.text": "input.note" });
});

test.each<[string, Plan]>([
  ["a value", plan("a", { as: "sv" })],
  ["a list", plan("a", { text: [{ ref: "input.note" }, { ref: "input.memo" }] })],
  ["a value for a source", plan("a", { text: "sv" })],
  ["an argument", plan("a", { tone: "formal" })],
  ["a member", plan("a", {}, [{ id: "b", member: "publish", args: {} }])],
  ["a member that stands twice", plan("a", {}, [{ id: "b", member: "translate", args: {} }])],
  ["an output", { ...plan("a", {}), output: { translate: { ref: "input.note" } } }],
])("where they differ in %s nobody is asked, and the writer is believed", async (_, written) => {
  const decide = () => Promise.reject(new Error("nobody is asked"));
  expect(await differencesIn(written, derived, brief, decide)).toBeUndefined();
});
