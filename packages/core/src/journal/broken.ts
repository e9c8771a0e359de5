import { TroupeError } from "../error/error.js";

/** An error that names what of a journal is damaged or missing. */
export const broken = (file: string, what: string, cause?: unknown): TroupeError =>
  new TroupeError("JOURNAL_BROKEN", what, {
    file,
    hint: "Restore the journal from a copy, or take another thread.",
    ...(cause === undefined ? {} : { cause }),
  });
