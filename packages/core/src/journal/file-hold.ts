import type { BytesStore } from "../media/bytes-store.js";
import { batch } from "./batch.js";
import { mediumUsed, parted } from "./beside.js";
import type { HeldThreads } from "./held-threads.js";
import type { Hold, Place } from "./journal.js";
import type { JournalFile } from "./journal-file.js";
import type { Opened } from "./open-database.js";
import { threadTaken } from "./thread-taken.js";
import type { Held } from "./turns.js";

/** Appends to one of the threads that are held in a file, until it is released. */
export function fileHold(file: JournalFile, bytes: BytesStore, threads: HeldThreads, held: Held): Hold {
  const { thread, id } = held.row;
  /** Large values that this hold has kept for a run already; the run's use of them keeps them there. */
  const kept = new Set<string>();
  /** A medium may be used by a run that is only beginning. */
  const used = (db: Opened, hash: string, extension: string) => db.write([mediumUsed(id, held.row.run + 1, hash, extension)]);
  return {
    thread,
    async append(run, records) {
      if (!threads.has(held)) throw threadTaken(file.path, thread);
      const now = Date.now();
      if (records.length === 0) return { seq: run === held.row.run ? held.row.seq + 1 : 1, time: now };
      const parts = parted(records);
      const marks = [...parts.values.keys()].map((hash) => [hash, `${run} ${hash}`] as const);
      const left = marks.filter(([, mark]) => !kept.has(mark)).map(([hash]) => [hash, parts.values.get(hash)!] as const);
      let place: Place | undefined;
      const done = await threads.write(held, parts.records.length, (row) => {
        const step = batch(file.path, row, run, records, { ...parts, values: new Map(left) }, now);
        const { seq, time } = step.after;
        place = { seq: seq - records.length + 1, time };
        return step;
      });
      if (!done || !place) throw threadTaken(file.path, thread);
      for (const [, mark] of marks) kept.add(mark);
      return place;
    },
    store: (medium, hash, extension) =>
      file.using(async (db) => {
        // First that it is used, so that nobody removes it in between.
        await used(db, hash, extension);
        return bytes.store(medium, hash, extension);
      }),
    async find(hash, extension) {
      const found = await bytes.find(hash, extension);
      if (found === undefined) return undefined;
      await file.using((db) => used(db, hash, extension));
      return bytes.find(hash, extension);
    },
    release: () => threads.release(held),
  };
}
