import { broken } from "./broken.js";
import { shownText } from "./decoded.js";
import type { Opened } from "./open-database.js";
import { everyThread, type KeptThread, type ThreadRow, theThread, threadRow } from "./thread-row.js";

/** A thread's row, where there is one. @throws TroupeError `JOURNAL_BROKEN` where it is damaged, or where it may be one that was lost */
export async function threadNamed(file: string, db: Opened, thread: string): Promise<ThreadRow | undefined> {
  const { sql, values } = theThread(thread);
  const [kept] = await db.all<KeptThread>(sql, ...values);
  return kept ? threadRow(file, kept) : noThread(file, db);
}

/** Says that there is no such thread, once it is sure that none was lost: a name can be damaged too. */
export async function noThread(file: string, db: Opened): Promise<undefined> {
  await db.once(() => allThreads(file, db));
}

/** Every thread's row. @throws TroupeError `JOURNAL_BROKEN` where one is damaged or was lost */
export async function allThreads(file: string, db: Opened): Promise<ThreadRow[]> {
  const [rows, index, lost] = (await db.read([
    { sql: everyThread, values: [] },
    { sql: "SELECT CAST(integrity_check AS BLOB) AS found FROM pragma_integrity_check('threads')", values: [] },
    {
      sql: `WITH RECURSIVE ids (id) AS (
          SELECT min(thread) FROM batches UNION ALL SELECT (SELECT min(thread) FROM batches WHERE thread > id) FROM ids WHERE id IS NOT NULL
        ) SELECT CAST(id AS INTEGER) AS id FROM ids WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM threads NOT INDEXED)`,
      values: [],
    },
  ])) as [KeptThread[], { found: Uint8Array }[], { id: number }[]];
  const threads = rows.map((row) => threadRow(file, row));
  const [said] = index;
  if (!said || shownText(said.found) !== "ok") throw broken(file, "The list of threads is damaged", said && shownText(said.found));
  if (lost.length)
    throw broken(file, `${lost.length === 1 ? "A thread is" : `${lost.length} threads are`} missing: records of it are there`);
  return threads;
}
