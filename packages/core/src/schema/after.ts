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

/** Does work, and goes on with what it gives or with what it throws. */
export function either<T, R>(work: () => Soon<T>, gave: (value: T) => Soon<R>, threw: (thrown: unknown) => Soon<R>): Soon<R> {
  let value: Soon<T>;
  try {
    value = work();
  } catch (thrown) {
    return threw(thrown);
  }
  return promised(value)?.then(gave, threw) ?? gave(value as T);
}

/** Does work, and something once it is over, however it ended. */
export function lastly<T>(work: () => Soon<T>, done: () => Soon<unknown>): Soon<T> {
  return either(
    work,
    (value) => after(done(), () => value),
    (thrown) =>
      after(done(), () => {
        throw thrown;
      }),
  );
}

/** A promise of what work gives or throws, which makes none where there is one already. */
export function promiseOf<T>(work: () => Soon<T>): Promise<T> {
  try {
    return Promise.resolve(work());
  } catch (thrown) {
    return Promise.reject(thrown);
  }
}
