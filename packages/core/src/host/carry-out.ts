import type { RunnableConfig } from "@langchain/core/runnables";
import type { Command } from "../engine/message.js";
import type { RecordOf, RunRecord } from "../engine/record.js";
import type { RunState } from "../engine/state.js";
import type { Graph } from "../graph/graph.js";
import { entriesOf } from "../journal/entries-of.js";
import type { Hold, Place } from "../journal/journal.js";
import type { Model } from "../model/model.js";
import { Path } from "../path/path.js";
import { after, lastly, promised, type Soon } from "../schema/after.js";
import type { Json } from "../schema/json.js";
import { type Asking, asking } from "./asking.js";
import { type Attempts, endWith, startAttempt } from "./attempts.js";
import { checkResult } from "./check-result.js";
import { contextFor } from "./context-for.js";
import { Drive, type Hands } from "./drive.js";
import type { TroupeEvent } from "./event.js";
import { asError } from "./failure.js";
import { Guard, ordersTold } from "./guard.js";
import type { Host } from "./host.js";
import { type Asked, type Live, stop } from "./live.js";
import type { MediaOfRun } from "./media-of-run.js";
import type { Ready } from "./ready.js";
import { fingerprint } from "./replay/fingerprint.js";
import { type Memo, memoOf } from "./replay/memo.js";
import type { Stage } from "./stage.js";
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
  /** Who listens to a thread's run now: hears what an attempt that was stopped still gives, also when this run is over. */
  readonly listening: ReadonlyMap<string, (event: TroupeEvent) => void>;
}

/** Carries one run to its end, at once where nothing of it waits. Rejects or throws its first failure, or the signal's reason. */
export function carryOut(making: RunMaking, first: RecordOf<"began"> | RecordOf<"resumed">): Soon<Json> {
  const { signal } = making;
  // Nothing of it is begun, so that there is nothing to cancel or to keep.
  if (signal?.aborted) throw signal.reason;
  const { drive, lives } = new CarriedRun(making);
  const { fields } = making.ready.flow;
  const flags = first.kind === "began" ? ordersTold(Path.run, first.input, () => Object.fromEntries(fields)) : [];
  if (!signal) return drive.begin({ kind: "first", record: first, flags });
  // The work stops at once; the records of it follow in their turn.
  const abort = () => {
    drive.post({ kind: "abort", reason: signal.reason });
    for (const live of lives.values()) stop(live, signal.reason);
  };
  signal.addEventListener("abort", abort, { once: true });
  return lastly(
    () => drive.begin({ kind: "first", record: first, flags }),
    () => signal.removeEventListener("abort", abort),
  );
}

/** A run being carried out, as its attempts, their contexts and the machine's commands see it. It is one object, since there may be many runs. */
class CarriedRun implements Hands, Stage, Attempts {
  readonly lives = new Map<Path, Live>();
  readonly drive: Drive;
  readonly guard: Guard;
  readonly listen: Stage["listen"];
  /** Made when something is first asked for: many runs ask for nothing. */
  #asks: Asking | undefined;
  #over = false;

  constructor(readonly making: RunMaking) {
    const { ready, state, listen } = making;
    this.drive = new Drive(ready.graph, state, this);
    this.guard = new Guard(ready.graph.name, ready.elsewhere, this.drive.post);
    this.listen = listen && ((event) => this.#over || listen(event));
  }

  get graph() {
    return this.making.ready.graph.name;
  }
  get post() {
    return this.drive.post;
  }
  get run() {
    const { hold, run, state } = this.making;
    // A thread that was deleted may be begun again under its name; what its first run did is not done then.
    const own = state.key && `-${fingerprint(state.key, "run").slice(0, 12)}`;
    return `${hold.thread}/${run}${own}`;
  }
  get services() {
    return this.making.services;
  }
  get media() {
    return this.making.media;
  }
  get trace() {
    return this.making.trace;
  }
  get models() {
    return this.making.ready.models;
  }
  get limits() {
    return this.making.ready.limits;
  }
  get trust() {
    return this.making.ready.trust;
  }
  get host() {
    return this.making.ready.host;
  }

  asks(): Asking {
    const { graph, limits, media, post, guard } = this;
    return (this.#asks ??= asking({
      ...{ graph, limits, media, post, guard },
      state: this.making.state,
      memoOf: (live) => this.memoOf(live),
      end: (live, error) => endWith(post, live, error),
    }));
  }
  memoOf(live: Live): Memo {
    const { occurrences, key } = this.making.state;
    live.memo ??= memoOf(occurrences.get(live.at)?.learning, key, this.#timers(live), () => this.asks().loosen(live));
    return live.memo;
  }
  /** Its host's, whose failure is the occurrence's, since nobody stands by who would hear it. */
  #timers(live: Live): Pick<Host, "after"> {
    return {
      after: (ms, work) => {
        try {
          return this.host.after(ms, work);
        } catch (thrown) {
          endWith(this.post, live, asError(thrown, live.at, this.graph));
          return () => {};
        }
      },
    };
  }
  permit(live: Live, model: Model) {
    this.guard.permit(live, model);
  }
  context(live: Live) {
    return contextFor(this, live);
  }
  enter(live: Live, graph: Graph, input: Readonly<Record<string, Json>>) {
    return this.asks().enter(live, graph, input);
  }
  late({ at, attempt }: Live) {
    const { hold, listening } = this.making;
    listening.get(hold.thread)?.({ kind: "late", at, time: this.host.now(), attempt });
  }
  leaving(live: Live, output: unknown) {
    if (live.memo || this.making.state.occurrences.get(live.at)?.learning) this.asks().leaving(live);
    this.guard.leaving(live, output);
  }

  append(records: readonly RunRecord[]): Soon<void> {
    const { hold, run, signal } = this.making;
    return after(tell(records, this.lives), () =>
      after(hold.append(run, records), (place: Place) => {
        if (this.listen) for (const entry of entriesOf(hold.thread, run, place, records)) this.listen(entry);
        // Whoever listens or may end the run has a say between any two turns.
        return this.listen || signal ? Promise.resolve() : undefined;
      }),
    );
  }
  obey(command: Exclude<Command, { kind: "end" }>): void {
    switch (command.kind) {
      case "start":
        // What was aborted meanwhile is cancelled in the next turn.
        return this.making.signal?.aborted ? undefined : startAttempt(this, command);
      case "stop": {
        const live = this.lives.get(command.at);
        // A callback that fails as well has nobody to tell.
        promised(live?.trace?.failed(command.reason))?.catch(() => {});
        if (live) stop(live, command.reason);
        return;
      }
      case "answer":
        return this.#answered(command.to, command.at)?.answer(command.output);
      case "refuse":
        return this.#answered(command.to, command.at)?.refuse(command.error);
      case "kept":
        return this.lives.get(command.at)?.keeping?.shift()?.kept();
      case "finish":
        return checkResult(this.making.ready, this.post, this.making.state.input, command.output);
    }
  }
  over(failed: { readonly error: unknown } | undefined): void {
    this.#over = true;
    if (failed) for (const live of this.lives.values()) stop(live, failed.error);
  }

  /** What the occurrence `to` waits for at a place, once. */
  #answered(to: Path, at: Path): Asked | undefined {
    const live = this.lives.get(to);
    const one = live?.asked?.get(at);
    live?.asked?.delete(at);
    return one;
  }
}
