import type { Learnt, RunRecord } from "../../engine/record.js";
import { TroupeError } from "../../graph/error.js";
import type { Json } from "../../graph/json.js";
import { type Deferred, deferred } from "../deferred.js";
import { asError, errorOf, failureOf } from "../failure.js";
import { type Live, spentBy } from "../live.js";

/** How what was learnt is kept in a journal, and given again. */
export interface Kept<T> {
  readonly keep: (value: T) => Json;
  readonly back: (kept: Json) => T | Promise<T>;
}

/** The part of a session that keeping what occurrences learn works on. */
export interface Learner {
  /** Name of the run's graph, for errors. */
  readonly graph: string;
  readonly take: (record: RunRecord) => Promise<void>;
  /** Takes a turn in the session's queue for an occurrence. */
  readonly enqueueFor: (live: Live, step: () => Promise<void>) => Promise<void>;
}

/** What occurrences learn, in the journal once it matters, and heard again in the same order. */
export function learns({ graph, take, enqueueFor }: Learner) {
  /** Appends what an occurrence has learnt so far, and from now on each thing as it comes. In a step of the queue. */
  const record = async (live: Live, more: readonly Learnt[] = []): Promise<void> => {
    const { at, memo } = live;
    memo.recording = true;
    const answers = [...memo.pending.splice(0), ...more];
    if (answers.length) await take({ kind: "learnt", at, answers, ...spentBy(live) });
  };

  /** The occurrence goes another way than the attempts before it, or, `loosely`, hears what they learnt in another order. */
  const diverge = async ({ at, memo }: Live, loosely: boolean): Promise<void> => {
    const { from, to } = memo.diverge(loosely);
    if (from < to) await take({ kind: "diverged", at, from, to, ...(loosely ? { loosely } : {}) });
  };

  /** Takes up what an occurrence learnt just now; resolves when it is to hear it. */
  const heard = async (live: Live, learnt: Learnt): Promise<void> => {
    const { memo } = live;
    let turn: Promise<unknown> | undefined;
    if (memo.recording) {
      await enqueueFor(live, async () => {
        await record(live, [learnt]);
        turn = memo.turn();
      });
    } else {
      memo.pending.push(learnt);
      turn = memo.turn();
    }
    await turn;
  };

  return {
    record,
    diverge,
    heard,

    /** What is asked for first is not asked for any more: the others are heard as they come. */
    loosen: (live: Live): void => void enqueueFor(live, () => diverge(live, true)).catch(() => {}),

    /** What an occurrence waits for, heard in its turn. */
    inTurn<T>({ memo }: Live): Deferred<T> {
      const { promise, resolve, reject } = deferred<T>();
      return {
        promise,
        resolve: (value) => void memo.turn().then(() => resolve(value)),
        reject: (reason) => void memo.turn().then(() => reject(reason)),
      };
    },

    /** Something an occurrence asks for: what the journal has, else what `work` gives. */
    async learn<T>(live: Live, key: string, work: () => Promise<T>, { keep, back }: Kept<T>): Promise<T> {
      const { at, memo, controller } = live;
      memo.enter();
      const before = await memo.answer(key);
      if (before?.error) throw errorOf(before.error);
      if (before) return back(before.value ?? null);
      const loose = memo.loose(key);
      const came = await (loose ? Promise.resolve(back(loose.value ?? null)) : work()).then(
        (value) => ({ value }),
        (thrown: unknown) => ({ thrown }),
      );
      if (controller.signal.aborted) throw controller.signal.reason;
      await heard(live, "value" in came ? { key, value: keep(came.value) } : { key, error: failureOf(asError(came.thrown, at, graph)) });
      if ("thrown" in came) throw came.thrown;
      return came.value;
    },

    /** Ends an occurrence that asks for something else than before, where that has been done or may have been. */
    nondeterministic({ at, controller }: Live, what: string): TroupeError {
      const hint =
        "Let run go by its input and what ctx gives it alone: ctx.now(), ctx.random(), and ctx.once(key, fn) for all else. This thread can't go on: start a new one.";
      const error = new TroupeError("NONDETERMINISTIC", what, { graph, at, hint });
      controller.abort(error);
      return error;
    },
  };
}
