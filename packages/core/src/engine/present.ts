import { TroupeError } from "../error/error.js";

/** What has to be there, as a graph and the records of its run promise. @throws TroupeError `JOURNAL_BROKEN` where they do not fit one another */
export function present<T>(value: T | undefined, what: string): T {
  if (value === undefined)
    throw new TroupeError("JOURNAL_BROKEN", `The records of the run and its graph do not fit one another: no ${what}`);
  return value;
}
