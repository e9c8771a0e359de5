import { temporaryStore } from "#temporary-store";
import type { RunRecord } from "../engine/record.js";
import { TroupeError } from "../graph/error.js";
import { checkThread } from "./check-thread.js";
import type { Entry, Hold, Journal } from "./journal.js";
import { threadInfo } from "./thread-info.js";

/**
 * A journal that lasts as long as this process. Bytes are kept in a folder for temporary files until it is closed, or
 * the process ends.
 *
 * @example
 * const app = compile(graph, { journal: memoryJournal() });
 */
export function memoryJournal(): Journal {
  /** The runs of each thread, by their number. */
  const threads = new Map<string, Map<number, Entry[]>>();
  const held = new Set<string>();
  const bytes = temporaryStore();
  const entriesOf = (thread: string, run: number): Entry[] => {
    let runs = threads.get(thread);
    if (!runs) threads.set(thread, (runs = new Map()));
    let entries = runs.get(run);
    if (!entries) runs.set(run, (entries = []));
    return entries;
  };

  const hold = (thread: string): Hold => {
    let released = false;
    return {
      thread,
      append(run, records) {
        if (released) throw new TroupeError("THREAD_TAKEN", `Thread ${thread} was released, and is written to no more`);
        if (records.length === 0) return [];
        const last = latest(threads.get(thread));
        if (run !== last && run !== last + 1)
          throw new TroupeError("JOURNAL_BROKEN", `Run ${run} of thread ${thread} cannot be written to: the thread stands at run ${last}`);
        const entries = entriesOf(thread, run);
        const time = Math.max(Date.now(), entries.at(-1)?.time ?? 0);
        // The record comes last: a spread that is written on to takes ten times as long.
        const added = records.map(
          (record: RunRecord, i): Entry => Object.freeze({ thread, run, seq: entries.length + i + 1, time, ...record }),
        );
        for (const entry of added) entries.push(entry);
        return added;
      },
      store: bytes.store,
      find: bytes.find,
      async release() {
        if (!released) held.delete(thread);
        released = true;
      },
    };
  };

  const refuseHeld = (thread: string): void => {
    if (!held.has(thread)) return;
    throw new TroupeError("THREAD_BUSY", `Thread ${thread} is being run already, by this process`, {
      hint: "Wait for its run to end, or take another thread.",
    });
  };
  const freeRunsOf = (thread: string): Map<number, Entry[]> => {
    checkThread("journal", thread);
    const runs = threads.get(thread);
    if (!runs) throw new TroupeError("THREAD_UNKNOWN", `The journal has no thread ${thread}`, { hint: "Its threads() says which it has." });
    refuseHeld(thread);
    return runs;
  };

  return {
    async hold(thread) {
      checkThread("journal", thread);
      refuseHeld(thread);
      held.add(thread);
      return hold(thread);
    },
    async read(thread, run) {
      checkThread("journal", thread);
      const runs = threads.get(thread);
      // Copies: what is kept is nobody's to change.
      return structuredClone(runs?.get(run ?? latest(runs)) ?? []);
    },
    async threads() {
      return [...threads].map(([thread, runs]) => threadInfo(thread, runs.get(latest(runs))!, held.has(thread)));
    },
    async prune(thread) {
      const runs = freeRunsOf(thread);
      const earlier = [...runs.keys()].filter((run) => run < latest(runs));
      for (const run of earlier) runs.delete(run);
      return earlier.length;
    },
    async delete(thread) {
      freeRunsOf(thread);
      threads.delete(thread);
    },
    close: bytes.clear,
  };
}

function latest(runs: ReadonlyMap<number, unknown> | undefined): number {
  let last = 0;
  for (const run of runs?.keys() ?? []) last = Math.max(last, run);
  return last;
}
