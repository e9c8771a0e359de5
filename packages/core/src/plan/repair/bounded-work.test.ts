import { expect, test } from "vitest";
import type { Plan } from "../../graph/plan.js";
import type { JsonSchema } from "../../schema/json.js";
import type { Brief } from "../brief.js";
import type { Slot } from "../slot.js";
import { repair } from "./repair.js";

const slot = (name: string, schema: JsonSchema): Slot => ({ name, schema, required: true, description: "" });

/** How often a repair looks at the fields of a team, and at their types, for a plan of so many tasks that nothing uses and nothing mends. */
function work(tasks: number) {
  const looked = { fields: 0, types: 0 };
  const watch = <T extends object>(value: T, what: keyof typeof looked): T =>
    new Proxy(value, {
      get: (target, key) => {
        looked[what]++;
        return Reflect.get(target, key);
      },
    });
  const field = (name: string, type: string) => watch(slot(name, watch({ type } as JsonSchema, "types")), "fields");
  const brief: Brief = {
    request: "Shout",
    members: [
      {
        name: "shout",
        does: "Shouts",
        takes: { text: slot("text", { type: "string" }) },
        gives: { loud: field("loud", "string"), size: field("size", "number") },
        effects: false,
      },
    ],
    given: {},
    wanted: { summary: slot("summary", { type: "string" }) },
    spare: [],
    shown: {},
  };
  const plan: Plan = {
    tasks: Array.from({ length: tasks }, (_, i) => ({ id: `t${i}`, member: "shout", args: { text: `Say ${i} aloud` } })),
    output: {},
  };
  const { notes, issues } = repair(plan, brief);
  expect(notes).toEqual([]);
  expect(issues.length).toBeGreaterThanOrEqual(tasks);
  return looked;
}

test("values that stand nowhere go together", () => {
  const brief: Brief = {
    request: "Shout",
    members: [
      {
        name: "shout",
        does: "Shouts",
        takes: { text: slot("text", { type: "string" }), loud: { ...slot("loud", { type: "boolean" }), required: false } },
        gives: { said: slot("said", { type: "string" }) },
        effects: false,
      },
    ],
    given: {},
    wanted: { said: slot("said", { type: "string" }) },
    spare: [],
    shown: {},
  };
  const strangers = Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`#${i + 2}`, ["x"]]));
  const { plan, notes } = repair(
    { tasks: [{ id: "t1", member: "shout", args: { text: "hello", ...strangers } }], output: { said: { ref: "t1.said" } } },
    brief,
  );
  expect(plan.tasks[0]!.args).toEqual({ text: "hello" });
  expect(notes).toEqual(['t1: left out "#2" and 89 more, which mean nothing there']);
});

test("looks at no more than each two tasks of a plan together, and compares two types once, however many tasks there are", () => {
  const [few, many] = [work(10), work(40)];
  expect(many.fields / few.fields).toBeLessThan(20);
  expect(many.types).toBe(few.types);
});
