import { hostname } from "node:os";
import { resolve } from "node:path";
import type { Database } from "libsql";
import type { RunRecord } from "../engine/record.js";
import { TroupeError } from "../graph/error.js";
import { bytesStore } from "../specialist/bytes-store.js";
import type { Entry, Hold, Journal } from "./journal.js";
import { journalError } from "./journal-error.js";
import { openDatabase } from "./open-database.js";
import { isAlive, startOf } from "./process-alive.js";
import { threadInfo } from "./thread-info.js";

/** A holder on another machine that was not heard of for so long is taken for dead, in ms. */
const silence = 30_000;
const heartbeat = 5_000;

interface Holder {
  readonly epoch: number;
  readonly host: string;
  readonly pid: number;
  readonly start: string | null;
  readonly seen: number;
  readonly live: 0 | 1;
}

interface Row {
  readonly run: number;
  readonly seq: number;
  readonly time: number;
  readonly record: string;
}

/**
 * A journal in a SQLite file, made where there is none, with `<path>.media` beside it for bytes. What was appended survives the death of
 * the process. Several processes may use one file; each thread has one holder, and that of a dead process is taken over at once.
 * Methods throw `JOURNAL_UNREADABLE` where the file cannot be opened, is damaged or holds something else, and `JOURNAL_UNWRITABLE`
 * where it cannot be written.
 */
