import { isRef } from "@troupe/core";
import { fit, printable } from "./printable.js";
import { columns } from "./table.js";
import type { PlanRow } from "./view.js";
import { wrap } from "./wrap.js";

/** A plan for people: who made it, its tasks with members and arguments, its output, and what happened on the way. */
export function planLines({ at, plan, by, notes }: PlanRow, width = Number.POSITIVE_INFINITY): string[] {
  const tasks = plan.tasks.map(({ id, member, args }) => [id, member, assignments(args)]);
  // What only whoever composes is told, its tasks say.
  const output = Object.fromEntries(Object.entries(plan.output).filter(([name]) => !name.startsWith(":")));
  const gives = Object.keys(output).length > 0 ? [["output", "", assignments(output)]] : [];
  return [
    `plan ${at} by ${by}, ${plan.tasks.length} ${plan.tasks.length === 1 ? "task" : "tasks"}`,
    ...columns([...tasks, ...gives]).map((line) => `  ${line}`),
    ...notes.map((note) => `  note: ${note}`),
  ]
    .map(printable)
    .flatMap((line) => wrap(line, width));
}

const assignments = (args: Readonly<Record<string, unknown>>): string =>
  Object.entries(args)
    .map(([field, value]) => `${field} = ${argument(value)}`)
    .join(", ");

/** A ref by its name, a literal as JSON. */
function argument(value: unknown): string {
  if (isRef(value)) return value.ref;
  if (Array.isArray(value)) return `[${value.map(argument).join(", ")}]`;
  return fit(JSON.stringify(value) ?? "nothing", 60);
}
