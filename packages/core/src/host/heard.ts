import { promised, type Soon } from "../schema/after.js";

/** Hears what work comes to or what it throws, at once where it is there at once. */
export function heard<T>(work: () => Soon<T>, done: (value: T) => void, failed: (thrown: unknown) => void): void {
  let value: Soon<T>;
  try {
    value = work();
  } catch (thrown) {
    return failed(thrown);
  }
  const later = promised(value);
  if (!later) return done(value as T);
  const tell = (came: T) => {
    try {
      done(came);
    } catch (thrown) {
      failed(thrown);
    }
  };
  later.then(tell, failed);
}
