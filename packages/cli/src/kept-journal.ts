import { existsSync } from "node:fs";
import { fileJournal, type Journal, nearest, TroupeError } from "@troupe/core";

/** Works with a journal that is there. @throws TroupeError `THREAD_UNKNOWN` where there is none */
export async function withJournal<T>(file: string, work: (journal: Journal) => Promise<T>): Promise<T> {
  // To ask a journal that is not there would make one.
  if (!existsSync(file)) {
    const hint = "Go to the folder the run was started in, or give --journal PATH.";
    throw new TroupeError("THREAD_UNKNOWN", "There is no journal", { file, hint });
  }
  const journal = fileJournal(file);
  try {
    return await work(journal);
  } finally {
    await journal.close();
  }
}

/** The error for a thread that a journal does not have, with the names that it has. */
export async function threadUnknown(journal: Journal, file: string, thread: string): Promise<TroupeError> {
  const names = (await journal.threads()).sort((a, b) => b.time - a.time).map((one) => one.thread);
  const near = nearest(thread, names);
  const hint = near ? `Did you mean ${near}?` : `It has ${names.slice(0, 5).join(", ") || "none"}${names.length > 5 ? ", …" : ""}.`;
  return new TroupeError("THREAD_UNKNOWN", `The journal has no thread ${thread}`, { file, hint });
}
