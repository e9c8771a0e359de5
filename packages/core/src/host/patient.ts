import { TroupeError } from "../error/error.js";
import type { Entry, Hold } from "../journal/journal.js";
import { promised, type Soon } from "../schema/after.js";
import { deferred } from "./deferred.js";
import type { Host } from "./host.js";
import type { SoundJournal } from "./sound-journal.js";

/** How long a run that was ended before its time waits for its journal, in ms: what it cancelled and what that took is still to be kept. */
const patience = 1000;

/** A journal as a run sees it: the last run of a thread. */
export interface Kept extends Pick<SoundJournal, "hold"> {
  read(thread: string): Promise<Entry[]>;
  /** The run is over. */
  end(): void;
}

/**
 * A journal as it is seen by a run that `signal` may end before its time. From then on nothing waits for it longer than its patience, so
 * that the run ends though its store hangs. What was last written may be kept or not: none of its effects has shown, the thread is let go
 * of, and so a later holder finds it or redoes it, as after a crash.
 */
export function patient(journal: SoundJournal, signal: AbortSignal | undefined, host: Host): Kept {
  if (!signal) return { hold: (thread) => journal.hold(thread), read: (thread) => journal.read(thread), end() {} };
  const { promise: gaveUp, reject } = deferred<never>();
  let callOff: (() => void) | undefined;
  const ended = () => {
    try {
      callOff = host.after(patience, () => reject(unkept(signal.reason)));
    } catch (thrown) {
      reject(thrown);
    }
  };
  if (signal.aborted) ended();
  else signal.addEventListener("abort", ended, { once: true });
  const wait = <T>(work: Soon<T>): Soon<T> => {
    const later = promised(work);
    return later ? Promise.race([later, gaveUp]) : work;
  };
  const held = (hold: Hold): Hold => ({
    thread: hold.thread,
    append: (run, records) => wait(hold.append(run, records)),
    store: async (...given) => wait(hold.store(...given)),
    find: async (...given) => wait(hold.find(...given)),
    release: async () => wait(hold.release()),
  });
  return {
    async hold(thread) {
      const taking = journal.hold(thread);
      let taken = false;
      // One that comes when nobody wants it any more is let go.
      gaveUp.catch(() => (taken ? undefined : taking.then((hold) => hold.release()))).catch(() => {});
      const hold = await wait(taking);
      taken = true;
      return held(hold);
    },
    read: async (thread) => wait(journal.read(thread)),
    end() {
      callOff?.();
      signal.removeEventListener("abort", ended);
    },
  };
}

/** Why the run ended, and that its journal may not know. */
function unkept({ code, what, detail }: TroupeError): TroupeError {
  return new TroupeError(code, `${what}; its journal did not answer within ${patience} ms, so what was last written may not be kept`, {
    ...detail,
    hint: "Once its journal answers again, resume the thread, which goes on from what is kept; what is not kept there is done again.",
  });
}
