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
  if (later) later.then((came) => tell(came, done, failed), failed);
  else tell(value as T, done, failed);
}

function tell<T>(came: T, done: (value: T) => void, failed: (thrown: unknown) => void): void {
  try {
    done(came);
  } catch (thrown) {
    failed(thrown);
  }
}
