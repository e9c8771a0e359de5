import { unboundedListeners } from "#platform/unbounded-listeners";
import { TroupeError } from "../error/error.js";
import { checkSignal } from "./options.js";

/**
 * What a generator gives that works under a signal, which is aborted as soon as the one that was given is, or the generator is left. One of
 * JavaScript's own hears that it is to return only when what it waits for has come; until then a run would go on for nobody. Who leaves
 * hears no error of it. The given signal, which may outlive many runs, is asked for at the beginning and let go of at the end.
 */
export function leavable<T, R>(
  signalOf: () => AbortSignal | undefined,
  make: (signal: AbortSignal) => AsyncGenerator<T, R>,
): AsyncGenerator<T, R> {
  const both = new AbortController();
  let left = false;
  const generator = under(signalOf, both, () => make(both.signal));
  const leave = () => {
    left = true;
    both.abort(new TroupeError("ABORTED", "The run was aborted: its listener left"));
  };
  const gone = (error: unknown): IteratorResult<T, R> => {
    if (!left) throw error;
    return { done: true, value: undefined as R };
  };
  const all: AsyncGenerator<T, R> = {
    next: () => generator.next().catch(gone),
    return(value) {
      leave();
      return generator.return(value).catch(gone);
    },
    throw(error) {
      leave();
      return generator.throw(error);
    },
    [Symbol.asyncIterator]: () => all,
  };
  return all;
}

async function* under<T, R>(
  signalOf: () => AbortSignal | undefined,
  both: AbortController,
  make: () => AsyncGenerator<T, R>,
): AsyncGenerator<T, R> {
  const given = signalOf();
  checkSignal(given);
  const abort = () => both.abort(given?.reason);
  if (given?.aborted) abort();
  else if (given) {
    unboundedListeners(given);
    given.addEventListener("abort", abort, { once: true });
  }
  try {
    return yield* make();
  } finally {
    given?.removeEventListener("abort", abort);
  }
}
