import type { Path } from "../path/path.js";
import type { Frame, Inside, Occurrence, RunState } from "./state.js";

/** What is to be done next and was not begun yet. */
export function begun(
  at: Path,
  name: string,
  specialist: string,
  frame: Frame | undefined,
  parent: Occurrence | undefined,
  item: number | undefined,
): Occurrence {
  return { at, name, specialist, frame, parent, item, attempt: 0, live: false, inside: undefined, learning: undefined };
}

/** It stands among all that has to be done, and in its frame. */
export function put(state: RunState, occurrence: Occurrence): Occurrence {
  occurrence.frame?.running.set(occurrence.at, occurrence);
  state.occurrences.set(occurrence.at, occurrence);
  return occurrence;
}

/** Drops what is completed, and all that it opened: it is of no more use. */
export function forget(state: RunState, occurrence: Occurrence): void {
  state.occurrences.delete(occurrence.at);
  const { inside } = occurrence;
  if (!inside) return;
  for (const call of inside.calls.values()) forget(state, call);
  for (const frame of framesOf(inside)) for (const one of frame.running.values()) forget(state, one);
}

/** The frames that an occurrence opened. */
export const framesOf = ({ graph, plans }: Inside): readonly Frame[] => (graph ? [graph, ...plans] : plans);

export function insideOf(occurrence: Occurrence): Inside {
  occurrence.inside ??= { graph: undefined, plans: [], calls: new Map(), results: new Map() };
  return occurrence.inside;
}
