import { rmSync } from "node:fs";
import { access, chmod, constants, copyFile, lstat, mkdir, mkdtemp, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { TroupeError } from "../graph/error.js";
import { type Database, database } from "./database.js";
import { journalError } from "./journal-error.js";

/** Told by SQLite's `application_id`, so that no other program's file is written into: "Trpe". */
const application = 0x54727065;
const version = 1;
/** How long a lock of another process is waited for, in ms. */
const patience = 10_000;

const schema = `
  CREATE TABLE entries (
    thread TEXT NOT NULL, run INTEGER NOT NULL, seq INTEGER NOT NULL, time INTEGER NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (thread, run, seq)
  ) WITHOUT ROWID;
  CREATE TABLE holders (
    thread TEXT PRIMARY KEY, epoch INTEGER NOT NULL, host TEXT NOT NULL, pid INTEGER NOT NULL, start TEXT, seen INTEGER NOT NULL,
    live INTEGER NOT NULL
  ) WITHOUT ROWID;
  PRAGMA application_id = ${application};
  PRAGMA user_version = ${version};
`;

export interface Opened extends Database {
  /** Whether the file lies where nothing can be written: this is a copy of it. */
  readonly readonly: boolean;
}

/**
 * Opens a journal's file, makes it where there is none, for the user alone. Links are not followed. Where nothing can be written, a copy
 * is opened, for reading.
 * @throws TroupeError `JOURNAL_UNREADABLE`, `JOURNAL_UNWRITABLE`
 */
export async function openDatabase(file: string): Promise<Opened> {
  try {
    await refuseLinks(file);
    if (await isReadOnly(file)) return await openCopy(file);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    // SQLite gives what it makes beside a file the file's rights.
    await writeFile(file, "", { flag: "wx", mode: 0o600 }).catch((error) => {
      if (error.code !== "EEXIST") throw error;
    });
    return { ...(await opened(file)), readonly: false };
  } catch (cause) {
    throw journalError(file, cause);
  }
}

async function opened(file: string): Promise<Database> {
  const db = database(file);
  try {
    await db.exec(`PRAGMA busy_timeout = ${patience}`);
    // A turn of its own, so that of two processes that find an empty file one makes the tables.
    await db.exec("BEGIN IMMEDIATE");
    await makeOrRecognise(db);
    await db.exec("COMMIT");
    // In WAL mode an append that was acknowledged survives the process; NORMAL spares a sync each, which only a power cut would miss.
    await db.exec("PRAGMA journal_mode = WAL");
    await db.exec("PRAGMA synchronous = NORMAL");
    return db;
  } catch (error) {
    await db.close().catch(() => undefined);
    throw error;
  }
}

async function makeOrRecognise(db: Database): Promise<void> {
  const [{ id } = { id: 0 }] = await db.all<{ id: number }>("SELECT application_id AS id FROM pragma_application_id");
  const [{ found } = { found: 0 }] = await db.all<{ found: number }>("SELECT user_version AS found FROM pragma_user_version");
  const [{ tables } = { tables: 0 }] = await db.all<{ tables: number }>("SELECT count(*) AS tables FROM sqlite_master");
  if (id === 0 && tables === 0) return db.exec(schema);
  if (id !== application) throw new TypeError("it is a database of another program");
  if (found > version) throw new TypeError(`it was written by a newer Troupe (format ${found}, this one knows ${version})`);
}

/** What lies in the place of a journal's files may be someone else's: what a link leads to is neither read nor written. */
async function refuseLinks(file: string): Promise<void> {
  for (const part of ["", "-wal", "-shm", "-journal", ".media"]) {
    const info = await lstat(`${file}${part}`).catch(() => undefined);
    if (!info?.isSymbolicLink()) continue;
    throw new TroupeError("JOURNAL_UNREADABLE", `The journal cannot be opened: ${basename(file)}${part} is a link`, {
      file,
      hint: "Give the path that the link leads to, or remove it.",
    });
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

/** SQLite writes beside what it reads; what is not yet in the one file is copied with it. */
async function openCopy(file: string): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), "troupe-journal-"));
  const leave = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", leave);
  const clear = () => {
    process.off("exit", leave);
    leave();
  };
  try {
    for (const part of ["", "-wal"]) {
      if (!(await isThere(`${file}${part}`))) continue;
      await copyFile(`${file}${part}`, join(folder, `journal${part}`));
      await chmod(join(folder, `journal${part}`), 0o600);
    }
    const db = await opened(join(folder, "journal"));
    return { ...db, readonly: true, close: () => db.close().finally(clear) };
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
