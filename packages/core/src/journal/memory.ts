import { temporaryStore } from "#temporary-store";
import { TroupeError } from "../graph/error.js";
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
  const threads = new Map<string, Entry[]>();
  const held = new Set<string>();
  const bytes = temporaryStore();

  const hold = (thread: string): Hold => {
    let released = false;
    return {
      thread,
      async append(run, record) {
        if (released) throw new TroupeError("THREAD_TAKEN", `Thread ${thread} was released, and is written to no more`);
        const entries = threads.get(thread) ?? [];
        const last = entries.findLast((entry) => entry.run === run);
        const entry: Entry = Object.freeze({
          ...record,
          thread,
          run,
          seq: (last?.seq ?? 0) + 1,
          time: Math.max(Date.now(), last?.time ?? 0),
        });
        entries.push(entry);
        threads.set(thread, entries);
        return entry;
      },
      store: bytes.store,
      find: bytes.find,
      async release() {
        if (!released) held.delete(thread);
        released = true;
      },
    };
  };

  return {
    async hold(thread) {
      if (held.has(thread)) {
        throw new TroupeError("THREAD_BUSY", `Thread ${thread} is being run already, by this process`, {
          hint: "Wait for its run to end, or take another thread.",
        });
      }
      held.add(thread);
      return hold(thread);
    },
    async read(thread, run) {
      const entries = threads.get(thread) ?? [];
      const wanted = run ?? entries.reduce((last, entry) => Math.max(last, entry.run), 0);
      // Copies: what is kept is nobody's to change.
      return structuredClone(entries.filter((entry) => entry.run === wanted));
    },
    async threads() {
      return [...threads].map(([thread, entries]) => threadInfo(thread, entries, held.has(thread)));
    },
    close: bytes.clear,
  };
}
