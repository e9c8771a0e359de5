import { randomInt } from "node:crypto";
import { hostname } from "node:os";
import { TroupeError } from "../error/error.js";
import { start } from "./chain.js";
import type { Opened } from "./open-database.js";
import { isAlive, startOf } from "./process-alive.js";
import { addition, change, type ThreadRow } from "./thread-row.js";
import { threadNamed } from "./threads-kept.js";

/** A holder on another machine that was not heard of for so long is taken for dead, in ms. */
const silence = 30_000;

/** Whether a thread's holder, which did not let go of it, still lives. */
export function isHeld({ live, host, pid, start, seen }: ThreadRow): boolean {
  if (!live) return false;
  // A clock may have gone wrong by years, here or there: what was heard far in the future says no more than what was long ago.
  return host === hostname() ? isAlive(pid, start ?? undefined) : Math.abs(Date.now() - seen) < silence;
}

/** What a journal knows of the threads that stand in the file as its own, and that it does not hold. */
export interface NotHeld {
  has(thread: string, epoch: number): boolean;
  add(thread: string, epoch: number): void;
}

/**
 * Takes a thread, or one that there was not before.
 * @throws TroupeError `THREAD_BUSY`, `JOURNAL_UNWRITABLE`, `JOURNAL_BROKEN`
 */
export async function take(file: string, db: Opened, thread: string, notHeld: NotHeld): Promise<ThreadRow> {
  if (db.readonly)
    throw new TroupeError("JOURNAL_UNWRITABLE", "The journal cannot be written: it lies where nothing can be", {
      file,
      hint: "Copy it to a place that can be written to, or name another file for the journal.",
    });
  for (;;) {
    const me = { host: hostname(), pid: process.pid, start: startOf(process.pid) ?? null, seen: Date.now(), live: 1 };
    const before = await threadNamed(file, db, thread);
    if (!before) {
      // A number that no holder of a thread of this name had before, where one was deleted.
      const epoch = randomInt(2 ** 47);
      const fresh = { run: 0, seq: 0, time: 0, graph: "", ended: "", head: start, pruned: 0, base: start };
      const added = async () => {
        await db.write([[addition({ thread, epoch, ...me, ...fresh })]]);
        return threadNamed(file, db, thread);
      };
      const made = await added().catch((error) => {
        // It may be there, and nobody would let it go.
        notHeld.add(thread, epoch);
        throw error;
      });
      if (made?.epoch === epoch) return made;
      continue;
    }
    if (isHeld(before) && !notHeld.has(thread, before.epoch)) throw busy(file, before);
    const after = { ...before, ...me, epoch: before.epoch + 1 };
    const [done] = await db.write([[change(before, after)]]);
    // Else another was quicker.
    if (done) return after;
  }
}

function busy(file: string, { thread, pid, host }: ThreadRow): TroupeError {
  const who = pid === process.pid && host === hostname() ? "this process" : `process ${pid} on ${host}`;
  return new TroupeError("THREAD_BUSY", `Thread ${thread} is being run already, by ${who}`, {
    file,
    hint: "Wait for its run to end, stop that process, or take another thread.",
  });
}
