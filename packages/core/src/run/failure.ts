import type { Failure } from "../engine/record.js";
import { TroupeError } from "../graph/error.js";
import type { Json } from "../graph/json.js";

/** Whatever was thrown at an occurrence, as an error with a code and a place. */
export function asError(thrown: unknown, at: string, graph: string): TroupeError {
  if (thrown instanceof TroupeError) {
    return thrown.detail.at === undefined ? thrown.placed({ graph, at }) : thrown;
  }
  return new TroupeError("SPECIALIST_FAILED", `A specialist threw: ${messageOf(thrown)}`, {
    graph,
    at,
    hint: "The cause is attached; what was completed before it is kept, and resuming the thread tries it anew.",
    cause: thrown,
  });
}

/** What was thrown, in words; a program may throw anything. */
export function messageOf(thrown: unknown): string {
  try {
    return String(Object(thrown).message ?? thrown);
  } catch {
    return "something without a message";
  }
}

/** An error as the journal keeps it. */
export function failureOf(error: TroupeError): Failure {
  return {
    code: error.code,
    message: error.message,
    ...(error.issues.length ? { issues: error.issues as unknown as Json[] } : {}),
    ...(error.detail.text === undefined ? {} : { text: error.detail.text }),
  };
}
