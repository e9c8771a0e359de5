import { failureOf } from "../../engine/failure-of.js";
import type { Learnt } from "../../engine/record.js";
import { TroupeError } from "../../error/error.js";
import type { Json } from "../../schema/json.js";
import { deferred } from "../deferred.js";
import type { Post } from "../drive.js";
import { asError, errorOf } from "../failure.js";
import { type Asked, type Live, overOf } from "../live.js";
import type { Memo } from "./memo.js";

/** How what was learnt is kept in a journal, and given again. */
export interface Kept<T> {
  readonly keep: (value: T) => Json;
  readonly back: (kept: Json) => T | Promise<T>;
}

/** What keeping what occurrences learn works on. */
export interface Learner {
  /** Name of the run's graph, for errors. */
  readonly graph: string;
  readonly post: Post;
  readonly memoOf: (live: Live) => Memo;
  /** Ends an occurrence with an error, whatever it catches. */
  readonly end: (live: Live, error: TroupeError) => void;
}

/** What occurrences learn, in the journal once it matters, and heard again in the same order. */
export function learns({ graph, post, memoOf, end }: Learner) {
  /** Appends answers; `kept` is called in the journal's order, once they are there. */
  const append = (live: Live, answers: readonly Learnt[], kept: () => void, refused: (reason: unknown) => void): void => {
    const over = overOf(live);
    if (over) return refused(over.reason);
    (live.keeping ??= []).push({ kept, refused });
    post({ kind: "learn", at: live.at, attempt: live.attempt, answers });
  };
  const nothing = () => {};

  /** Appends what an occurrence has learnt so far, and from now on each thing as it comes. */
  const record = (live: Live): void => {
    const memo = memoOf(live);
    memo.recording = true;
    if (memo.pending.length) append(live, memo.pending.splice(0), nothing, nothing);
  };

  /** Takes up what an occurrence learnt just now; resolves when it is to hear it. */
  const heard = async (live: Live, learnt: Learnt): Promise<void> => {
    const memo = memoOf(live);
    if (memo.recording)
      await new Promise<unknown>((resolve, reject) =>
        append(live, [...memo.pending.splice(0), learnt], () => resolve(memo.turn()), reject),
      );
    else {
      memo.pending.push(learnt);
      await memo.turn();
    }
  };

  /** The occurrence goes another way than the attempts before it, or, `loosely`, hears what they learnt in another order. */
  const diverge = (live: Live, loosely: boolean): void => {
    const { from, to } = memoOf(live).diverge(loosely);
    if (from < to) post({ kind: "diverge", at: live.at, attempt: live.attempt, from, to, loosely });
  };

  return {
    record,
    diverge,
    heard,

    inTurn: (live: Live, opened: Asked["opened"]): Asked => inTurn(memoOf(live), opened),

    /** Something an occurrence asks for: what the journal has, else what `work` gives. */
    async learn<T>(live: Live, key: string, work: () => Promise<T>, { keep, back }: Kept<T>): Promise<T> {
      const memo = memoOf(live);
      memo.enter();
      const before = await memo.answer(key);
      if (before?.error) throw errorOf(before.error);
      if (before) return back(before.value ?? null);
      const loose = memo.loose(key);
      const came = await (loose ? Promise.resolve(back(loose.value ?? null)) : work()).then(
        (value) => ({ value }),
        (thrown: unknown) => ({ thrown }),
      );
      if (live.stopped) throw live.stopped.reason;
      await heard(
        live,
        "value" in came ? { key, value: keep(came.value) } : { key, error: failureOf(asError(came.thrown, live.at, graph)) },
      );
      if ("thrown" in came) throw came.thrown;
      return came.value;
    },

    /** Ends an occurrence that asks for something else than before, where that has been done or may have been. */
    nondeterministic(live: Live, what: string): TroupeError {
      const error = new TroupeError("NONDETERMINISTIC", what, { graph, at: live.at, hint: goByInput });
      end(live, error);
      return error;
    },
  };
}

const goByInput =
  "Let run go by its input and what ctx gives it alone: ctx.now(), ctx.random(), and ctx.once(key, fn) for all else. This thread can't go on: start a new one.";

/** What an occurrence waits for, heard in its turn. */
function inTurn(memo: Memo, opened: Asked["opened"]): Asked {
  const { promise, resolve, reject } = deferred<Record<string, unknown>>();
  return {
    opened,
    promise,
    answer: (output) => void memo.turn().then(() => resolve(output)),
    refuse: (error) => void memo.turn().then(() => reject(error)),
    drop: reject,
  };
}
