import { after, type Soon } from "../schema/after.js";

/** Hears what work comes to or what it throws, at once where it is there at once. */
export function heard<T>(work: () => Soon<T>, done: (value: T) => void, failed: (thrown: unknown) => void): void {
  let value: Soon<T>;
  try {
    value = work();
  } catch (thrown) {
    return failed(thrown);
  }
  const told: unknown = after<T, unknown>(value, done);
  if (told instanceof Promise) told.catch(failed);
}
