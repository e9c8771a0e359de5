import { TroupeError } from "../error/error.js";
import type { BytesStore } from "../media/bytes-store.js";
import type { Hold } from "./journal.js";
import { append, type KeptRun, keptRun } from "./kept-run.js";

/** The runs of each thread, by their number. */
export type Threads = Map<string, Map<number, KeptRun>>;

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
      // Of no records no run is begun.
      const kept = records.length ? runOf(threads, thread, run) : (threads.get(thread)?.get(run) ?? keptRun());
      return append(kept, records, now());
    },
    store,
    find,
    async release() {
      if (!released) onRelease();
      released = true;
    },
  };
}

function runOf(threads: Threads, thread: string, run: number): KeptRun {
  const runs = threads.get(thread);
  const known = runs?.get(run);
  const last = latest(runs);
  if (known && run === last) return known;
  if (run !== last + 1)
    throw new TroupeError("JOURNAL_BROKEN", `Run ${run} of thread ${thread} cannot be written to: the thread stands at run ${last}`);
  const begun = keptRun();
  if (runs) runs.set(run, begun);
  else threads.set(thread, new Map([[run, begun]]));
  return begun;
}

/** The number of a thread's last run, 0 where it has none. */
export function latest(runs: ReadonlyMap<number, unknown> | undefined): number {
  let last = 0;
  for (const run of runs?.keys() ?? []) last = Math.max(last, run);
  return last;
}
