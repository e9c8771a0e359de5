import { broken } from "./broken.js";
import { sumOf } from "./chain.js";
import type { Statement } from "./database.js";
import { exactText, shownText } from "./decoded.js";

/** What the journal's file keeps of a thread; `tables` says what it means. */
export interface ThreadRow {
  readonly id: number;
  readonly thread: string;
  readonly epoch: number;
  readonly host: string;
  readonly pid: number;
  readonly start: string | null;
  readonly seen: number;
  readonly live: number;
  readonly run: number;
  readonly seq: number;
  readonly time: number;
  readonly graph: string;
  readonly ended: string;
  readonly head: Uint8Array;
  readonly pruned: number;
  readonly base: Uint8Array;
}

/** Texts come as bytes, which may be anything, and the sum that was kept. */
export type KeptThread = { readonly [K in keyof ThreadRow]: ThreadRow[K] extends string | null ? Uint8Array : ThreadRow[K] } & {
  readonly sum: Uint8Array;
};

const numbers = ["id", "epoch", "pid", "seen", "live", "run", "seq", "time", "pruned"] as const;
const bytes = ["thread", "host", "start", "graph", "ended", "head", "base", "sum"] as const;
const columns = [
  ...numbers.map((name) => `CAST(${name} AS INTEGER) AS ${name}`),
  ...bytes.map((name) => `CAST(${name} AS BLOB) AS ${name}`),
].join(", ");

export const everyThread = `SELECT ${columns} FROM threads NOT INDEXED`;
export const theThread = (thread: string): Statement => ({ sql: `SELECT ${columns} FROM threads WHERE thread = ?`, values: [thread] });

/** A thread's row, held to its sum. @throws TroupeError `JOURNAL_BROKEN` */
export function threadRow(file: string, kept: KeptThread): ThreadRow {
  const told = kept.thread ? shownText(kept.thread) : "";
  const what = `What the journal keeps of thread ${told} is damaged`;
  let row: ThreadRow;
  try {
    row = {
      ...kept,
      thread: exactText(kept.thread),
      host: exactText(kept.host),
      start: kept.start && exactText(kept.start),
      graph: exactText(kept.graph),
      ended: exactText(kept.ended),
    };
    if (sumOfThread(row).equals(kept.sum)) return row;
  } catch (cause) {
    throw broken(file, what, cause);
  }
  throw broken(file, what);
}

const hex = (link: Uint8Array): string => Buffer.from(link).toString("hex");

/** Over all that says something: not where the row stands, and not when its holder was last heard of. */
const sumOfThread = (row: ThreadRow): Buffer =>
  sumOf([
    ...[row.thread, row.epoch, row.host, row.pid, row.start, row.live, row.run, row.seq, row.time, row.graph, row.ended],
    ...[hex(row.head), row.pruned, hex(row.base)],
  ]);

/** Writes what became of a row, where it still is what it was. */
export function change(before: ThreadRow, after: ThreadRow): Statement {
  const { epoch, host, pid, start, seen, live, run, seq, time, graph, ended, head, pruned, base } = after;
  return {
    sql: `UPDATE threads SET epoch = ?, host = ?, pid = ?, start = ?, seen = ?, live = ?, run = ?, seq = ?, time = ?, graph = ?, ended = ?,
      head = ?, pruned = ?, base = ?, sum = ? WHERE id = ? AND sum = ?`,
    values: [
      ...[epoch, host, pid, start, seen, live, run, seq, time, graph, ended, head, pruned, base, sumOfThread(after)],
      ...[before.id, sumOfThread(before)],
    ],
  };
}

/** Writes a new row, where there is none of that name. */
export const addition = (row: Omit<ThreadRow, "id">): Statement => ({
  sql: `INSERT OR IGNORE INTO threads (thread, epoch, host, pid, start, seen, live, run, seq, time, graph, ended, head, pruned, base, sum)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  values: [
    ...[row.thread, row.epoch, row.host, row.pid, row.start, row.seen, row.live, row.run, row.seq, row.time, row.graph, row.ended],
    ...[row.head, row.pruned, row.base, sumOfThread({ ...row, id: 0 })],
  ],
});

/** Removes a row, where it still is what it was. */
export const removal = (before: ThreadRow): Statement => ({
  sql: "DELETE FROM threads WHERE id = ? AND sum = ?",
  values: [before.id, sumOfThread(before)],
});
