import { TroupeError } from "../error/error.js";

/** Nothing is kept of a thread that a graph's run is asked for. */
export function threadUnknown(graph: string, thread: string): TroupeError {
  return new TroupeError("THREAD_UNKNOWN", `The journal has no thread ${thread}`, {
    graph,
    hint: "Give the thread that the run printed when it started, and the same journal.",
  });
}
