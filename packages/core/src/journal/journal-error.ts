import { TroupeError } from "../error/error.js";

const full = /^(SQLITE_(FULL|READONLY|IOERR(?!_SHORT_READ)|BUSY|LOCKED)|ENOSPC|EDQUOT|EROFS|EACCES|EPERM|EIO)/;

/** Whether there was no room to write, or too little of what is one's own. */
export const isFull = (cause: unknown): boolean =>
  /^(SQLITE_(FULL|IOERR_(SHMSIZE|WRITE))|ENOSPC|EDQUOT)$/.test((cause as { code?: string } | undefined)?.code ?? "");

/**
 * What the system said of a journal's file, as an error that says what to do: `JOURNAL_UNWRITABLE` where there is no room, no right or no
 * turn to write, else `JOURNAL_UNREADABLE`.
 */
export function journalError(file: string, cause: unknown): TroupeError {
  if (cause instanceof TroupeError) return cause;
  const { code = "", message = String(cause), hint: own } = cause as { code?: string; message?: string; hint?: string };
  if (full.test(code)) {
    const hint = own ?? "Make room, or give the right to write there, then resume the thread: what was recorded is kept.";
    // All that is said where SQLite has no room for what it puts beside a file is that it was I/O.
    const said = code === "SQLITE_IOERR_SHMSIZE" ? "database or disk is full" : message;
    return new TroupeError("JOURNAL_UNWRITABLE", `The journal cannot be written: ${said}`, { file, hint, cause });
  }
  return new TroupeError("JOURNAL_UNREADABLE", `The journal cannot be opened: ${message}`, {
    file,
    hint: own ?? "Name another file for the journal, or make this one readable and writable; a damaged one can be restored from a copy.",
    cause,
  });
}
