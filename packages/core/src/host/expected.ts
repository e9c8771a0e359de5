import { TroupeError } from "../error/error.js";

/**
 * What this process put there itself. What a journal and a graph promise is `present` in the engine; where this is missing, neither is to blame.
 * @throws TroupeError `TROUPE_FAULT`
 */
export function expected<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value;
  throw new TroupeError("TROUPE_FAULT", `Troupe lost track of its own work: no ${what}`, {
    hint: "Neither your graph nor your journal is to blame: please report it. Resuming the thread goes on with what is done.",
  });
}
