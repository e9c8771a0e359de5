import { rmSync } from "node:fs";
import { access, chmod, constants, copyFile, lstat, mkdir, mkdtemp, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { TroupeError } from "../error/error.js";
import { goneWithProcess } from "../media/gone-with-process.js";
import { checkedLog } from "./checked-log.js";
import { type Database, database } from "./database.js";
import { journalError } from "./journal-error.js";
import { application, tables, version } from "./tables.js";

/** How long a lock of another process is waited for, in ms. */
const patience = 10_000;

/** Bytes of a page. Rows of a kB or more fill small pages whole, and small changes write little; larger ones leave a quarter empty. */
const page = 1024;
/** Pages in the log from which it is brought into the file, and the bytes to which the log is cut back then. */
const logged = 2500;
const kept = 3_000_000;

export interface Opened extends Database {
  /** Whether the file lies where nothing can be written: this is a copy of it. */
  readonly readonly: boolean;
  /** Does something once for this connection, and gives what came of it each time. */
  once<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Opens a journal's file, makes it where there is none, for the user alone. Links are not followed. Where nothing can be written, a copy
 * is opened, for reading.
 * @throws TroupeError `JOURNAL_UNREADABLE`, `JOURNAL_UNWRITABLE`, `JOURNAL_BROKEN`
 */
export async function openDatabase(file: string): Promise<Opened> {
  try {
    await refuseNoFile(file);
    const letGo = await checkedLog(file);
    const db = await openChecked(file).catch((error) => {
      letGo();
      throw error;
    });
    return { ...db, close: () => db.close().finally(letGo) };
  } catch (cause) {
    throw journalError(file, cause);
  }
}

async function openChecked(file: string): Promise<Opened> {
  if (await isReadOnly(file)) return openCopy(file);
  await makeFolder(dirname(file));
  // SQLite gives what it makes beside a file the file's rights.
  await writeFile(file, "", { flag: "wx", mode: 0o600 }).catch((error) => {
    if (error.code !== "EEXIST") throw error;
  });
  return { ...(await opened(file)), readonly: false, once: once() };
}

/** Makes a folder and those above it that are not there, one by one: Node's own `recursive` never ends where a system makes none (`/proc`). */
async function makeFolder(folder: string): Promise<void> {
  const above = dirname(folder);
  if (above === folder || (await isThere(folder))) return;
  await makeFolder(above);
  await mkdir(folder, { mode: 0o700 }).catch((error) => {
    if (error.code !== "EEXIST") throw error;
  });
}

function once(): Opened["once"] {
  let done: Promise<unknown> | undefined;
  return <T>(work: () => Promise<T>) => (done ??= work()) as Promise<T>;
}

/** What a connection is told in one go, since each answer of its thread is waited for. */
const beginning = `
  -- What is removed is not left lying in the file.
  PRAGMA secure_delete = ON;
  -- A turn of its own, so that of two processes that find an empty file one makes the tables.
  BEGIN IMMEDIATE;`;
/** First of all, since each of what follows may have to wait. */
const turn = `PRAGMA busy_timeout = ${patience};`;
/** Of a file that has nothing in it yet, since any other would be written to: what is removed can make it smaller. */
const form = `PRAGMA page_size = ${page}; PRAGMA auto_vacuum = INCREMENTAL;`;
const rest = `
  COMMIT;
  -- In WAL mode an append that was acknowledged survives the process; NORMAL spares a sync each, which only a power cut would miss.
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = ${logged};
  PRAGMA journal_size_limit = ${kept};`;

async function opened(file: string): Promise<Database> {
  const db = database(file);
  try {
    const { size } = await stat(file);
    await db.exec(turn + (size === 0 ? form : "") + beginning);
    const [found] = await db.all<Found>(
      `SELECT application_id AS id, user_version AS format, (SELECT count(*) FROM sqlite_master) AS count
      FROM pragma_application_id, pragma_user_version`,
    );
    await db.exec(isNew(found) ? tables + rest : rest);
    return db;
  } catch (error) {
    await db.close().catch(() => undefined);
    throw error;
  }
}

interface Found {
  readonly id: number;
  readonly format: number;
  readonly count: number;
}

/** Whether a file has nothing in it yet. @throws TypeError, with what to do, where it is no journal of this format */
function isNew({ id, format, count }: Found = { id: 0, format: 0, count: 0 }): boolean {
  if (id === 0 && count === 0) return true;
  const refuse = (what: string, hint: string) => Object.assign(new TypeError(what), { hint });
  if (id !== application) throw refuse("it is a database of another program", "Name another file for the journal.");
  if (format === version) return false;
  const which = format < version ? "an older" : "a newer";
  throw refuse(
    `it was written by ${which} Troupe (format ${format}, this one knows ${version} only)`,
    "Use the Troupe that wrote it, or name another file for the journal.",
  );
}

/** What lies in the place of a journal's files may be someone else's: what a link leads to is neither read nor written. */
async function refuseNoFile(file: string): Promise<void> {
  const refuse = (what: string, hint: string) =>
    new TroupeError("JOURNAL_UNREADABLE", `The journal cannot be opened: ${what}`, { file, hint });
  for (const part of ["", "-wal", "-shm", "-journal", ".media"]) {
    const info = await lstat(`${file}${part}`).catch(() => undefined);
    if (info?.isSymbolicLink()) throw refuse(`${basename(file)}${part} is a link`, "Give the path that the link leads to, or remove it.");
    if (part !== "" || !info) continue;
    // SQLite takes one of a single byte for an empty one, and writes over it. All others that are none it tells.
    if (info.isFile() && info.size === 1) throw refuse("file is not a database", "Name another file for the journal.");
    if (info.isFile()) continue;
    if (info.isDirectory()) throw refuse("it is a folder", `Name a file in it: ${join(file, "journal.db")}.`);
    // SQLite takes a device or a pipe for an empty file, and leaves its own beside it.
    throw refuse("it is no file", "Name a file for the journal.");
  }
}

async function isReadOnly(file: string): Promise<boolean> {
  try {
    await access(file, constants.W_OK);
    await access(dirname(file), constants.W_OK);
    return false;
  } catch (error) {
    return ["EACCES", "EROFS", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "") && (await isThere(file));
  }
}

/** Opens a copy, for reading: SQLite writes beside what it reads. What is not yet in the one file is copied with it. */
export async function openCopy(file: string): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), "troupe-journal-"));
  const stays = goneWithProcess(folder);
  const clear = () => {
    rmSync(folder, { recursive: true, force: true });
    stays();
  };
  try {
    for (const part of ["", "-wal"]) {
      if (!(await isThere(`${file}${part}`))) continue;
      await copyFile(`${file}${part}`, join(folder, `journal${part}`));
      await chmod(join(folder, `journal${part}`), 0o600);
    }
    const db = await opened(join(folder, "journal"));
    return { ...db, readonly: true, once: once(), close: () => db.close().finally(clear) };
  } catch (error) {
    clear();
    throw error;
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
