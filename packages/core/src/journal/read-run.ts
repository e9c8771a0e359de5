import { createHash } from "node:crypto";
import type { RunRecord } from "../engine/record.js";
import { joined } from "./beside.js";
import { broken } from "./broken.js";
import { type Linked, linkOf } from "./chain.js";
import { exactText, shownText } from "./decoded.js";
import { entriesOf } from "./entries-of.js";
import type { Entry } from "./journal.js";
import type { Opened } from "./open-database.js";
import { type KeptThread, type ThreadRow, theThread, threadRow } from "./thread-row.js";
import { noThread } from "./threads-kept.js";

/** A batch as it is kept; texts come as bytes, which may be anything. */
interface KeptBatch {
  readonly run: number;
  readonly seq: number;
  readonly time: number;
  readonly link: Uint8Array;
  readonly kept: Uint8Array | null;
  readonly records: Uint8Array;
}

const columns = `CAST(b.run AS INTEGER) AS run, CAST(b.seq AS INTEGER) AS seq, CAST(b.time AS INTEGER) AS time, CAST(b.link AS BLOB) AS link,
  CAST(b.kept AS BLOB) AS kept, CAST(b.records AS BLOB) AS records`;
const from = "FROM batches b JOIN threads t ON t.id = b.thread WHERE t.thread = ?1 AND b.run";
const wanted = "coalesce(?2, t.run)";

/**
 * The records of one run (default: the last), each batch held to its link, and the run to what comes before and after it.
 * @throws TroupeError `JOURNAL_BROKEN` with the place where something is damaged or missing
 */
export async function readRun(file: string, db: Opened, thread: string, run: number | undefined): Promise<Entry[]> {
  if (run !== undefined && !Number.isInteger(run)) return [];
  const values = [thread, run ?? null];
  const [threads, batches, before, after, beside] = (await db.read([
    theThread(thread),
    { sql: `SELECT ${columns} ${from} = ${wanted} ORDER BY b.seq`, values },
    { sql: `SELECT CAST(b.link AS BLOB) AS link ${from} < ${wanted} ORDER BY b.run DESC, b.seq DESC LIMIT 1`, values },
    { sql: `SELECT ${columns} ${from} > ${wanted} ORDER BY b.run, b.seq LIMIT 1`, values },
    {
      sql: `SELECT lower(hex(v.hash)) AS hash, CAST(v.value AS BLOB) AS value FROM uses u JOIN beside v ON v.id = u.id
        JOIN threads t ON t.id = u.thread WHERE t.thread = ?1 AND u.run = ${wanted} AND v.form = 'json'`,
      values,
    },
  ])) as [KeptThread[], KeptBatch[], { link: Uint8Array }[], KeptBatch[], { hash: string; value: Uint8Array }[]];
  if (!threads[0]) {
    await noThread(file, db);
    return [];
  }
  const row = threadRow(file, threads[0]);
  const number = run ?? row.run;
  // Runs that were pruned are not there, and neither are those that are not yet.
  if (number <= row.pruned || number > row.run) return [];
  const at = `of run ${number} of thread ${thread}`;
  const large = new Map(beside.map(({ hash, value }) => [hash, value]));
  const textOf = (hash: string): string => {
    const found = large.get(hash);
    if (!found) throw new TypeError(`the value ${hash} is missing`);
    return textWithHash(found, hash);
  };

  const entries: Entry[] = [];
  let link = number === row.pruned + 1 ? row.base : before[0]?.link;
  if (!link) throw broken(file, `What comes before record 1 ${at} is missing`);
  for (const one of batches) {
    const seq = entries.length + 1;
    if (one.seq > seq) throw broken(file, `${recordsAt(seq, one.seq - seq)} ${at}: missing`);
    let records: RunRecord[];
    try {
      if (one.seq !== seq || !holds(link, one)) throw new TypeError("its digest is another");
      const kept = one.kept && exactText(one.kept);
      records = joined(JSON.parse(exactText(one.records)), kept, textOf) as RunRecord[];
    } catch (cause) {
      throw broken(file, `${recordsAt(seq, countIn(one.records))} ${at}: damaged`, cause);
    }
    for (const entry of entriesOf(thread, number, { seq, time: one.time }, records)) entries.push(entry);
    link = one.link;
  }
  if (!isEnd(row, number, entries.length, link, after[0])) {
    throw broken(file, `What follows record ${entries.length} ${at} is missing`);
  }
  return entries;
}

/** Whether a batch stands under its link. */
function holds(before: Uint8Array, { run, seq, time, link, kept, records }: KeptBatch): boolean {
  const linked: Linked = { run, seq, time, kept: kept && shownText(kept), records };
  return linkOf(before, linked).equals(link);
}

/** Whether a run ends here: the thread's row says so, or the next run follows on it. */
function isEnd(row: ThreadRow, run: number, seq: number, link: Uint8Array, next: KeptBatch | undefined): boolean {
  if (run === row.run) return seq === row.seq && Buffer.from(row.head).equals(link);
  return next?.run === run + 1 && next.seq === 1 && holds(link, next);
}

function textWithHash(bytes: Uint8Array, hash: string): string {
  if (createHash("sha256").update(bytes).digest("hex") !== hash) throw new TypeError(`the value ${hash} is damaged`);
  return exactText(bytes);
}

const recordsAt = (seq: number, count: number): string => (count > 1 ? `Records ${seq} to ${seq + count - 1}` : `Record ${seq}`);

/** How many records a batch has, as far as it can be told. */
function countIn(records: Uint8Array): number {
  try {
    return (JSON.parse(shownText(records)) as unknown[]).length;
  } catch {
    return 1;
  }
}
