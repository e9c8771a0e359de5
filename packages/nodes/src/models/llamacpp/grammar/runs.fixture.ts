import type { State } from "./automaton.js";

/** Whether a machine takes a text as a whole. */
export function runs(states: readonly State[] | "nothing" | undefined, text: string): boolean {
  if (states === "nothing" || !states) return false;
  let at = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const edge = states[at]!.edges.find(({ on }) => on.some(([from, to]) => code >= from && code <= to));
    if (!edge) return false;
    at = edge.to;
  }
  return states[at]!.accepts;
}
