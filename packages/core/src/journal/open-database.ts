import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Database } from "libsql";
import { journalError } from "./journal-error.js";

/** Told by SQLite's `application_id`, so that no other program's file is written into: "Trpe". */
const application = 0x54727065;
const version = 1;

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

/** Opens a journal's file, makes it where there is none. @throws TroupeError `JOURNAL_UNREADABLE`, `JOURNAL_UNWRITABLE` */
export async function openDatabase(file: string): Promise<Database> {
  let db: Database | undefined;
  try {
    const { default: SQLite } = await import("libsql");
    await mkdir(dirname(file), { recursive: true });
    db = new SQLite(file);
    db.exec("PRAGMA busy_timeout = 10000");
    // A turn of its own, so that of two processes that find an empty file one makes the tables.
    db.exec("BEGIN IMMEDIATE");
    makeOrRecognise(db);
    db.exec("COMMIT");
    // In WAL mode an append that was acknowledged survives the process; NORMAL spares a sync each, which only a power cut would miss.
    db.exec("PRAGMA journal_mode = WAL");
    db.exec("PRAGMA synchronous = NORMAL");
    return db;
  } catch (cause) {
    // A closed connection keeps its lock for as long as one of its statements is not collected.
    if (db?.inTransaction) db.exec("ROLLBACK");
    db?.close();
    throw journalError(file, cause);
  }
}

function makeOrRecognise(db: Database): void {
  const { application_id: id } = db.prepare("PRAGMA application_id").get() as { application_id: number };
  const { user_version: found } = db.prepare("PRAGMA user_version").get() as { user_version: number };
  const { tables } = db.prepare("SELECT count(*) AS tables FROM sqlite_master").get() as { tables: number };
  if (id === 0 && tables === 0) return void db.exec(schema);
  if (id !== application) throw new TypeError("it is a database of another program");
  if (found > version) throw new TypeError(`it was written by a newer Troupe (format ${found}, this one knows ${version})`);
}
