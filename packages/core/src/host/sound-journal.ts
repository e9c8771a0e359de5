import type { RunRecord } from "../engine/record.js";
import { TroupeError } from "../error/error.js";
import { messageOf } from "../error/message-of.js";
import type { Entry, Hold, Journal, Place } from "../journal/journal.js";
import type { BytesStore } from "../media/bytes-store.js";
import { either, type Soon } from "../schema/after.js";
import { say } from "../schema/say.js";

/** A journal as the runs of one graph see it. */
export interface SoundJournal extends Pick<Journal, "hold" | "read"> {
  /** Where bytes of a thread lie, for who does not hold it. */
  find(thread: string, ...given: Parameters<BytesStore["find"]>): Promise<string | undefined>;
}

/**
 * Holds a journal, which may be of anybody's making, to what the interface promises, so that what it throws or gives amiss is an error
 * with its place and what to do.
 *
 * What it gives throws `JOURNAL_UNREADABLE` and `JOURNAL_UNWRITABLE` with what the journal threw as cause, and `JOURNAL_BROKEN`.
 */
export function soundJournal(journal: Journal, graph: string): SoundJournal {
  const asked = <T>(thread: string, call: Call, work: () => Soon<unknown>, taken: (gave: any) => T | undefined): Soon<T> =>
    either(
      work,
      (gave) => {
        const found = taken(gave);
        if (found !== undefined) return found;
        throw broken(graph, `The journal's ${call} gave ${say(gave)} for thread ${thread}, not ${promises[call]}`);
      },
      (thrown) => {
        throw thrown instanceof TroupeError ? thrown : failed(graph, thread, call, thrown);
      },
    );
  return {
    hold: async (thread) => {
      const hold = await asked(thread, "hold", () => journal.hold(thread), holdIn);
      return {
        thread,
        append: (run, records) => asked(thread, "append", () => hold.append(run, records), placeIn),
        store: async (...given) => asked(thread, "store", () => hold.store(...given), textIn),
        find: async (...given) => (await asked(thread, "find", () => hold.find(...given), foundIn)).path,
        release: async () =>
          void (await asked(
            thread,
            "release",
            () => hold.release(),
            () => none,
          )),
      };
    },
    find: async (thread, ...given) => (await asked(thread, "find", () => journal.find?.(...given), foundIn)).path,
    read: async (thread, run) => {
      const entries = await asked(thread, "read", () => journal.read(thread, run), listIn);
      const wrong = entries.findIndex((entry, i) => !isEntry(entry, i + 1));
      if (wrong < 0) return entries;
      throw broken(graph, `The journal's read gave ${say(entries[wrong])} as record ${wrong + 1} of thread ${thread}`);
    },
  };
}

/** Does what goes by the records of a thread. @throws TroupeError `JOURNAL_BROKEN` where they have not the form of records */
export function byRecords<T>(graph: string, thread: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof TroupeError) throw thrown;
    throw broken(graph, `The records of thread ${thread} are not as a run wrote them: ${messageOf(thrown)}`, thrown);
  }
}

type Call = "hold" | "read" | keyof Pick<Hold, "append" | "store" | "find" | "release">;

interface Found {
  readonly path: string | undefined;
}
const none: Found = { path: undefined };

/** What each of a journal's calls gives. */
const promises: Readonly<Record<Call, string>> = {
  hold: "a hold with append, store, find and release",
  read: "a list of records",
  append: "where the batch stands, { seq, time }",
  store: "the path of what is kept",
  find: "a path or undefined",
  release: "nothing",
};

const holdIn = (gave: unknown): Hold | undefined => {
  const { append, store, find, release } = Object(gave) as Hold;
  return [append, store, find, release].every((one) => typeof one === "function") ? (gave as Hold) : undefined;
};
const placeIn = (gave: unknown): Place | undefined => {
  const { seq, time } = Object(gave) as Place;
  return Number.isInteger(seq) && seq > 0 && Number.isFinite(time) ? (gave as Place) : undefined;
};
const textIn = (gave: unknown): string | undefined => (typeof gave === "string" ? gave : undefined);
const foundIn = (gave: unknown): Found | undefined => (gave === undefined ? none : typeof gave === "string" ? { path: gave } : undefined);
const listIn = (gave: unknown): Entry[] | undefined => (Array.isArray(gave) ? gave : undefined);

const kinds: Readonly<Record<RunRecord["kind"], true>> = {
  began: true,
  resumed: true,
  started: true,
  called: true,
  learnt: true,
  diverged: true,
  entered: true,
  planned: true,
  completed: true,
  flagged: true,
  failed: true,
  cancelled: true,
  ended: true,
};

function isEntry(entry: unknown, number: number): boolean {
  const { kind, run, seq, time } = Object(entry) as Entry;
  return Object.hasOwn(kinds, String(kind)) && Number.isInteger(run) && run > 0 && seq === number && Number.isFinite(time);
}

/** What a journal threw. */
function failed(graph: string, thread: string, call: Call, cause: unknown): TroupeError {
  const reads = call === "hold" || call === "read" || call === "find";
  const hint = reads
    ? "Its cause is attached: see that the journal can be reached, then run again."
    : "Its cause is attached: see that the journal can be written, then resume the thread, which goes on from what is kept.";
  return new TroupeError(
    reads ? "JOURNAL_UNREADABLE" : "JOURNAL_UNWRITABLE",
    `The journal's ${call} failed for thread ${thread}: ${messageOf(cause)}`,
    { graph, hint, cause },
  );
}

/** What a journal gave that it never should. */
function broken(graph: string, what: string, cause?: unknown): TroupeError {
  const hint = "A journal of your own gives what the interface Journal says; one from elsewhere is restored from a copy.";
  return new TroupeError("JOURNAL_BROKEN", what, { graph, hint, ...(cause === undefined ? {} : { cause }) });
}
