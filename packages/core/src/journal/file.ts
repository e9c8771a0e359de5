import { hostname } from "node:os";
import { resolve } from "node:path";
import type { RunRecord } from "../engine/record.js";
import { TroupeError } from "../graph/error.js";
import { bytesStore } from "../specialist/bytes-store.js";
import type { Entry, Hold, Journal } from "./journal.js";
import { journalError } from "./journal-error.js";
import { type Opened, openDatabase } from "./open-database.js";
import { isAlive, startOf } from "./process-alive.js";
import { threadInfo } from "./thread-info.js";

/** A holder on another machine that was not heard of for so long is taken for dead, in ms. */
const silence = 30_000;
const heartbeat = 5_000;

/** Texts come as bytes, which may be anything. */
interface Holder {
  readonly epoch: number;
  readonly host: Uint8Array;
  readonly pid: number;
  readonly start: Uint8Array | null;
  readonly seen: number;
  readonly live: number;
}

interface Row {
  readonly run: number;
  readonly seq: number;
  readonly time: number;
  readonly record: Uint8Array | null;
}

const holderColumns = `CAST(epoch AS INTEGER) AS epoch, CAST(host AS BLOB) AS host, CAST(pid AS INTEGER) AS pid,
  CAST(start AS BLOB) AS start, CAST(seen AS INTEGER) AS seen, CAST(live AS INTEGER) AS live`;
const rowColumns = `CAST(e.run AS INTEGER) AS run, CAST(e.seq AS INTEGER) AS seq, CAST(e.time AS INTEGER) AS time,
  CAST(e.record AS BLOB) AS record`;

/**
 * A journal in a SQLite file, made where there is none, with `<path>.media` beside it for bytes. What was appended survives the death of
 * the process. Several processes may use one file; each thread has one holder, and that of a dead process is taken over at once. What it
 * makes is the user's own; links are not followed. A file that lies where nothing can be written is read all the same.
 *
 * Methods throw `JOURNAL_UNREADABLE` where the file cannot be opened, is damaged or holds something else, `JOURNAL_UNWRITABLE` where it
 * cannot be written, and `JOURNAL_BROKEN` with the name of a record that is damaged.
 *
 * @example
 * const journal = fileJournal(".troupe/journal.db");
 * const app = compile(graph, { journal });
 * await app.invoke({ ticket: "It crashes" }, { thread: "monday" });
 * await journal.close();
 */
