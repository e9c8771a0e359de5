import { temporaryStore } from "#temporary-store";
import { TroupeError } from "../error/error.js";
import { checkThread } from "./check-thread.js";
import type { Entry, Journal } from "./journal.js";
import { entriesIn, type KeptRun } from "./kept-run.js";
import { latest, memoryHold, type Threads } from "./memory-hold.js";
import { threadInfo } from "./thread-info.js";

/**
 * A journal that lasts as long as this process. Bytes are kept in a folder for temporary files until it is closed, or
 * the process ends.
 * @param now what its records are timed by, in ms since 1970
 *
 * @example
 * const app = compile(graph, { journal: memoryJournal() });
 */
export function memoryJournal(now: () => number = () => Date.now()): Journal {
  const threads: Threads = new Map();
  const held = new Set<string>();
  const bytes = temporaryStore();
  const refuseHeld = (thread: string): void => {
    if (!held.has(thread)) return;
    throw new TroupeError("THREAD_BUSY", `Thread ${thread} is being run already, by this process`, {
      hint: "Wait for its run to end, or take another thread.",
    });
  };
  const freeRunsOf = (thread: string): Map<number, KeptRun> => {
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
      return memoryHold({ threads, bytes, now }, thread, () => held.delete(thread));
    },
    async read(thread, run) {
      checkThread("journal", thread);
      const number = run ?? latest(threads.get(thread));
      // Copies: what is kept is nobody's to change.
      return structuredClone(entriesOf(threads, thread, number));
    },
    async threads() {
      return [...threads].map(([thread, runs]) => threadInfo(thread, entriesOf(threads, thread, latest(runs)), held.has(thread)));
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

function entriesOf(threads: Threads, thread: string, run: number): Entry[] {
  const kept = threads.get(thread)?.get(run);
  return kept ? entriesIn(thread, run, kept) : [];
}
