import type { Database, Statement } from "./database.js";
import { change, type ThreadRow } from "./thread-row.js";

/** How much is written in one transaction before another is begun, in characters: the log grows by whole transactions. */
const most = 250_000;

/** A thread held here, as it stands in the file. */
export interface Held {
  row: ThreadRow;
}

/** What becomes of a thread's row, and what else is to be written with it. */
export interface Step {
  readonly after: ThreadRow;
  readonly also: readonly Statement[];
}

interface Waiting {
  readonly held: Held;
  readonly step: (row: ThreadRow) => Step;
  readonly length: number;
  resolve(done: boolean): void;
  reject(error: unknown): void;
}

/**
 * Writes to held threads, in order. What comes in one turn, and what comes while the file is being written to, goes into one transaction,
 * whosever it is. Gives false where the thread is no longer what it was: another has taken it. `length` is about how many characters a
 * step writes.
 */
export function turns(open: () => Promise<Database>): (held: Held, length: number, step: Waiting["step"]) => Promise<boolean> {
  const waiting: Waiting[] = [];
  let writing = false;

  const writeAll = async () => {
    while (waiting.length) {
      let length = 0;
      let count = 0;
      while (count < waiting.length && length < most) length += waiting[count++]!.length;
      await write(waiting.splice(0, count));
    }
    writing = false;
  };

  const write = async (group: readonly Waiting[]): Promise<void> => {
    const rows = new Map<Held, ThreadRow>();
    const lists: [Statement, ...Statement[]][] = [];
    const taken: { one: Waiting; after: ThreadRow }[] = [];
    for (const one of group) {
      try {
        const before = rows.get(one.held) ?? one.held.row;
        const { after, also } = one.step(before);
        lists.push([change(before, after), ...also]);
        rows.set(one.held, after);
        taken.push({ one, after });
      } catch (error) {
        one.reject(error);
      }
    }
    try {
      const done = await (await open()).write(lists);
      for (const [i, { one, after }] of taken.entries()) {
        if (done[i]) one.held.row = after;
        one.resolve(done[i] !== undefined);
      }
    } catch (error) {
      // What is wrong with one thread is no other's fault.
      const ofOne = taken.length > 1 && (error as { code?: string }).code?.startsWith("SQLITE_CONSTRAINT");
      for (const { one } of taken) ofOne ? await write([one]) : one.reject(error);
    }
  };

  return (held, length, step) =>
    new Promise((resolve, reject) => {
      waiting.push({ held, length, step, resolve, reject });
      if (writing) return;
      writing = true;
      queueMicrotask(writeAll);
    });
}
