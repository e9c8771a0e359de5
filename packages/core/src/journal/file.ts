import { resolve } from "node:path";
import type { RunRecord } from "../engine/record.js";
import { TroupeError } from "../error/error.js";
import { optionInvalid } from "../error/option-invalid.js";
import { bytesStore } from "../media/bytes-store.js";
import { batch } from "./batch.js";
import { mediumUsed, parted } from "./beside.js";
import { checkThread } from "./check-thread.js";
import { isHeld, take } from "./holder.js";
import type { Hold, Journal, Place } from "./journal.js";
import { journalError } from "./journal-error.js";
import { type Opened, openDatabase } from "./open-database.js";
import { readRun } from "./read-run.js";
import { deleted, pruned } from "./remove.js";
import { allThreads, threadNamed } from "./threads-kept.js";
import { type Held, turns } from "./turns.js";

const heartbeat = 5_000;

/**
 * A journal in a SQLite file, made where there is none, with `<path>.media` beside it for bytes. What was appended survives the death of
 * the process. Several processes may use one file; each thread has one holder, and that of a dead process is taken over at once. What it
 * makes is the user's own; links are not followed. A file that lies where nothing can be written is read all the same. What is read is
 * held to digests and numbers: they tell damage and what is missing, and prove nothing against forgery.
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
  const file = resolve(path);
  const folder = `${file}.media`;
  const bytes = bytesStore(folder);
  let opened: Promise<Opened> | undefined;
  const open = () =>
    (opened ??= openDatabase(file).catch((error) => {
      opened = undefined;
      throw error;
    }));
  const using = async <T>(work: (db: Opened) => T | Promise<T>): Promise<T> => {
    const db = await open();
    try {
      return await work(db);
    } catch (cause) {
      throw journalError(file, cause);
    }
  };
  const ofThread = async <T>(thread: string, work: (db: Opened) => Promise<T>): Promise<T> => {
    checkThread("journal", thread);
    return using(work);
  };
  const turn = turns(open);
  const mine = new Map<string, Held>();
  /** Threads let go here while the file could not be written. */
  const unwritten = new Map<string, number>();
  let beat: NodeJS.Timeout | undefined;

  const keepHeard = (db: Opened): void => {
    beat ??= setInterval(() => {
      for (const { row } of mine.values()) {
        // Only another machine listens for it; a file that cannot be written is told by the next append.
        db.run("UPDATE threads SET seen = ? WHERE id = ? AND epoch = ?", Date.now(), row.id, row.epoch).catch(() => undefined);
      }
    }, heartbeat).unref();
  };

  const taken = (thread: string) =>
    new TroupeError("THREAD_TAKEN", `Thread ${thread} was let go, or taken over by another process, and may be written to no more`, {
      file,
      hint: "Nothing is lost: what was recorded stays, and whoever holds the thread goes on from there.",
    });

  const takeHere = async (db: Opened, thread: string): Promise<Held> => {
    const row = await take(file, db, thread, (epoch) => unwritten.get(thread) === epoch);
    const held = { row };
    mine.set(thread, held);
    keepHeard(db);
    return held;
  };

  const release = async (held: Held): Promise<void> => {
    const { thread, epoch } = held.row;
    if (mine.get(thread) !== held) return;
    mine.delete(thread);
    unwritten.set(thread, epoch);
    await using(() => turn(held, 0, (row) => ({ after: { ...row, live: 0 }, also: [] })));
    unwritten.delete(thread);
  };

  const holdOf = (held: Held): Hold => {
    const { thread, id } = held.row;
    /** Large values that this hold has kept for a run already; the run's use of them keeps them there. */
    const kept = new Set<string>();
    /** A medium may be used by a run that is only beginning. */
    const used = (db: Opened, hash: string, extension: string) => db.write([mediumUsed(id, held.row.run + 1, hash, extension)]);
    return {
      thread,
      append: async (run: number, records: readonly RunRecord[]) => {
        if (mine.get(thread) !== held) throw taken(thread);
        const now = Date.now();
        if (records.length === 0) return { seq: run === held.row.run ? held.row.seq + 1 : 1, time: now };
        const parts = parted(records);
        const marks = [...parts.values.keys()].map((hash) => [hash, `${run} ${hash}`] as const);
        const left = marks.filter(([, mark]) => !kept.has(mark)).map(([hash]) => [hash, parts.values.get(hash)!] as const);
        let place: Place | undefined;
        const done = await using(() =>
          turn(held, parts.records.length, (row) => {
            const step = batch(file, row, run, records, { ...parts, values: new Map(left) }, now);
            const { seq, time } = step.after;
            place = { seq: seq - records.length + 1, time };
            return step;
          }),
        );
        if (!done || !place) throw taken(thread);
        for (const [, mark] of marks) kept.add(mark);
        return place;
      },
      store: (medium, hash, extension) =>
        using(async (db) => {
          // First that it is used, so that nobody removes it in between.
          await used(db, hash, extension);
          return bytes.store(medium, hash, extension);
        }),
      find: async (hash, extension) => {
        const found = await bytes.find(hash, extension);
        if (found === undefined) return undefined;
        await using((db) => used(db, hash, extension));
        return bytes.find(hash, extension);
      },
      release: () => release(held),
    };
  };

  /** Does something to a thread that is there, while nobody else holds it. */
  const alone = (thread: string, work: (db: Opened, held: Held) => Promise<boolean>): Promise<void> =>
    ofThread(thread, async (db) => {
      if (!(await threadNamed(file, db, thread))) {
        throw new TroupeError("THREAD_UNKNOWN", `The journal has no thread ${thread}`, { file, hint: "Its threads() says which it has." });
      }
      const held = await takeHere(db, thread);
      try {
        if (!(await work(db, held))) throw taken(thread);
      } finally {
        await release(held);
      }
    });

  return {
    hold: (thread) => ofThread(thread, async (db) => holdOf(await takeHere(db, thread))),
    read: (thread, run) => ofThread(thread, (db) => readRun(file, db, thread, run)),
    threads: () =>
      using(async (db) => {
        const rows = (await allThreads(file, db)).filter(({ run }) => run > 0);
        return rows.map((row) => ({
          thread: row.thread,
          runs: row.run,
          graph: row.graph,
          status: isHeld(row) ? "running" : row.ended === "done" || row.ended === "failed" ? row.ended : "interrupted",
          time: row.time,
        }));
      }),
    prune: async (thread) => {
      let gone = 0;
      await alone(thread, async (db, held) => {
        gone = Math.max(held.row.run - 1 - held.row.pruned, 0);
        return gone === 0 || pruned(db, held, folder);
      });
      return gone;
    },
    delete: (thread) => alone(thread, (db, held) => deleted(db, held, folder)),
    async close() {
      clearInterval(beat);
      beat = undefined;
      if (!opened) return;
      for (const held of [...mine.values()]) await release(held);
      await using(async (db) => {
        // Into the one file, so that it can be copied by itself.
        await db.all("PRAGMA wal_checkpoint(PASSIVE)");
        await db.close();
      });
      opened = undefined;
    },
  };
}
