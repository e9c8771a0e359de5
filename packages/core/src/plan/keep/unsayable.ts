import type { Issue } from "../../error/issue.js";
import { type Argument, isRef, type Plan, refsOf } from "../../graph/plan.js";
import { compatible } from "../../schema/compatible.js";
import type { JsonSchema } from "../../schema/json.js";
import { holdsMark } from "../../schema/mark.js";
import type { Brief } from "../brief.js";
import { usedTasks } from "../order.js";
import { sourceOf } from "../source.js";
import { gathered } from "./gather.js";
import { headsOf } from "./heads-of.js";
import { isGathered } from "./is-gathered.js";

/** An argument or an output of a plan; `task` is that of an argument. */
interface Place {
  readonly path: Issue["path"];
  readonly value: Argument;
  readonly task?: string;
}

const issue = (path: Issue["path"], message: string): Issue => ({ code: "plan-unsayable", path, message });

const uncomposed = (name: string): Issue => ({
  ...issue(["output", name], `The output "${name}" is composed by a model, which no node of the graph would do`),
  hint: "Take it out of compose, and let a member with a prompt write it.",
});

/** What a plan may say and a graph may not. */
export function unsayable(plan: Plan, brief: Brief): readonly Issue[] {
  const places: readonly Place[] = [
    ...plan.tasks.flatMap(({ id, args }, i) =>
      Object.entries(args).map(([name, value]) => ({ path: ["tasks", i, "args", name], value, task: id })),
    ),
    ...Object.entries(plan.output).map(([name, value]) => ({ path: ["output", name], value })),
  ];
  const answers = Object.values(plan.output).flatMap((value) => (isRef(value) ? [value.ref] : []));
  const found = places.flatMap(({ path, value }) => {
    const far = refsOf(value).find((ref) => ref.split(".").length > 2);
    if (far !== undefined) return [issue(path, `"${far}" is a field inside an answer, which a node cannot read`)];
    if (isGathered(value) && value.length > gathered.length)
      return [issue(path, `A list is put together of ${value.length} parts, more than ${gathered.length}`)];
    if (isGathered(value) && value.some((one) => Array.isArray(one) && refsOf(one as Argument).length > 0))
      return [issue(path, "A list in a list is put together of answers, which one node cannot do")];
    if (path[0] !== "output" || !isRef(value)) return [];
    if (answers.filter((ref) => ref === value.ref).length > 1) return [issue(path, `"${value.ref}" goes to two outputs`)];
    const [head, field] = value.ref.split(".");
    return head === "input" && field !== path[1] ? [issue(path, `An input goes to an output of another name, "${field}"`)] : [];
  });
  return [
    ...(brief.composed?.outputs ?? []).map(uncomposed),
    ...found,
    ...Object.entries(plan.output).flatMap(([name, own]) => [...overwritten(name, own, plan, places), ...retyped(name, own, plan, brief)]),
  ];
}

/** Where an input could not stand in the field of the output of its name, or would lose its marks there. */
function retyped(name: string, own: Argument, plan: Plan, brief: Brief): readonly Issue[] {
  const input = brief.given[name]?.schema;
  const reads = plan.tasks.some(({ args }) => Object.values(args).flatMap(refsOf).includes(`input.${name}`));
  if (!input || !reads || (isRef(own) && own.ref === `input.${name}`)) return [];
  const source = isRef(own) ? sourceOf(own.ref, plan, brief) : { schema: brief.wanted[name]?.schema ?? {} };
  const field = "schema" in source ? source.schema : {};
  const marks = (schema: JsonSchema) => (["private", "public", "trusted"] as const).filter((mark) => holdsMark(schema, mark)).join(" and ");
  const why =
    compatible(input, field, { bounds: true }) ??
    (marks(input) === marks(field) ? undefined : `it is ${marks(input) || "not"} marked, and the output ${marks(field) || "not"}`);
  if (why === undefined) return [];
  return [
    {
      ...issue(["output", name], `The input "${name}" can't stand in the field of the output of that name: ${why}`),
      hint: "Call one of them otherwise.",
    },
  ];
}

/** Where an input is read that an output of its name takes the place of, unless that is made of what is read there. */
function overwritten(name: string, own: Argument, { tasks }: Plan, places: readonly Place[]): readonly Issue[] {
  if (isRef(own) && own.ref === `input.${name}`) return [];
  const before = usedTasks(tasks, headsOf(own));
  return places.flatMap(({ path, value, task }) => {
    const isBefore = task === undefined ? path[1] === name : before.has(task);
    const reads = refsOf(value).some((ref) => ref === `input.${name}`);
    return reads && !isBefore ? [issue(path, `The input "${name}" is read where the output of that name may have taken its place`)] : [];
  });
}
