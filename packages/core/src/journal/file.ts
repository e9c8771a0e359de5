import { randomUUID } from "node:crypto";
import { access, mkdir, rename, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import type { Database } from "libsql";
import type { RunRecord } from "../engine/record.js";
import { TroupeError } from "../graph/error.js";
import type { Entry, Hold, Journal } from "./journal.js";
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
 * Methods throw `JOURNAL_UNREADABLE` where the file cannot be opened, or holds something else.
 */
export function fileJournal(path: string): Journal {
  const file = resolve(path);
  let opened: Promise<Database> | undefined;
  const open = () => (opened ??= openDatabase(file));
  const mine = new Map<string, number>();
  let beat: NodeJS.Timeout | undefined;

  const take = (db: Database, thread: string): number => {
    const start = startOf(process.pid) ?? null;
    const seize = db.transaction(() => {
      const holder = db.prepare("SELECT * FROM holders WHERE thread = ?").get(thread) as Holder | undefined;
      if (holder?.live && holds(holder)) return holder;
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
      for (const [thread, epoch] of mine)
        db.prepare("UPDATE holders SET seen = ? WHERE thread = ? AND epoch = ?").run(Date.now(), thread, epoch);
    }, heartbeat).unref();
  };

  return {
    async hold(thread): Promise<Hold> {
      const db = await open();
      const epoch = take(db, thread);
      mine.set(thread, epoch);
      keepHeard(db);
      const insert = db.prepare(
        "INSERT INTO entries SELECT ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM holders WHERE thread = ? AND epoch = ? AND live = 1)",
      );
      let last: { run: number; seq: number } | undefined;
      return {
        thread,
        async append(run: number, record: RunRecord): Promise<Entry> {
          if (last?.run !== run) {
            const row = db.prepare("SELECT max(seq) AS seq FROM entries WHERE thread = ? AND run = ?").get(thread, run) as {
              seq: number | null;
            };
            last = { run, seq: row.seq ?? 0 };
          }
          const seq = last.seq + 1;
          const time = Date.now();
          const { changes } = insert.run(thread, run, seq, time, JSON.stringify(record), thread, epoch);
          if (changes === 0) {
            throw new TroupeError("THREAD_TAKEN", `Another process took over thread ${thread}, and this one may write to it no more`, {
              file,
              hint: "Nothing is lost: the other one goes on from what was recorded.",
            });
          }
          last = { run, seq };
          return { ...record, thread, run, seq, time };
        },
        async store(bytes, hash, extension) {
          const folder = `${file}.media`;
          const target = join(folder, `${hash.replace("sha256:", "")}${extension ? `.${extension}` : ""}`);
          await mkdir(folder, { recursive: true });
          const there = await access(target).then(
            () => true,
            () => false,
          );
          if (there) return target;
          const part = `${target}.${randomUUID()}`;
          await writeFile(part, bytes);
          await rename(part, target);
          return target;
        },
        async release() {
          mine.delete(thread);
          db.prepare("UPDATE holders SET live = 0 WHERE thread = ? AND epoch = ?").run(thread, epoch);
        },
      };
    },
    async read(thread, run) {
      const db = await open();
      const wanted = run ?? (db.prepare("SELECT max(run) AS run FROM entries WHERE thread = ?").get(thread) as { run: number | null }).run;
      const rows = db
        .prepare("SELECT run, seq, time, record FROM entries WHERE thread = ? AND run = ? ORDER BY seq")
        .all(thread, wanted) as Row[];
      return rows.map(({ record, ...place }) => ({ ...JSON.parse(record), thread, ...place }) as Entry);
    },
    async threads() {
      const db = await open();
      const rows = db
        .prepare(
          `SELECT e.thread, e.run, e.seq, e.time, e.record, h.host, h.pid, h.start, h.seen, h.live FROM entries e
           JOIN (SELECT thread, max(run) AS run FROM entries GROUP BY thread) t ON t.thread = e.thread AND t.run = e.run
           LEFT JOIN holders h ON h.thread = e.thread
           WHERE e.seq = 1 OR e.seq = (SELECT max(seq) FROM entries m WHERE m.thread = e.thread AND m.run = e.run)
           ORDER BY e.thread, e.seq`,
        )
        .all() as (Row & Holder & { thread: string })[];
      const names = [...new Set(rows.map(({ thread }) => thread))];
      return names.map((thread) => {
        const of = rows.filter((row) => row.thread === thread);
        const entries = of.map(({ run, seq, time, record }) => ({ ...JSON.parse(record), thread, run, seq, time }) as Entry);
        return threadInfo(thread, entries, of[0]!.live === 1 && holds(of[0]!));
      });
    },
    async close() {
      clearInterval(beat);
      if (opened) (await opened).close();
      opened = undefined;
    },
  };
}

/** Whether a holder that did not release its thread still lives. */
function holds({ host, pid, start, seen }: Holder): boolean {
  return host === hostname() ? isAlive(pid, start ?? undefined) : Date.now() - seen < silence;
}
