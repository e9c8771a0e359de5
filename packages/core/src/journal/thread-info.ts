import type { Entry, ThreadInfo } from "./journal.js";

/** What a list of threads says of one, from the entries of its last run. */
export function threadInfo(thread: string, entries: readonly Entry[], held: boolean): ThreadInfo {
  const last = entries.at(-1)!;
  const began = entries.findLast((entry) => entry.kind === "began");
  const ended = last.kind === "ended" ? (last.error ? "failed" : "done") : "interrupted";
  return {
    thread,
    runs: last.run,
    graph: began?.kind === "began" ? began.graph.name : "",
    status: held ? "running" : ended,
    time: last.time,
  };
}
