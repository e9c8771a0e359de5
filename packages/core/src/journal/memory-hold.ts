import type { RunRecord } from "../engine/record.js";
import { TroupeError } from "../error/error.js";
import type { BytesStore } from "../media/bytes-store.js";
import type { Hold, Place } from "./journal.js";

/** What came in one turn of a run, as it was given. */
export interface Batch extends Place {
  readonly records: readonly RunRecord[];
}

/** The runs of each thread, by their number. */
export type Threads = Map<string, Map<number, Batch[]>>;

/** What stands in memory, with the clock that its records are timed by. */
export interface Memory {
  readonly threads: Threads;
  readonly bytes: BytesStore;
  readonly now: () => number;
}

/** Appends to one of the threads that stand in memory, until it is released. */
export function memoryHold({ threads, bytes, now }: Memory, thread: string, onRelease: () => void): Hold {
  const { store, find } = bytes;
  let released = false;
  return {
    thread,
    append(run, records) {
      if (released) throw new TroupeError("THREAD_TAKEN", `Thread ${thread} was released, and is written to no more`);
      const last = threads.get(thread)?.get(run)?.at(-1);
      const batch = { seq: last ? last.seq + last.records.length : 1, time: Math.max(now(), last?.time ?? 0), records };
      if (records.length) batchesOf(threads, thread, run).push(batch);
      return batch;
    },
    store,
    find,
    async release() {
      if (!released) onRelease();
      released = true;
    },
  };
}

function batchesOf(threads: Threads, thread: string, run: number): Batch[] {
  const runs = threads.get(thread);
  const known = runs?.get(run);
  const last = latest(runs);
  if (known && run === last) return known;
  if (run !== last + 1)
    throw new TroupeError("JOURNAL_BROKEN", `Run ${run} of thread ${thread} cannot be written to: the thread stands at run ${last}`);
  const batches: Batch[] = [];
  if (runs) runs.set(run, batches);
  else threads.set(thread, new Map([[run, batches]]));
  return batches;
}

/** The number of a thread's last run, 0 where it has none. */
export function latest(runs: ReadonlyMap<number, unknown> | undefined): number {
  let last = 0;
  for (const run of runs?.keys() ?? []) last = Math.max(last, run);
  return last;
}
