import type { RunRecord } from "../engine/record.js";
import { TroupeError } from "../error/error.js";
import type { BytesStore } from "../media/bytes-store.js";
import type { Entry, Hold } from "./journal.js";

/** The runs of each thread, by their number. */
export type Threads = Map<string, Map<number, Entry[]>>;

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
      if (records.length === 0) return [];
      const entries = entriesOf(threads, thread, run);
      const time = Math.max(now(), entries.at(-1)?.time ?? 0);
      // The record comes last: a spread that is written on to takes ten times as long.
      const added = records.map(
        (record: RunRecord, i): Entry => Object.freeze({ thread, run, seq: entries.length + i + 1, time, ...record }),
      );
      for (const entry of added) entries.push(entry);
      return added;
    },
    store,
    find,
    async release() {
      if (!released) onRelease();
      released = true;
    },
  };
}

function entriesOf(threads: Threads, thread: string, run: number): Entry[] {
  const runs = threads.get(thread);
  const known = runs?.get(run);
  const last = latest(runs);
  if (known && run === last) return known;
  if (run !== last + 1)
    throw new TroupeError("JOURNAL_BROKEN", `Run ${run} of thread ${thread} cannot be written to: the thread stands at run ${last}`);
  const entries: Entry[] = [];
  if (runs) runs.set(run, entries);
  else threads.set(thread, new Map([[run, entries]]));
  return entries;
}

/** The number of a thread's last run, 0 where it has none. */
export function latest(runs: ReadonlyMap<number, unknown> | undefined): number {
  let last = 0;
  for (const run of runs?.keys() ?? []) last = Math.max(last, run);
  return last;
}
