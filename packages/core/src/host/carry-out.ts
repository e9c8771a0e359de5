import type { RunnableConfig } from "@langchain/core/runnables";
import type { RecordOf, RunRecord } from "../engine/record.js";
import type { RunState } from "../engine/state.js";
import type { TroupeError } from "../error/error.js";
import { entriesOf } from "../journal/entries-of.js";
import type { Hold, Place } from "../journal/journal.js";
import { Path } from "../path/path.js";
import { after, lastly, type Soon } from "../schema/after.js";
import { copyOf } from "../schema/copy-of.js";
import type { Json } from "../schema/json.js";
import { type Asking, asking } from "./asking.js";
import { type Attempts, endWith, startAttempt } from "./attempts.js";
import { checkResult } from "./check-result.js";
import { contextFor, type Stage } from "./context-for.js";
import { drive, type Hands, type Post } from "./drive.js";
import type { TroupeEvent } from "./event.js";
import { guard, ordersTold } from "./guard.js";
import { type Live, stop } from "./live.js";
import type { MediaOfRun } from "./media-of-run.js";
import type { Performing } from "./perform.js";
import type { Ready } from "./ready.js";
import { type Memo, memoOf } from "./replay/memo.js";
import { tell } from "./tell.js";
import type { Trace } from "./trace.js";

/** What a run is made with. */
export interface RunMaking {
  readonly ready: Ready;
  readonly hold: Hold;
  readonly run: number;
  /** Empty, or folded from the journal's records. */
  readonly state: RunState;
  readonly services?: unknown;
  readonly media: MediaOfRun;
  readonly signal?: AbortSignal | undefined;
  readonly trace: Trace;
  /** LangChain's config for what occurrences call. */
  readonly config: RunnableConfig;
  /** Undefined where nobody listens. */
  readonly listen: ((event: TroupeEvent) => void) | undefined;
  /** Hears what an attempt that was stopped still gives, also when the run is over. */
  readonly late: (event: TroupeEvent) => void;
}

/** Carries one run to its end, at once where nothing of it waits. Rejects or throws its first failure, or the signal's reason. */
export function carryOut(making: RunMaking, first: RecordOf<"began"> | RecordOf<"resumed">): Soon<Json> {
  const { state, signal } = making;
  const { graph, flow } = making.ready;
  const lives = new Map<Path, Live>();
  const { post, begin } = drive(graph, state, (post) => handsOf(making, lives, post));
  const flags = first.kind === "began" ? ordersTold(Path.run, first.input, () => Object.fromEntries(flow.fields)) : [];
  if (!signal) return after(begin({ kind: "first", record: first, flags }), copyOf);
  if (signal.aborted) return begin({ kind: "abort", reason: signal.reason });
  // The work stops at once; the records of it follow in their turn.
  const abort = () => {
    post({ kind: "abort", reason: signal.reason });
    for (const live of lives.values()) stop(live, signal.reason);
  };
  signal.addEventListener("abort", abort, { once: true });
  return lastly(
    () => after(begin({ kind: "first", record: first, flags }), copyOf),
    () => signal.removeEventListener("abort", abort),
  );
}

function handsOf(making: RunMaking, lives: Map<Path, Live>, post: Post): Hands {
  const { ready, state, hold, run, services } = making;
  const { graph, models, limits, trust, host } = ready;
  let over = false;
  const listen = making.listen && ((event: TroupeEvent) => over || making.listen?.(event));
  const guarded = guard({ graph: graph.name, elsewhere: ready.elsewhere, post });
  const memo = (live: Live): Memo => {
    live.memo ??= memoOf(state.occurrences.get(live.at)?.learning, state.key, host, () => asks().loosen(live));
    return live.memo;
  };
  const end = (live: Live, error: TroupeError) => endWith(post, live, error);
  let asked: Asking | undefined;
  /** Made when something is first asked for: many runs ask for nothing. */
  const asks = () => (asked ??= asking({ graph: graph.name, limits, state, post, guard: guarded, memoOf: memo, end }));
  const { permit } = guarded;
  const stage: Stage = { asks, run: `${hold.thread}/${run}`, models, services, limits, trust, host, listen, permit, memoOf: memo };
  const performing: Performing = {
    graph: graph.name,
    limits,
    media: making.media,
    trace: making.trace,
    context: (live) => contextFor(stage, live),
    enter: (live, graph, input) => asks().enter(live, graph, input),
    late: ({ at, attempt }) => making.late({ kind: "late", at, time: host.now(), attempt }),
    leaving(live, output) {
      if (live.memo || state.occurrences.get(live.at)?.learning) asks().leaving(live);
      guarded.leaving(live, output);
    },
  };
  const attempts: Attempts = { making, lives, post, performing, passage: guarded.passage, root: { graph, takes: ready.flow.takes } };

  /** Whoever listens or may end the run has a say between any two turns. */
  const pause = listen || making.signal ? Promise.resolve() : undefined;
  const append = (records: readonly RunRecord[]): Soon<void> => {
    return after(tell(records, lives), () =>
      after(hold.append(run, records), (place: Place) => {
        if (listen) for (const entry of entriesOf(hold.thread, run, place, records)) listen(entry);
        return pause;
      }),
    );
  };

  const answered = (to: Path, at: Path) => {
    const live = lives.get(to);
    const one = live?.asked?.get(at);
    live?.asked?.delete(at);
    return one;
  };

  return {
    append,
    obey(command) {
      switch (command.kind) {
        case "start":
          // What was aborted meanwhile is cancelled in the next turn.
          return making.signal?.aborted ? undefined : startAttempt(attempts, command);
        case "stop": {
          const live = lives.get(command.at);
          void live?.trace?.failed(command.reason);
          if (live) stop(live, command.reason);
          return;
        }
        case "answer":
          return answered(command.to, command.at)?.answer(command.output);
        case "refuse":
          return answered(command.to, command.at)?.refuse(command.error);
        case "kept":
          return lives.get(command.at)?.keeping?.shift()?.kept();
        case "finish":
          return checkResult(ready, post, command.output);
      }
    },
    over(failed) {
      over = true;
      if (failed) for (const live of lives.values()) stop(live, failed.error);
    },
  };
}
