import { isFull, journalError } from "./journal-error.js";
import { type Opened, openCopy, openDatabase } from "./open-database.js";

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
  async using<T>(work: (db: Opened) => T | Promise<T>, open = () => this.open()): Promise<T> {
    try {
      return await work(await open());
    } catch (cause) {
      throw journalError(this.path, cause);
    }
  }
  /** For what only reads: where there is no room to open the file, a copy is, and gone after that, since there may be room again. */
  async reading<T>(work: (db: Opened) => Promise<T>): Promise<T> {
    let copy: Opened | undefined;
    const open = () =>
      this.open().catch(async (error) => {
        if (!isFull(error.cause)) throw error;
        copy = await openCopy(this.path);
        return copy;
      });
    return this.using(work, open).finally(() => copy?.close());
  }
  /** It can be asked again after that, and is opened anew. */
  async close(): Promise<void> {
    if (!this.#opened) return;
    await this.using(async (db) => {
      this.#opened = undefined;
      try {
        // Into the one file, so that it can be copied by itself.
        await db.all("PRAGMA wal_checkpoint(PASSIVE)");
      } catch (error) {
        // The log beside it has all of it.
        if (!isFull(error)) throw error;
      } finally {
        await db.close();
      }
    });
  }
}
