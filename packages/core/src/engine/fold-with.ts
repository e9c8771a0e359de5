import { TroupeError } from "../error/error.js";
import { messageOf } from "../error/message-of.js";
import type { GraphData } from "../graph/data.js";
import type { Reducer } from "../graph/graph.js";
import { copyOf } from "../schema/copy-of.js";
import type { Json } from "../schema/json.js";
import { plainJson } from "../schema/plain-json.js";

/**
 * Folds contributions with a function of the graph's; it gets copies, since it may well change what it is given, and keep what it gives.
 * @throws TroupeError `REDUCER_FAILED`
 */
export function foldWith(
  reducer: Reducer,
  all: readonly Json[],
  { graph: { name, state }, field }: { readonly graph: GraphData; readonly field: string },
): Json {
  const failed = (what: string, hint: string, cause?: unknown) =>
    new TroupeError("REDUCER_FAILED", `The reducer ${state[field]?.reduce} ${what}`, { graph: name, field, hint, cause });
  const once = (total: Json, next: Json): Json => {
    const folded: unknown = reducer(total, next);
    if (typeof Object(folded).then === "function") {
      Promise.resolve(folded).catch(() => {}); // it is not waited for, so nobody else hears it fail
      throw failed("gives a promise", "Reducers answer at once: (total, next) => ….");
    }
    return folded as Json;
  };
  const refuse = (what: string, path: readonly string[]): never => {
    throw failed(
      `gives ${what}${path.length ? ` in ${path.join(".")}` : ""}, which a journal cannot keep`,
      "Let it return plain JSON values.",
    );
  };
  try {
    const folded = all.map(copyOf).reduce(once) as Json | undefined;
    return folded === undefined ? refuse("nothing", []) : plainJson(folded, refuse);
  } catch (cause) {
    if (cause instanceof TroupeError) throw cause;
    throw failed(`threw: ${messageOf(cause)}`, "See its cause.", cause);
  }
}
