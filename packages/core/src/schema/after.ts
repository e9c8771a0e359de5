/** What is there at once, or will be. */
export type Soon<T> = T | Promise<T>;

/** What will be there, also where it only looks like a promise. */
export const promised = <T>(value: Soon<T>): Promise<T> | undefined =>
  typeof (value as { then?: unknown } | null | undefined)?.then === "function" ? Promise.resolve(value) : undefined;

/** Goes on with a value: now where it is there, so that nobody waits for what needs no waiting. */
export function after<T, R>(value: Soon<T>, next: (value: T) => Soon<R>): Soon<R> {
  const later = promised(value);
  return later ? later.then(next) : next(value as T);
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
  return promised(value)?.finally(done) ?? after(done(), () => value);
}

/** Does work, and something where it failed. */
export function caught<T>(work: () => Soon<T>, failed: (thrown: unknown) => Soon<T>): Soon<T> {
  try {
    const value = work();
    return promised(value)?.catch(failed) ?? value;
  } catch (thrown) {
    return failed(thrown);
  }
}
