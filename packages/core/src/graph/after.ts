/** What is there at once, or will be. */
export type Soon<T> = T | Promise<T>;

const isPromise = <T>(value: Soon<T>): value is Promise<T> => typeof (value as { then?: unknown } | null | undefined)?.then === "function";

/** Goes on with a value: now where it is there, so that nobody waits for what needs no waiting. */
export function after<T, R>(value: Soon<T>, next: (value: T) => Soon<R>): Soon<R> {
  return isPromise(value) ? value.then(next) : next(value);
}
