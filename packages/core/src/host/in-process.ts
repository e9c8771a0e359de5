import type { RunnableConfig } from "@langchain/core/runnables";
import { type Command, hasEnded } from "../engine/message.js";
import type { RecordOf, RunRecord } from "../engine/record.js";
import type { RunState } from "../engine/state.js";
import { after, lastly, type Soon } from "../graph/after.js";
import { copyOf } from "../graph/copy-of.js";
import { TroupeError } from "../graph/error.js";
import type { Json } from "../graph/json.js";
import { validate } from "../graph/schema.js";
import type { Entry, Hold } from "../journal/journal.js";
import { Path } from "../path/path.js";
import { asking } from "./asking.js";
import { contextFor, type Stage } from "./context-for.js";
import { drive, type Host, type Post } from "./drive.js";
import { processMeter } from "./energy/process-meter.js";
import type { TroupeEvent } from "./event.js";
import { asError } from "./failure.js";
import { guard, ordersTold, outputOrders } from "./guard.js";
import { heard } from "./heard.js";
import type { Job } from "./job.js";
import { bill, finish, type Live, type OpenedGraph, type OpenedPlan, spentBy, stop } from "./live.js";
import type { MediaOfRun } from "./media-of-run.js";
import { type Performing, perform } from "./perform.js";
import type { Ready } from "./ready.js";
import { type Memo, memoOf } from "./replay/memo.js";
import { seenBy } from "./seen.js";
import { timerBound } from "./timer-bound.js";
import type { Trace } from "./trace.js";

/** What a run is made with. */
export interface RunMaking extends Ready {
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

type Start = Extract<Command, { kind: "start" }>;

/** Carries one run to its end in this process, at once where nothing of it waits. Rejects or throws its first failure, or the signal's reason. */
export function inProcess(making: RunMaking, first: RecordOf<"began"> | RecordOf<"resumed">): Soon<Json> {
  const { graph, state, signal, flow } = making;
  const lives = new Map<Path, Live>();
  const { post, begin } = drive(graph, state, (post) => host(making, lives, post));
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

function host(making: RunMaking, lives: Map<Path, Live>, post: Post): Host {
  const { graph, state, hold, run, models, services, limits, trust } = making;
  let over = false;
  const listen = making.listen && ((event: TroupeEvent) => over || making.listen!(event));
  const guarded = guard({ graph: graph.name, elsewhere: making.elsewhere, post });
  const memo = (live: Live): Memo => {
    live.memo ??= memoOf(state.occurrences.get(live.at)?.learning, state.key, () => asks.loosen(live));
    return live.memo;
  };
  /** Ends an occurrence with an error, whatever it catches. */
  const end = (live: Live, error: TroupeError) => {
    fails(live, error);
    stop(live, error);
  };
  const asks = asking({ graph: graph.name, state, post, guard: guarded, memoOf: memo, end });
  const { permit } = guarded;
  const stage: Stage = { ...asks, run: `${hold.thread}/${run}`, models, services, limits, trust, listen, permit, memoOf: memo };
  const performing: Performing = {
    graph: graph.name,
    limits,
    media: making.media,
    trace: making.trace,
    context: (live) => contextFor(stage, live),
    enter: asks.enter,
    late: ({ at, attempt }) => making.late({ kind: "late", at, time: Date.now(), attempt }),
    leaving(live, output) {
      asks.leaving(live);
      guarded.leaving(live, output);
    },
  };
  const root: OpenedGraph = { graph, takes: making.flow.takes };

  /** Whoever listens or may end the run has a say between any two turns. */
  const pause = listen || making.signal ? Promise.resolve() : undefined;
  const append = (records: RunRecord[]): Soon<void> => {
    for (const record of records) tell(record, lives);
    return after(hold.append(run, records), (entries: Entry[]) => {
      if (listen) for (const entry of entries) listen(entry);
      return pause;
    });
  };

  const start = (command: Start): void => {
    const { at, attempt, parent, name, owner, specialist } = command;
    const caller = parent === undefined ? undefined : lives.get(parent)!;
    const opened = owner === Path.run ? root : caller!.asked!.get(owner ?? at)!.opened;
    const job = jobOf(command, opened);
    if (!job) return post({ kind: "failure", at, attempt, error: memberUnknown(specialist, at) });
    const live: Live = {
      at,
      name: "graph" in opened ? name : specialist,
      attempt,
      startedAt: performance.now(),
      endedAt: undefined,
      controller: undefined,
      stopped: undefined,
      config: caller?.config ?? making.config,
      trace: undefined,
      timer: undefined,
      usage: [],
      claim: processMeter()?.occurrence(caller?.claim),
      engine: undefined,
      ...seenBy(job),
      keys: undefined,
      plans: 0,
      asked: undefined,
      questions: 0,
      keeping: undefined,
      memo: undefined,
    };
    lives.set(at, live);
    bound(live, job);
    heard(
      () => perform(live, job, performing),
      (output) => {
        if (live.stopped) return;
        finish(live);
        post({ kind: "output", at, attempt, output, flags: outputOrders(live, output, guarded.passage) });
      },
      (thrown) => fails(live, asError(thrown, at, graph.name)),
    );
  };

  /** An occurrence fails of itself, unless it was stopped before. */
  const fails = (live: Live, error: TroupeError): void => {
    if (live.stopped) return;
    const { at, attempt, trace } = live;
    finish(live);
    const tell = () => post({ kind: "failure", at, attempt, error });
    if (trace) void Promise.resolve(trace.failed(error)).then(tell, tell);
    else tell();
  };

  const bound = (live: Live, { timeout, specialist }: Job): void => {
    const ms = timerBound(timeout ?? specialist.timeout ?? making.timeout);
    if (ms === undefined) return;
    live.timer = setTimeout(() => {
      const hint = "Give it more time with `timeout`, or find out what it waits for.";
      const what = `${specialist.name} did not answer within ${ms} ms`;
      end(live, new TroupeError("TIMEOUT", what, { graph: graph.name, at: live.at, hint }));
    }, ms);
  };

  const result = (output: object): void =>
    heard(
      () => validate(making.gives, output),
      (checked) => {
        if (!("problems" in checked)) return post({ kind: "result", output: checked.value as Json });
        const what = `The run ended without a valid result: ${checked.problems.join("; ")}`;
        const hint = "Let every way to the end write the graph's output fields; `check` names the ways that do not.";
        post({ kind: "result", error: new TroupeError("RESULT_INVALID", what, { graph: graph.name, hint }) });
      },
      (thrown) => post({ kind: "result", error: asError(thrown, Path.run, graph.name) }),
    );

  const asked = (to: Path, at: Path) => {
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
          return making.signal?.aborted ? undefined : start(command);
        case "stop": {
          const live = lives.get(command.at);
          void live?.trace?.failed(command.reason);
          if (live) stop(live, command.reason);
          lives.delete(command.at);
          return;
        }
        case "answer":
          return asked(command.to, command.at)?.answer(command.output);
        case "refuse":
          return asked(command.to, command.at)?.refuse(command.error);
        case "kept":
          return lives.get(command.at)?.keeping?.shift()?.kept();
        case "finish":
          return result(command.output);
      }
    },
    over(failed) {
      over = true;
      if (failed) for (const live of lives.values()) stop(live, failed.error);
    },
  };
}