export function fileJournal(path: string): Journal {
  const file = resolve(path);
  const bytes = bytesStore(`${file}.media`);
  let opened: Promise<Database> | undefined;
  const open = () =>
    (opened ??= openDatabase(file).catch((error) => {
      opened = undefined;
      throw error;
    }));
  const using = async <T>(work: (db: Database) => T | Promise<T>): Promise<T> => {
    const db = await open();
    try {
      return await work(db);
    } catch (cause) {
      throw journalError(file, cause);
    }
  };
  const mine = new Map<string, number>();
  /** Threads let go here while the file could not be written. */
  const unwritten = new Map<string, number>();
  let beat: NodeJS.Timeout | undefined;

  const take = (db: Database, thread: string): number => {
    const start = startOf(process.pid) ?? null;
    const seize = db.transaction(() => {
      const holder = db.prepare("SELECT * FROM holders WHERE thread = ?").get(thread) as Holder | undefined;
      if (holder?.live && unwritten.get(thread) !== holder.epoch && holds(holder)) return holder;
      const epoch = (holder?.epoch ?? 0) + 1;
      db.prepare("INSERT OR REPLACE INTO holders VALUES (?, ?, ?, ?, ?, ?, 1)").run(
        thread,
        epoch,
        hostname(),
        process.pid,
        start,
        Date.now(),
      );
      return epoch;
    });
    const taken = seize.immediate() as number | Holder;
    if (typeof taken === "number") return taken;
    const who = taken.pid === process.pid && taken.host === hostname() ? "this process" : `process ${taken.pid} on ${taken.host}`;
    throw new TroupeError("THREAD_BUSY", `Thread ${thread} is being run already, by ${who}`, {
      file,
      hint: "Wait for its run to end, stop that process, or take another thread.",
    });
  };

  const keepHeard = (db: Database): void => {
    beat ??= setInterval(() => {
      try {
        for (const [thread, epoch] of mine)
          db.prepare("UPDATE holders SET seen = ? WHERE thread = ? AND epoch = ?").run(Date.now(), thread, epoch);
      } catch {
        // Only another machine listens for it; a file that cannot be written is told by the next append.
      }
    }, heartbeat).unref();
  };

  const release = (db: Database, thread: string, epoch: number): void => {
    if (mine.get(thread) === epoch) mine.delete(thread);
    unwritten.set(thread, epoch);
    db.prepare("UPDATE holders SET live = 0 WHERE thread = ? AND epoch = ?").run(thread, epoch);
    unwritten.delete(thread);
  };

  const taken = (thread: string) =>
    new TroupeError("THREAD_TAKEN", `Thread ${thread} was let go, or taken over by another process, and may be written to no more`, {
      file,
      hint: "Nothing is lost: what was recorded stays, and whoever holds the thread goes on from there.",
    });

  return {
    hold: (thread) =>
      using((db): Hold => {
        const epoch = take(db, thread);
        mine.set(thread, epoch);
        keepHeard(db);
        const insert = db.prepare(
          "INSERT INTO entries SELECT ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM holders WHERE thread = ? AND epoch = ? AND live = 1)",
        );
        let last: { run: number; seq: number } | undefined;
        return {
          thread,
          append: async (run: number, record: RunRecord) => {
            if (mine.get(thread) !== epoch) throw taken(thread);
            return using((db): Entry => {
              const seq = (last?.run === run ? last.seq : lastSeq(db, thread, run)) + 1;
              const time = Date.now();
              const { changes } = insert.run(thread, run, seq, time, JSON.stringify(record), thread, epoch);
              if (changes === 0) throw taken(thread);
              last = { run, seq };
              return { ...record, thread, run, seq, time };
            });
          },
          store: (...given) => using(() => bytes.store(...given)),
          find: bytes.find,
          release: async () => {
            if (mine.get(thread) === epoch) await using((db) => release(db, thread, epoch));
          },
        };
      }),
    read: (thread, run) =>
      using((db) => {
        const wanted =
          run ?? (db.prepare("SELECT max(run) AS run FROM entries WHERE thread = ?").get(thread) as { run: number | null }).run;
        const rows = db
          .prepare("SELECT run, seq, time, record FROM entries WHERE thread = ? AND run = ? ORDER BY seq")
          .all(thread, wanted) as Row[];
        return rows.map((row) => entryOf(thread, row));
      }),
    threads: () =>
      using((db) => {
        const rows = db
          .prepare(
            `SELECT e.thread, e.run, e.seq, e.time, e.record, h.host, h.pid, h.start, h.seen, h.live FROM entries e
             JOIN (SELECT thread, max(run) AS run FROM entries GROUP BY thread) t ON t.thread = e.thread AND t.run = e.run
             LEFT JOIN holders h ON h.thread = e.thread
             WHERE e.seq = 1 OR e.seq = (SELECT max(seq) FROM entries m WHERE m.thread = e.thread AND m.run = e.run)
             ORDER BY e.thread, e.seq`,
          )
          .all() as (Row & Holder & { thread: string })[];
        const firstAndLast = new Map<string, typeof rows>();
        for (const row of rows) firstAndLast.set(row.thread, [...(firstAndLast.get(row.thread) ?? []), row]);
        return [...firstAndLast].map(([thread, rows]) => {
          const entries = rows.map((row) => entryOf(thread, row));
          return threadInfo(thread, entries, rows[0]!.live === 1 && holds(rows[0]!));
        });
      }),
    async close() {
      clearInterval(beat);
      beat = undefined;
      if (!opened) return;
      await using((db) => {
        for (const [thread, epoch] of mine) release(db, thread, epoch);
        // Into the one file, so that it can be copied by itself.
        db.exec("PRAGMA wal_checkpoint(PASSIVE)");
        db.close();
      });
      opened = undefined;
    },
  };
}

const entryOf = (thread: string, { run, seq, time, record }: Row): Entry => ({ ...JSON.parse(record), thread, run, seq, time });

const lastSeq = (db: Database, thread: string, run: number): number =>
  (db.prepare("SELECT max(seq) AS seq FROM entries WHERE thread = ? AND run = ?").get(thread, run) as { seq: number | null }).seq ?? 0;

/** Whether a holder that did not release its thread still lives. */
function holds({ host, pid, start, seen }: Holder): boolean {
  return host === hostname() ? isAlive(pid, start ?? undefined) : Date.now() - seen < silence;
}
