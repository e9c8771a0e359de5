import { unboundedListeners } from "#platform/unbounded-listeners";
import { TroupeError } from "../error/error.js";
import { messageOf } from "../error/message-of.js";
import type { Host } from "./host.js";
import { timerBound } from "./timer-bound.js";

const moreTime = "Give it more time with `timeout`; resuming its thread goes on with what is done.";

/** What ends a run before its time. */
export interface RunSignal {
  /** Aborted with a `TroupeError`. */
  readonly signal: AbortSignal;
  /** Lets go of the caller's signal and of the timer. */
  release(): void;
}

interface Bounds {
  readonly signal?: AbortSignal | undefined;
  /** In ms. */
  readonly timeout?: number | undefined;
}

/** The caller's signal and the run's own time as one signal, whose reason says which it was; undefined where nothing can end the run. */
export function runSignal(graph: string, { signal: given, timeout }: Bounds, host: Host): RunSignal | undefined {
  const bound = timerBound(timeout);
  if (!given && bound === undefined) return undefined;
  const controller = new AbortController();
  const abort = () => controller.abort(aborted(given?.reason, graph));
  const late = () => {
    controller.abort(new TroupeError("TIMEOUT", `The run did not end within ${bound} ms`, { graph, hint: moreTime }));
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
  // A signal by time, which LangChain makes of a `timeout` too, says by its reason that it is one.
  if (isDomException(reason) && reason.name === "TimeoutError")
    return new TroupeError("TIMEOUT", `The run did not end in time: ${reason.message}`, { graph, hint: moreTime, cause: reason });
  return new TroupeError("ABORTED", `The run was aborted: ${messageOf(reason)}`, {
    graph,
    hint: "What was completed is kept in its journal; resuming its thread goes on from there.",
    cause: reason,
  });
}

const isOurs = (reason: unknown): reason is TroupeError => isOf(TroupeError, reason);
const isDomException = (reason: unknown): reason is DOMException => isOf(DOMException, reason);

/** Whoever aborts may give anything, also what throws when it is looked at; who hears of it is a listener, whose error would end the process. */
function isOf(kind: typeof TroupeError | typeof DOMException, reason: unknown): boolean {
  try {
    return reason instanceof kind;
  } catch {
    return false;
  }
}
