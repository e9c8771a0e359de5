import { resolve } from "node:path";
import { TroupeError } from "../error/error.js";
import { optionInvalid } from "../error/option-invalid.js";
import { bytesStore } from "../media/bytes-store.js";
import { checkThread } from "./check-thread.js";
import { fileHold } from "./file-hold.js";
import { HeldThreads } from "./held-threads.js";
import { isHeld } from "./holder.js";
import type { Journal, ThreadInfo } from "./journal.js";
import { JournalFile } from "./journal-file.js";
import type { Opened } from "./open-database.js";
import { readRun } from "./read-run.js";
import { deleted, finishRemoval, pruned } from "./remove.js";
import type { ThreadRow } from "./thread-row.js";
import { threadTaken } from "./thread-taken.js";
import { allThreads, threadNamed } from "./threads-kept.js";
import type { Held } from "./turns.js";

/**
 * A journal in a SQLite file, made where there is none, with `<path>.media` beside it for bytes. What was appended survives the death of
 * the process. Several processes may use one file; each thread has one holder, and that of a dead process is taken over at once. What it
 * makes is the user's own; links are not followed. A file that lies where nothing can be written, or where there is no room, is read all
 * the same. What is read is held to digests and numbers: they tell damage and what is missing, and prove nothing against forgery.
 *
 * Methods throw `JOURNAL_UNREADABLE` where the file cannot be opened, is damaged or holds something else, `JOURNAL_UNWRITABLE` where it
 * cannot be written, `JOURNAL_BROKEN` with the name of what is damaged or missing, and `OPTION_INVALID` for a thread that is no text.
 * @throws TroupeError `OPTION_INVALID` for a path that is none
 *
 * @example
 * const journal = fileJournal(".troupe/journal.db");
 * const app = compile(graph, { journal });
 * await app.invoke({ ticket: "It crashes" }, { thread: "monday" });
 * await journal.close();
 */
export function fileJournal(path: string): Journal {
  if (typeof path !== "string" || path === "")
    throw optionInvalid("fileJournal", "path", "is no path", 'Name a file: fileJournal("runs/journal.db").');
  const file = new JournalFile(resolve(path));
  const folder = `${file.path}.media`;
  const bytes = bytesStore(folder);
  const threads = new HeldThreads(file, folder);
  return {
    hold: (thread) => ofThread(file, thread, async (db) => fileHold(file, bytes, threads, await threads.take(db, thread))),
    async read(thread, run) {
      checkThread("journal", thread);
      return file.reading((db) => readRun(file.path, db, thread, run));
    },
    find: bytes.find,
    threads: () => file.reading(async (db) => (await allThreads(file.path, db)).filter(({ run }) => run > 0).map(infoOf)),
    prune: async (thread) => {
      let gone = 0;
      await alone(file, threads, folder, thread, async (db, held) => {
        gone = Math.max(held.row.run - 1 - held.row.pruned, 0);
        return gone === 0 || pruned(db, held, folder);
      });
      return gone;
    },
    delete: (thread) => alone(file, threads, folder, thread, (db, held) => deleted(db, held, folder)),
    async close() {
      await threads.releaseAll().finally(() => file.close());
    },
  };
}

async function ofThread<T>(file: JournalFile, thread: string, work: (db: Opened) => Promise<T>): Promise<T> {
  checkThread("journal", thread);
  return file.using(work);
}

/** Does something to a thread that is there, while nobody else holds it. */
function alone(
  file: JournalFile,
  threads: HeldThreads,
  folder: string,
  thread: string,
  work: (db: Opened, held: Held) => Promise<boolean>,
): Promise<void> {
  return ofThread(file, thread, async (db) => {
    if (!(await threadNamed(file.path, db, thread))) {
      // It may have been removed by a process that was killed before it was done.
      await finishRemoval(db, folder);
      throw new TroupeError("THREAD_UNKNOWN", `The journal has no thread ${thread}`, {
        file: file.path,
        hint: "Its threads() says which it has.",
      });
    }
    const held = await threads.take(db, thread);
    try {
      if (!(await work(db, held))) throw threadTaken(file.path, thread);
    } finally {
      await threads.release(held);
    }
  });
}

const infoOf = (row: ThreadRow): ThreadInfo => ({
  thread: row.thread,
  runs: row.run,
  graph: row.graph,
  status: isHeld(row) ? "running" : row.ended === "done" || row.ended === "failed" ? row.ended : "interrupted",
  time: row.time,
});