export function fileJournal(path: string): Journal {
  const file = resolve(path);
  const bytes = bytesStore(`${file}.media`);
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
  const mine = new Map<string, number>();
  /** Threads let go here while the file could not be written. */
  const unwritten = new Map<string, number>();
  let beat: NodeJS.Timeout | undefined;

  const take = async (db: Opened, thread: string): Promise<number> => {
    if (db.readonly)
      throw new TroupeError("JOURNAL_UNWRITABLE", "The journal cannot be written: it lies where nothing can be", {
        file,
        hint: "Copy it to a place that can be written to, or name another file for the journal.",
      });
    const me = [hostname(), process.pid, startOf(process.pid) ?? null, Date.now()];
    for (;;) {
      const [holder] = await db.all<Holder>(`SELECT ${holderColumns} FROM holders WHERE thread = ?`, thread);
      if (holder?.live && unwritten.get(thread) !== holder.epoch && holds(holder)) throw busy(thread, holder);
      const epoch = (holder?.epoch ?? 0) + 1;
      const changed = holder
        ? await db.run(
            "UPDATE holders SET epoch = ?, host = ?, pid = ?, start = ?, seen = ?, live = 1 WHERE thread = ? AND epoch = ? AND live = ?",
            epoch,
            ...me,
            thread,
            holder.epoch,
            holder.live,
          )
        : await db.run("INSERT OR IGNORE INTO holders VALUES (?, ?, ?, ?, ?, ?, 1)", thread, epoch, ...me);
      // Else another was quicker.
      if (changed) return epoch;
    }
  };

  const busy = (thread: string, { pid, host }: Holder) => {
    const who = pid === process.pid && text(host) === hostname() ? "this process" : `process ${pid} on ${text(host)}`;
    return new TroupeError("THREAD_BUSY", `Thread ${thread} is being run already, by ${who}`, {
      file,
      hint: "Wait for its run to end, stop that process, or take another thread.",
    });
  };

  const keepHeard = (db: Opened): void => {
    beat ??= setInterval(() => {
      for (const [thread, epoch] of mine) {
        // Only another machine listens for it; a file that cannot be written is told by the next append.
        db.run("UPDATE holders SET seen = ? WHERE thread = ? AND epoch = ?", Date.now(), thread, epoch).catch(() => undefined);
      }
    }, heartbeat).unref();
  };

  const release = async (db: Opened, thread: string, epoch: number): Promise<void> => {
    if (mine.get(thread) === epoch) mine.delete(thread);
    unwritten.set(thread, epoch);
    await db.run("UPDATE holders SET live = 0 WHERE thread = ? AND epoch = ?", thread, epoch);
    unwritten.delete(thread);
  };

  const taken = (thread: string) =>
    new TroupeError("THREAD_TAKEN", `Thread ${thread} was let go, or taken over by another process, and may be written to no more`, {
      file,
      hint: "Nothing is lost: what was recorded stays, and whoever holds the thread goes on from there.",
    });

  return {
    hold: (thread) =>
      using(async (db): Promise<Hold> => {
        const epoch = await take(db, thread);
        mine.set(thread, epoch);
        keepHeard(db);
        return {
          thread,
          append: async (run: number, records: readonly RunRecord[]) => {
            if (mine.get(thread) !== epoch) throw taken(thread);
            if (records.length === 0) return [];
            return using(async (db): Promise<Entry[]> => {
              const added = await db.all<{ seq: number; time: number }>(
                `INSERT INTO entries SELECT ?1, ?2, coalesce(last.seq, 0) + one.key + 1, max(?3, coalesce(last.time, 0)), one.value
                   FROM json_each(?4) AS one LEFT JOIN
                   (SELECT seq, time FROM entries WHERE thread = ?1 AND run = ?2 ORDER BY seq DESC LIMIT 1) AS last
                 WHERE EXISTS (SELECT 1 FROM holders WHERE thread = ?1 AND epoch = ?5 AND live = 1) RETURNING seq, time`,
                thread,
                run,
                Date.now(),
                JSON.stringify(records.map((record) => JSON.stringify(record))),
                epoch,
              );
              if (added.length === 0) throw taken(thread);
              added.sort((a, b) => a.seq - b.seq);
              return records.map((record, i) => ({ ...record, thread, run, ...added[i]! }));
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
      using(async (db) => {
        const rows = await db.all<Row>(
          `SELECT ${rowColumns} FROM entries e
           WHERE e.thread = ?1 AND e.run = coalesce(?2, (SELECT max(run) FROM entries WHERE thread = ?1)) ORDER BY e.seq`,
          thread,
          run ?? null,
        );
        return rows.map((row) => entryOf(file, thread, row));
      }),
    threads: () =>
      using(async (db) => {
        const rows = await db.all<Row & Holder & { thread: Uint8Array }>(
          `SELECT CAST(e.thread AS BLOB) AS thread, ${rowColumns}, ${holderColumns} FROM entries e
           JOIN (SELECT thread, max(run) AS run FROM entries GROUP BY thread) t ON t.thread = e.thread AND t.run = e.run
           LEFT JOIN holders h ON h.thread = e.thread
           WHERE e.seq = 1 OR e.seq = (SELECT max(seq) FROM entries m WHERE m.thread = e.thread AND m.run = e.run)
           ORDER BY e.thread, e.seq`,
        );
        const firstAndLast = new Map<string, typeof rows>();
        for (const row of rows) {
          const thread = nameOf(file, row.thread);
          firstAndLast.set(thread, [...(firstAndLast.get(thread) ?? []), row]);
        }
        return [...firstAndLast].map(([thread, rows]) => {
          const entries = rows.map((row) => entryOf(file, thread, row));
          return threadInfo(thread, entries, rows[0]!.live === 1 && holds(rows[0]!));
        });
      }),
    async close() {
      clearInterval(beat);
      beat = undefined;
      if (!opened) return;
      await using(async (db) => {
        for (const [thread, epoch] of mine) await release(db, thread, epoch);
        // Into the one file, so that it can be copied by itself.
        await db.all("PRAGMA wal_checkpoint(PASSIVE)");
        await db.close();
      });
      opened = undefined;
    },
  };
}

const exact = new TextDecoder("utf-8", { fatal: true });
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** The entry that a row keeps. Throws JOURNAL_BROKEN, with its name, where it keeps none. */
function entryOf(file: string, thread: string, { run, seq, time, record }: Row): Entry {
  try {
    const kept: unknown = JSON.parse(exact.decode(record!));
    if (typeof kept === "object" && kept !== null && "kind" in kept) return { ...(kept as RunRecord), thread, run, seq, time };
    throw new TypeError("it is no record");
  } catch (cause) {
    throw broken(file, `Record ${seq} of run ${run} of thread ${thread} is damaged`, cause);
  }
}

function nameOf(file: string, thread: Uint8Array): string {
  try {
    return exact.decode(thread);
  } catch (cause) {
    throw broken(file, `The name of a thread is damaged (${text(thread)})`, cause);
  }
}

const broken = (file: string, what: string, cause: unknown) =>
  new TroupeError("JOURNAL_BROKEN", what, { file, hint: "Restore the journal from a copy, or take another thread.", cause });

/** Whether a holder that did not release its thread still lives. */
function holds({ host, pid, start, seen }: Holder): boolean {
  return text(host) === hostname() ? isAlive(pid, start ? text(start) : undefined) : Date.now() - seen < silence;
}
