import { fold } from "../../engine/fold.js";
import type { Next } from "../../engine/record.js";
import { pendingOf } from "../../engine/schedule.js";
import { emptyState, type GraphFrame } from "../../engine/state.js";
import type { GraphData } from "../../graph/data.js";
import { END } from "../../graph/graph.js";

/** One completed occurrence of a run, in LangGraph's state: where it was, where its rule led, and in which superstep. */
export interface Completion {
  readonly at: string;
  readonly next: Next;
  readonly step: number;
}

/** The run's frame after what is completed so far. */
export function frameAfter(graph: GraphData, completed: readonly Completion[]): GraphFrame {
  const state = emptyState();
  fold(state, { kind: "began", graph, hash: "", input: {} });
  for (const { at, next } of completed) fold(state, { kind: "completed", at, output: {}, next, ms: 0, usage: [] });
  return state.root!;
}

/**
 * The nodes that may start in the next superstep, as far as one node knows that has just completed: what its completion started, what
 * waits, heads of loops that may go round, and where these go after their last round. Others of the same superstep are not seen yet, so
 * each node that is reached asks again whether it is its turn. `now` is the superstep; it is not known where a state was edited.
 */
export function candidates(graph: GraphData, completed: readonly Completion[], now: number | undefined): readonly string[] {
  const last = completed.at(-1)?.step;
  if (last === undefined || (now !== undefined && last !== now)) return []; // it only looked
  const before = frameAfter(
    graph,
    completed.filter(({ step }) => step !== last),
  );
  const frame = frameAfter(graph, completed);
  const started = [...frame.running].flatMap(([at, { name }]) => (before.running.has(at) ? [] : [name]));
  // A set is read while it grows: a loop may end at the head of an outer one.
  const heads = new Set(frame.schedule.loops?.latched);
  for (const head of heads) for (const to of graph.loops[head]!.then) if (graph.loops[to]) heads.add(to);
  const after = [...heads].flatMap((head) => graph.loops[head]!.then.filter((to) => to !== END));
  return [...new Set([...started, ...pendingOf(frame.schedule), ...heads, ...after])];
}

/** What the course's channel takes: that a run begins, or what was completed. */
export const courseAfter = (before: readonly Completion[], told: "begin" | readonly Completion[]): readonly Completion[] =>
  told === "begin" ? [] : [...before, ...told];
