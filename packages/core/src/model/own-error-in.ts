import { TroupeError } from "../error/error.js";

/** How many errors may stand around the one that says what happened. */
const deepest = 5;

/** Troupe's own error, where an error is one or was caused by one: clients wrap what fails below them. */
export function ownErrorIn(error: unknown): TroupeError | undefined {
  let one: any = error;
  for (let depth = 0; depth < deepest && Object(one) === one; depth++) {
    if (one instanceof TroupeError) return one;
    one = one.cause;
  }
  return undefined;
}
