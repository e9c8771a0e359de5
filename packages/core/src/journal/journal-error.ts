import { TroupeError } from "../error/error.js";

const full = /^(SQLITE_(FULL|READONLY|IOERR(?!_SHORT_READ)|BUSY|LOCKED)|ENOSPC|EDQUOT|EROFS|EACCES|EPERM|EIO)/;

/**
 * What the system said of a journal's file, as an error that says what to do: `JOURNAL_UNWRITABLE` where there is no room, no right or no
 * turn to write, else `JOURNAL_UNREADABLE`.
 */
export function journalError(file: string, cause: unknown): TroupeError {
  if (cause instanceof TroupeError) return cause;
  const { code = "", message = String(cause), hint: own } = cause as { code?: string; message?: string; hint?: string };
  if (full.test(code)) {
    const hint = own ?? "Make room, or give the right to write there, then resume the thread: what was recorded is kept.";
    return new TroupeError("JOURNAL_UNWRITABLE", `The journal cannot be written: ${message}`, { file, hint, cause });
  }
  return new TroupeError("JOURNAL_UNREADABLE", `The journal cannot be opened: ${message}`, {
    file,
    hint: own ?? "Name another file for the journal, or make this one readable and writable; a damaged one can be restored from a copy.",
    cause,
  });
}