/** The job that a start command stands for: a node's, a task's or a call's; undefined where a plan's member is not in the team. */
function jobOf({ name, specialist, input }: Start, opened: OpenedGraph | OpenedPlan | Job): Job | undefined {
  if ("graph" in opened) {
    const node = opened.graph.nodes[name]!;
    return { specialist: node.specialist as Job["specialist"], timeout: node.timeout, input: input!, takes: opened.takes(name) };
  }
  if (!("members" in opened)) return opened;
  const member = opened.members.find((one) => one.name === specialist);
  return member && { specialist: member, timeout: undefined, input: input!, takes: opened.takes(name) };
}

function memberUnknown(member: string, at: Path): TroupeError {
  return new TroupeError("MEMBER_UNKNOWN", `The journal's plan names ${member}, who is not in the team`, {
    at,
    hint: "Put the member back into the team, or start a new thread.",
  });
}

/**
 * Fills in what this process alone knows of a record that was just made: time and spending. What is closed is live no more, and what it
 * still waits for is refused.
 */
function tell(record: RunRecord, lives: Map<Path, Live>): void {
  const { kind } = record;
  if (kind === "planned" || kind === "learnt") {
    const live = lives.get(kind === "planned" ? Path.owner(record.at) : record.at);
    if (live) Object.assign(record, spentBy(live));
    return;
  }
  if (kind !== "completed" && kind !== "failed" && kind !== "cancelled") return;
  const live = lives.get(record.at);
  if (!live) return;
  bill(record, live);
  if (kind === "cancelled") return;
  lives.delete(record.at);
  if (live.asked?.size || live.questions || live.keeping?.length) stop(live, hasEnded(record.at));
  if (kind === "completed" && live.engine !== undefined) Object.assign(record, { engine: live.engine });
}
