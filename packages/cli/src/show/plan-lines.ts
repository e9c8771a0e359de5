import { isRef } from "@troupe/core";
import { fit, printable, widthOf } from "./printable.js";
import { columns } from "./table.js";
import type { PlanRow } from "./view.js";

/** A plan for people: who made it, its tasks with members and arguments, its output, and what happened on the way. */
export function planLines({ at, plan, by, notes }: PlanRow, width = Number.POSITIVE_INFINITY): string[] {
  const tasks = plan.tasks.map(({ id, member, args }) => [id, member, assignments(args)]);
  return [
    `plan ${at} by ${by}, ${plan.tasks.length} ${plan.tasks.length === 1 ? "task" : "tasks"}`,
    ...columns([...tasks, ["output", "", assignments(plan.output)]]).map((line) => `  ${line}`),
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

/** Breaks a line at spaces, what follows indented below it. */
function wrap(line: string, width: number): string[] {
  if (widthOf(line) <= width) return [line];
  const indent = Math.min(line.length - line.trimStart().length + 4, Math.max(0, width - 8));
  const lines: string[] = [];
  let rest = line;
  while (widthOf(rest) > width) {
    let end = [...rest].findIndex((_, i, all) => widthOf(all.slice(0, i + 1).join("")) > width);
    const space = rest.lastIndexOf(" ", end);
    if (space > indent) end = space;
    if (end <= indent) break;
    lines.push(rest.slice(0, end));
    rest = " ".repeat(indent) + rest.slice(end).trimStart();
  }
  return [...lines, fit(rest, width)];
}
