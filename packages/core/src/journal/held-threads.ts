import { take } from "./holder.js";
import type { JournalFile } from "./journal-file.js";
import type { Opened } from "./open-database.js";
import { withdrawn } from "./remove.js";
import { type Held, type Step, turns } from "./turns.js";

const heartbeat = 5_000;

/** The threads of a journal's file that this journal holds. */
export class HeldThreads {
  readonly #file: JournalFile;
  /** Where its media are. */
  readonly #folder: string;
  readonly #turn: ReturnType<typeof turns>;
  readonly #held = new Map<string, Held>();
  /** Threads let go here while the file could not be written, or that were being taken when it failed: by name, with their epoch. */
  readonly #notHeld = new Map<string, number>();
  #beat: NodeJS.Timeout | undefined;

  constructor(file: JournalFile, folder: string) {
    this.#file = file;
    this.#folder = folder;
    this.#turn = turns(() => file.open());
  }
  async take(db: Opened, thread: string): Promise<Held> {
    const row = await take(this.#file.path, db, thread, {
      has: (name, epoch) => this.#notHeld.get(name) === epoch,
      add: (name, epoch) => this.#notHeld.set(name, epoch),
    });
    const held = { row };
    this.#held.set(thread, held);
    this.#keepHeard(db);
    return held;
  }
  /** Whether one that was taken was not let go since. */
  has(held: Held): boolean {
    return this.#held.get(held.row.thread) === held;
  }
  /** Writes to one in its turn. False where another has taken it. */
  write(held: Held, length: number, step: (row: Held["row"]) => Step): Promise<boolean> {
    return this.#file.using(() => this.#turn(held, length, step));
  }
  async release(held: Held): Promise<void> {
    if (!this.has(held)) return;
    const { thread, epoch } = held.row;
    this.#held.delete(thread);
    this.#notHeld.set(thread, epoch);
    await this.write(held, 0, (row) => ({ after: { ...row, live: 0 }, also: [] }));
    this.#notHeld.delete(thread);
    if (held.row.run === 0) await this.#file.using((db) => withdrawn(db, held, this.#folder));
  }
  async releaseAll(): Promise<void> {
    clearInterval(this.#beat);
    this.#beat = undefined;
    for (const held of [...this.#held.values()]) await this.release(held);
  }

  #keepHeard(db: Opened): void {
    this.#beat ??= setInterval(() => {
      for (const { row } of this.#held.values()) {
        // Only another machine listens for it; a file that cannot be written is told by the next append.
        db.run("UPDATE threads SET seen = ? WHERE id = ? AND epoch = ?", Date.now(), row.id, row.epoch).catch(() => undefined);
      }
    }, heartbeat).unref();
  }
}
