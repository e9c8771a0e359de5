import { journalError } from "./journal-error.js";
import { type Opened, openDatabase } from "./open-database.js";

/** A journal's file, which is opened when it is first asked for something. */
export class JournalFile {
  readonly path: string;
  #opened: Promise<Opened> | undefined;

  constructor(path: string) {
    this.path = path;
  }
  open(): Promise<Opened> {
    return (this.#opened ??= openDatabase(this.path).catch((error) => {
      this.#opened = undefined;
      throw error;
    }));
  }
  async using<T>(work: (db: Opened) => T | Promise<T>): Promise<T> {
    const db = await this.open();
    try {
      return await work(db);
    } catch (cause) {
      throw journalError(this.path, cause);
    }
  }
  /** It can be asked again after that, and is opened anew. */
  async close(): Promise<void> {
    if (!this.#opened) return;
    await this.using(async (db) => {
      this.#opened = undefined;
      // Into the one file, so that it can be copied by itself.
      await db.all("PRAGMA wal_checkpoint(PASSIVE)").finally(() => db.close());
    });
  }
}
