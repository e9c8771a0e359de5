import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Removal, Statement } from "./database.js";
import { shownText } from "./decoded.js";
import { isFull } from "./journal-error.js";
import type { Opened } from "./open-database.js";
import { change, removal } from "./thread-row.js";
import type { Held } from "./turns.js";

/**
 * What nothing uses any more. A medium's row stays, marked, until its file is gone: whoever removes next finds it, should this process be
 * killed before that. Whoever begins to use it anew makes a row of his own.
 */
const unused: readonly Statement[] = [
  "DELETE FROM beside WHERE form = 'json' AND id NOT IN (SELECT id FROM uses)",
  "UPDATE OR REPLACE beside SET form = '-' || form WHERE form LIKE '.%' AND id NOT IN (SELECT id FROM uses)",
].map((sql) => ({ sql, values: [] }));

/** Removes a held thread's runs but the last; the link before that stays in its row. False where another has the thread. */
export async function pruned(db: Opened, held: Held, folder: string): Promise<boolean> {
  const { row } = held;
  const before = "thread = ? AND run < ?";
  const [last] = await db.all<{ link: Uint8Array }>(
    `SELECT CAST(link AS BLOB) AS link FROM batches WHERE ${before} ORDER BY run DESC, seq DESC LIMIT 1`,
    row.id,
    row.run,
  );
  const after = { ...row, pruned: row.run - 1, base: last?.link ?? row.base };
  const done = await remove(db, folder, change(row, after), [
    { sql: `DELETE FROM batches WHERE ${before}`, values: [row.id, row.run] },
    { sql: `DELETE FROM uses WHERE ${before}`, values: [row.id, row.run] },
  ]);
  if (done) held.row = after;
  return done;
}

/** Removes a held thread. False where another has it. */
export const deleted = (db: Opened, { row }: Held, folder: string): Promise<boolean> =>
  remove(db, folder, removal(row), [
    { sql: "DELETE FROM batches WHERE thread = ?", values: [row.id] },
    { sql: "DELETE FROM uses WHERE thread = ?", values: [row.id] },
  ]);

/**
 * Removes a thread that was let go before anything of it began, with the bytes that were kept for it: it stands in no list, so that nobody
 * would. It stays where another has it.
 */
export async function withdrawn(db: Opened, { row }: Held, folder: string): Promise<void> {
  const [used] = await db.all("SELECT 1 FROM uses WHERE thread = ? LIMIT 1", row.id);
  if (!used) await db.write([[removal(row)]]);
  else await cleared(db, folder, removal(row), [{ sql: "DELETE FROM uses WHERE thread = ?", values: [row.id] }]);
}

async function remove(db: Opened, folder: string, first: Statement, then: readonly Statement[]): Promise<boolean> {
  const work = () => cleared(db, folder, first, then);
  const done = await work().catch((error) => (isFull(error) ? withLittleRoom(db, work, error) : Promise.reject(error)));
  if (!done) return false;
  await shrink(db);
  // What was removed stands in the log no more either.
  await db.all("PRAGMA wal_checkpoint(TRUNCATE)");
  return true;
}

/** To overwrite what is removed takes as much room as it does; to cut it off takes little, and is done in a file that can shrink. */
async function withLittleRoom<T>(db: Opened, work: () => Promise<T>, full: unknown): Promise<T> {
  const [kind] = await db.all<{ vacuum: number }>("SELECT auto_vacuum AS vacuum FROM pragma_auto_vacuum");
  if (kind?.vacuum !== incremental) throw full;
  await db.exec("PRAGMA secure_delete = FAST");
  try {
    return await work();
  } finally {
    await db.exec("PRAGMA secure_delete = ON");
  }
}

/** Of a file that can shrink. */
const incremental = 2;
/** Pages that are cut off in one go, and where there is room for no log of so many. */
const pieces = [1000, 32];

/** Gives back what the file has free, and with it what was removed and not overwritten; as far as there is room to, else the next does. */
async function shrink(db: Opened): Promise<void> {
  for (const piece of pieces) {
    try {
      return await shrinkBy(db, piece);
    } catch (error) {
      if (!isFull(error)) throw error;
    }
  }
}

async function shrinkBy(db: Opened, piece: number): Promise<void> {
  let before = Number.POSITIVE_INFINITY;
  for (;;) {
    // The log is written anew from its beginning once the file has all of it.
    await db.all("PRAGMA wal_checkpoint(PASSIVE)");
    const [free] = await db.all<{ pages: number }>("SELECT freelist_count AS pages FROM pragma_freelist_count");
    // One that is older than this cannot shrink.
    if (!free || free.pages === 0 || free.pages >= before) return;
    before = free.pages;
    await db.exec(`PRAGMA incremental_vacuum(${piece})`);
  }
}

/** Removes something in one transaction, then the files that nothing uses any more. */
async function cleared(db: Opened, folder: string, first: Statement, then: readonly Statement[]): Promise<boolean> {
  const [done] = await db.write([[first, ...then, ...unused]]);
  if (!done) return false;
  await finishRemoval(db, folder);
  return true;
}

/** Removes the files that are marked as used by nothing, by this process or by one that was killed. */
export async function finishRemoval(db: Opened, folder: string): Promise<void> {
  if (db.readonly) return;
  const left = await db.all<{ hash: Uint8Array; form: Uint8Array }>(
    "SELECT CAST(hash AS BLOB) AS hash, CAST(substr(form, 2) AS BLOB) AS form FROM beside WHERE form LIKE '-%'",
  );
  const there = left.length ? await readdir(folder).catch(() => []) : [];
  // A turn of its own for each, so that it stays where someone has begun to use it anew.
  for (const list of left.flatMap(({ hash, form }) => filed(folder, there, hash, shownText(form)))) await db.write([list]);
}

/** Of one medium its file, and what is left of some that were being written when their process was killed. */
function filed(folder: string, there: readonly string[], hash: Uint8Array, form: string): (readonly [Statement, ...Removal[]])[] {
  if (!/^\.[a-z0-9]*$/i.test(form)) return [];
  const name = Buffer.from(hash).toString("hex") + (form === "." ? "" : form);
  const files = there.filter((one) => one === name || (one.startsWith(`${name}.`) && isUuid.test(one.slice(name.length + 1))));
  const gone = "DELETE FROM beside WHERE hash = ? AND form = ? AND NOT EXISTS (SELECT 1 FROM beside WHERE hash = ? AND form = ?)";
  return [[{ sql: gone, values: [hash, `-${form}`, hash, form] }, ...files.map((file) => ({ remove: join(folder, file) }))]];
}

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
