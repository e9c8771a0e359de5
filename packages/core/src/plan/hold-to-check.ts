import type { Issue } from "../error/issue.js";
import type { Plan } from "../graph/plan.js";
import { isMedia, isPlain, type MediaKind, refusalOf } from "../media/media.js";
import type { Json, JsonSchema } from "../schema/json.js";
import { plainJson } from "../schema/plain-json.js";
import type { MadePlan } from "../specialist/context.js";
import type { Specialist } from "../specialist/specialist.js";
import { cardOf } from "./brief.js";
import { checkPlan } from "./check-plan.js";
import { PlanError } from "./plan-error.js";
import type { Slot } from "./slot.js";

/**
 * Holds a plan that code made to the same check as any other, against the values that it is given and the members at hand; what nothing uses
 * hinders no plan by itself. What marks forbid is refused besides, with the way. Gives a copy, which code cannot change once it is begun.
 * @throws PlanError `PLAN_FAILED` with all issues
 */
export function holdToCheck(made: unknown, members: readonly Specialist[], input: Readonly<Record<string, unknown>>): MadePlan {
  const { plan: own = null, by, notes, guesses } = Object(made);
  const kept = (name: string, part: unknown) => plainJson(part, (what, path) => refuse([unkept(what, name, path)], String(own)));
  const plan = kept("plan", own);
  const said = kept("made", { by, notes, guesses });
  const given = Object.entries(input).filter(([, value]) => value !== undefined && value !== null);
  const issues = isPlan(plan)
    ? checkPlan(plan, {
        request: "",
        members: members.map((member) => {
          const { passage: _, ...card } = cardOf(member, () => undefined);
          return card;
        }),
        given: Object.fromEntries(given.map(([name, value]): [string, Slot] => [name, slotOf(name, value)])),
        wanted: {},
        spare: given.map(([name]) => name),
        // What looks like a placeholder in a text and stands in an input is no planner's.
        shown: Object.fromEntries(given.map(([name, value]) => [name, textsIn(value).join("\n")])),
      })
    : noPlan;
  // Code may give more than it uses, and begin more.
  if (issues.every(({ code }) => code === "unused-task")) return { ...(said as unknown as MadePlan), plan: plan as unknown as Plan };
  return refuse(issues, JSON.stringify(plan));
}

function refuse(issues: readonly Issue[], text: string): never {
  throw new PlanError("PLAN_FAILED", `The plan has ${issues.length} ${issues.length === 1 ? "issue" : "issues"}, and is not begun`, {
    issues,
    text,
    hint: "Make a plan that checks: tasks of these members, with the arguments they take, refs to inputs and tasks that there are.",
  });
}

const noPlan: readonly Issue[] = [
  { code: "no-plan", path: [], message: "It is no plan: { tasks: [{ id, member, args }], output: { field: { ref } } }" },
];

const unkept = (what: string, part: string, path: readonly string[]): Issue => ({
  code: "no-plan",
  path,
  message: `${[part, ...path].join(".")} is ${what}, which a journal cannot keep`,
});

/** Whether code gave a plan's form at least. */
function isPlan(plan: unknown): plan is Plan {
  const { tasks, output } = Object(plan) as Plan;
  return (
    Array.isArray(tasks) &&
    isPlain(output) &&
    tasks.every((task) => isPlain(Object(task).args) && typeof task.id === "string" && typeof task.member === "string")
  );
}

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === "string") return [value];
  return Array.isArray(value) || (isPlain(value) && !isMedia(value)) ? Object.values(value).flatMap(textsIn) : [];
};

const slotOf = (name: string, value: unknown): Slot => ({ name, schema: schemaOfValue(value), required: true, description: "" });

/** What is known of a value: its fields, its kind of medium, else itself. */
function schemaOfValue(value: unknown): JsonSchema {
  if (isMedia(value)) {
    const kind = (["audio", "image", "page"] as const).find((one) => refusalOf(one, value.type) === undefined) ?? "file";
    return { "x-media": kind satisfies MediaKind };
  }
  if (isPlain(value)) {
    const properties = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, schemaOfValue(inner)]));
    return { type: "object", properties, required: Object.keys(properties) };
  }
  if (Array.isArray(value)) {
    const items = value.map(schemaOfValue);
    return { type: "array", items: items.length ? { anyOf: items } : {} };
  }
  return value !== null && ["string", "number", "boolean"].includes(typeof value) ? { const: value as Json } : {};
}
