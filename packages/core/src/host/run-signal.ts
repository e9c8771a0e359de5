import { unboundedListeners } from "#platform/unbounded-listeners";
import { abortError } from "../error/abort-error.js";
import { TroupeError } from "../error/error.js";
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
export const aborted = (reason: unknown, graph: string): TroupeError =>
  abortError(reason, "The run", {
    late: { graph, hint: moreTime },
    aborted: { graph, hint: "What was completed is kept in its journal; resuming its thread goes on from there." },
  });
