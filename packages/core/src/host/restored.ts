import { fold } from "../engine/fold.js";
import { emptyState, type RunState } from "../engine/state.js";
import { TroupeError } from "../error/error.js";
import type { GraphData } from "../graph/data.js";
import { diffGraphs } from "../journal/hash.js";
import type { Entry } from "../journal/journal.js";
import { byRecords } from "./sound-journal.js";
import { threadUnknown } from "./thread-unknown.js";

/**
 * What a journal knows of a run, folded so that it can go on under this graph.
 * @throws TroupeError `THREAD_UNKNOWN`, `GRAPH_CHANGED` with the differences, `JOURNAL_BROKEN`
 */
export function restored(entries: readonly Entry[], { thread, graph, hash }: { thread: string; graph: GraphData; hash: string }): RunState {
  const [began] = entries;
  if (began?.kind !== "began") {
    throw threadUnknown(graph.name, thread);
  }
  if (began.hash !== hash) {
    throw new TroupeError("GRAPH_CHANGED", `Thread ${thread} was begun by another graph: ${diffGraphs(began.graph, graph).join("; ")}`, {
      graph: graph.name,
      hint: "Resume it with the graph it was begun with, or start a new thread.",
    });
  }
  return byRecords(graph.name, thread, () => {
    const state = emptyState();
    for (const entry of entries) fold(state, entry);
    return state;
  });
}
