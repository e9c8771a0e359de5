import type { Specialist } from "./specialist.js";

const known = new WeakMap<Specialist, boolean>();

/** Whether a specialist acts on the world: it says so, or a node of its graph, a member of its team or a tool of its model does. */
export function acts(specialist: Specialist): boolean {
  const before = known.get(specialist);
  if (before !== undefined) return before;
  known.set(specialist, false); // of one that contains itself, the others tell
  const { effects, graph, team, tools = [] } = specialist;
  const inside = [...Object.values(graph?.nodes ?? {}).map((node) => node.specialist as Specialist), ...(team?.members ?? []), ...tools];
  const found = effects === true || inside.some(acts);
  known.set(specialist, found);
  return found;
}
