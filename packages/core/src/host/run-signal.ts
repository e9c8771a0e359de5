import { unboundedListeners } from "#platform/unbounded-listeners";
import { TroupeError } from "../error/error.js";
import { messageOf } from "../error/message-of.js";
import type { Host } from "./host.js";
import type { RunOptions } from "./run-options.js";
import { timerBound } from "./timer-bound.js";

/** What ends a run before its time. */
export interface RunSignal {
  /** Aborted with a `TroupeError`. */
  readonly signal: AbortSignal;
  /** Lets go of the caller's signal and of the timer. */
  release(): void;
}

/** The caller's signal and the run's own time as one signal, whose reason says which it was; undefined where nothing can end the run. */
export function runSignal(graph: string, { signal: given, timeout }: Partial<RunOptions>, host: Host): RunSignal | undefined {
  const bound = timerBound(timeout);
  if (!given && bound === undefined) return undefined;
  const controller = new AbortController();
  const abort = () => controller.abort(aborted(given?.reason, graph));
  const late = () => {
    const hint = "Give it more time with `timeout`; resuming its thread goes on with what is done.";
    controller.abort(new TroupeError("TIMEOUT", `The run did not end within ${bound} ms`, { graph, hint }));
  };
  const inTime = bound === undefined ? undefined : host.after(bound, late);
  if (given?.aborted) abort();
  else if (given) {
    unboundedListeners(given); // a batch's runs share one, and each lets go of it
    given.addEventListener("abort", abort, { once: true });
  }
  return {
    signal: controller.signal,
    release() {
      inTime?.();
      given?.removeEventListener("abort", abort);
    },
  };
}

/** What a signal was aborted with, as a run's error. */
export function aborted(reason: unknown, graph: string): TroupeError {
  if (isOurs(reason)) return reason;
  return new TroupeError("ABORTED", `The run was aborted: ${messageOf(reason)}`, {
    graph,
    hint: "What was completed is kept in its journal; resuming its thread goes on from there.",
    cause: reason,
  });
}

/** Whoever aborts may give anything, also what throws when it is looked at; who hears of it is a listener, whose error would end the process. */
function isOurs(reason: unknown): reason is TroupeError {
  try {
    return reason instanceof TroupeError;
  } catch {
    return false;
  }
}
