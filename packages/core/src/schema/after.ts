/** What is there at once, or will be. */
export type Soon<T> = T | Promise<T>;

const isPromise = <T>(value: Soon<T>): value is Promise<T> => typeof (value as { then?: unknown } | null | undefined)?.then === "function";

/** Goes on with a value: now where it is there, so that nobody waits for what needs no waiting. */
export function after<T, R>(value: Soon<T>, next: (value: T) => Soon<R>): Soon<R> {
  return isPromise(value) ? value.then(next) : next(value);
}

/** Does work, and something once it is over, however it ended. */
export function lastly<T>(work: () => Soon<T>, done: () => Soon<unknown>): Soon<T> {
  let value: Soon<T>;
  try {
    value = work();
  } catch (thrown) {
    return after(done(), () => {
      throw thrown;
    });
  }
  return isPromise(value) ? value.finally(done) : after(done(), () => value);
}

/** Does work, and something where it failed. */
export function caught<T>(work: () => Soon<T>, failed: (thrown: unknown) => Soon<T>): Soon<T> {
  try {
    const value = work();
    return isPromise(value) ? value.catch(failed) : value;
  } catch (thrown) {
    return failed(thrown);
  }
}
