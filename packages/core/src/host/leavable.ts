import { TroupeError } from "../graph/error.js";

/**
 * What a generator gives that works under a signal, which is aborted as soon as the generator is left. One of JavaScript's own hears that it is to
 * return only when what it waits for has come; until then a run would go on for nobody. Who leaves hears no error of it.
 */
export function leavable<T, R>(make: (left: AbortSignal) => AsyncGenerator<T, R>): AsyncGenerator<T, R> {
  const left = new AbortController();
  const generator = make(left.signal);
  const leave = () => left.abort(new TroupeError("ABORTED", "The run was aborted: its listener left"));
  const gone = (error: unknown): IteratorResult<T, R> => {
    if (!left.signal.aborted) throw error;
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

/** Aborted as soon as one of the two is. */
export const either = (given: AbortSignal | undefined, left: AbortSignal): AbortSignal => (given ? AbortSignal.any([given, left]) : left);
