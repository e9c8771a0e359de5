import { type ErrorDetail, TroupeError } from "./error.js";
import { messageOf } from "./message-of.js";

interface Details {
  readonly aborted?: ErrorDetail;
  readonly late?: ErrorDetail;
}

/**
 * What a signal was aborted with, as an error: `TIMEOUT` where it is a signal by time, else `ABORTED`, with the reason as its cause. A
 * reason that is an error of Troupe's stays as it is.
 * @param what begins the sentence: "The run"
 */
export function abortError(reason: unknown, what: string, { aborted, late }: Details = {}): TroupeError {
  if (isOf(TroupeError, reason)) return reason as TroupeError;
  // A signal by time, which LangChain makes of a `timeout` too, says by its reason that it is one.
  if (isOf(DOMException, reason) && (reason as DOMException).name === "TimeoutError")
    return new TroupeError("TIMEOUT", `${what} did not end in time: ${messageOf(reason)}`, {
      hint: "Give it more time.",
      ...late,
      cause: reason,
    });
  return new TroupeError("ABORTED", `${what} was aborted: ${messageOf(reason)}`, { ...aborted, cause: reason });
}

/** Whoever aborts may give anything, also what throws when it is looked at; who hears of it is a listener, whose error would end the process. */
function isOf(kind: typeof TroupeError | typeof DOMException, reason: unknown): boolean {
  try {
    return reason instanceof kind;
  } catch {
    return false;
  }
}
