import type { Issue } from "../error/issue.js";
import { type Argument, isRef, type Plan, parted } from "../graph/plan.js";
import type { Brief } from "./brief.js";

/**
 * Places of a plan that take their value from elsewhere than the team settles for good, or leave out what is to be had there.
 * @example
 * unsettled(plan, { ...brief, settle: { "translate.text": "summarize.summary" } }); // unsettled-place: tasks.1.args.text
 */
export function unsettled({ tasks, output }: Plan, { settle = {}, given }: Pick<Brief, "settle" | "given">): readonly Issue[] {
  const owners = new Map(tasks.map(({ id, member }) => [id, member]));
  const sourceOf = (value: Argument): string | undefined => {
    if (!isRef(value)) return undefined;
    const [head = "", ...path] = value.ref.split(".");
    return [owners.get(head) ?? head, ...path].join(".");
  };
  return Object.entries(settle).flatMap(([to, from]) => {
    const [owner, field] = parted(to);
    const [giver, input] = parted(from);
    const isThere = giver !== "input" || Object.hasOwn(given, input);
    const places = [
      ...tasks.flatMap(({ member, args }, i) => (member === owner ? [{ path: ["tasks", i, "args", field], values: args }] : [])),
      ...(owner === "output" ? [{ path: ["output", field], values: output }] : []),
    ];
    return places.flatMap(({ path, values }): Issue[] => {
      if (!Object.hasOwn(values, field) && !isThere) return [];
      const value = values[field] ?? null;
      const sources = Array.isArray(value) && value.length > 0 ? value.map((one) => sourceOf(one as Argument)) : [sourceOf(value)];
      if (sources.every((one) => one === from)) return [];
      const message = `"${to}" is settled with "${from}", and taken from elsewhere.`;
      return [{ code: "unsettled-place", path, message, hint: `Take it from ${from}, as the team settles it.` }];
    });
  });
}
