import type { RunnableConfig } from "@langchain/core/runnables";
import type { RecordOf, RunRecord } from "../engine/record.js";
import type { Command } from "../engine/state.js";
import { TroupeError } from "../graph/error.js";
import type { Graph } from "../graph/graph.js";
import type { Json } from "../graph/json.js";
import type { Labels } from "../graph/label.js";
import { validate } from "../graph/schema.js";
import type { Hold } from "../journal/journal.js";
import type { Limits } from "../limits/limits.js";
import type { Trust } from "../limits/trust.js";
import type { Elsewhere } from "../marks/elsewhere.js";
import { graphFlow } from "../marks/graph-flow.js";
import { ordersIn } from "../marks/orders-in.js";
import { passageOf } from "../marks/passage.js";
import { passed } from "../marks/passed.js";
import { fieldsSchema, type Specialist } from "../specialist/specialist.js";
import type { BoundModels } from "./bound-models.js";
import { contextFor } from "./context-for.js";
import { copyOf } from "./copy-of.js";
import { deferred } from "./deferred.js";
import { processMeter } from "./energy/process-meter.js";
import type { TroupeEvent } from "./event.js";
import { asError, failureOf } from "./failure.js";
import { argumentsOf, defined, jobOf, type OpenCall, type OpenFrame } from "./job.js";
import { closing, type Live } from "./live.js";
import type { MediaOfRun } from "./media-of-run.js";
import { type Memory, remember } from "./memory.js";
import { type Performing, perform } from "./perform.js";
import { memoOf } from "./replay/memo.js";
import { hasEnded, requests } from "./requests.js";
import { seenBy } from "./seen.js";
import { readValue } from "./values.js";
import { whereNext } from "./where-next.js";

/** What a run is made with. */
export interface SessionOptions {
  readonly graph: Graph;
  readonly hold: Hold;
  readonly run: number;
  /** Empty, or folded from the journal's records. */
  readonly memory: Memory;
  readonly models: BoundModels;
  /** Which of them do not run on this machine. */
  readonly elsewhere: Elsewhere;
  readonly timeout?: number | undefined;
  readonly services?: unknown;
  readonly limits: Limits;
  readonly trust: Trust;
  readonly media: MediaOfRun;
  readonly signal?: AbortSignal | undefined;
  /** LangChain's config for what occurrences call. */
  readonly config: RunnableConfig;
  readonly listen: (event: TroupeEvent) => void;
}

type Start = Extract<Command, { kind: "start" }>;

/**
 * Carries one run to its end: does what the engine commands, and feeds back what came of it. Everything goes through one queue, so that
 * the journal's order is the order in which the engine sees it. Rejects with the run's first failure, or the signal's reason.
 */
export function runSession(options: SessionOptions, first: RecordOf<"began"> | RecordOf<"resumed">): Promise<Json> {
  const { graph, hold, run, memory, listen } = options;
  const live = new Map<string, Live>();
  const passage = (specialist: Specialist) => passageOf(specialist, options.elsewhere);
  const { fields, takes } = graphFlow(graph, passage);
  const frames = new Map<string, OpenFrame>([["", { graph, input: {}, takes, outcome: deferred() }]]);
  const calls = new Map<string, OpenCall>();
  const errors = new Map<string, TroupeError>();
  const outcome = deferred<Json>();
  let tail: Promise<unknown> = Promise.resolve();
  let over = false;

  const enqueue = (step: () => Promise<void>): Promise<void> => {
    const turn = tail.then(() => (over ? undefined : step())).catch(stop);
    tail = turn;
    return turn;
  };

  const said = new Set<string>();
  /** Says in the journal which texts that nobody vouches for read like orders, each once. */
  const flag = async (at: string, values: Json, labels: Labels): Promise<void> => {
    for (const [field, value] of Object.entries(Object(values))) {
      const orders = labels[field]?.untrusted && ordersIn(value);
      if (!orders || said.has(orders)) continue;
      said.add(orders);
      await take({ kind: "flagged", at, what: "instructions", way: [at === "" ? field : `${at}.${field}`], said: orders });
    }
  };

  const take = async (record: RunRecord): Promise<void> => {
    for (const entry of await hold.append(run, [record])) listen(entry);
    await obey(remember(memory, record));
  };

  const obey = async (commands: readonly Command[]): Promise<void> => {
    for (const command of [...commands].sort((a, b) => rankOf(b) - rankOf(a))) {
      if (over) return;
      if (command.kind === "start") await startOccurrence(command);
      else if (command.kind === "quiet") await quiet(command.at);
      else await failFrame(command);
    }
  };

  const startOccurrence = async (start: Start): Promise<void> => {
    const { at, owner, name } = start;
    const attempt = (memory.attempts.get(at) ?? 0) + 1;
    const job = calls.get(at) ?? jobOf(start, frames.get(owner)!, memory);
    const caller = live.get(callerOf(at, owner));
    const occurrence: Live = {
      at,
      name: frames.get(owner)?.graph && owner !== at ? name : job.specialist.name,
      attempt,
      startedAt: performance.now(),
      controller: new AbortController(),
      config: caller?.config ?? options.config,
      usage: [],
      claim: processMeter()?.occurrence(caller?.claim),
      ...seenBy(job),
      memo: memoOf(memory.learnt.get(at), memory.key, () => loosen(occurrence)),
      keys: new Set(),
      plans: 0,
    };
    live.set(at, occurrence);
    await take({ kind: "started", at, attempt, specialist: job.specialist.name });
    if (!live.has(at)) return;
    void perform(occurrence, job, performing).then(
      (output) => settle(occurrence, owner, name, { output }),
      (thrown) => settle(occurrence, owner, name, { error: asError(thrown, at, graph.name) }),
    );
  };

  /** An occurrence has answered or failed: what it left running is cancelled, its rule is evaluated, and it is closed in the journal. */
  const settle = (occurrence: Live, owner: string, name: string, result: { output: Json } | { error: TroupeError }): Promise<void> =>
    enqueue(async () => {
      const { at } = occurrence;
      occurrence.claim?.end();
      if (!live.delete(at)) return;
      await cancelInside(at, () => ("error" in result ? result.error : hasEnded(at)));
      const closed = "error" in result ? result : routed(owner, name, at, result.output);
      const call = calls.get(at);
      calls.delete(at);
      for (const key of frames.keys()) if (inside(key, at)) frames.delete(key);
      if ("error" in closed) {
        errors.set(at, closed.error);
        await take({ kind: "failed", at, error: failureOf(closed.error), ...closing(occurrence) });
        call?.outcome.reject(closed.error);
      } else {
        await flag(at, closed.output, passed(name, passage(occurrence.specialist), occurrence.takes));
        await take({
          kind: "completed",
          at,
          ...closed,
          ...closing(occurrence),
          ...(occurrence.engine === undefined ? {} : { engine: occurrence.engine }),
        });
        call?.outcome.resolve(copyOf(closed.output) as object);
      }
    });

  const routed = (owner: string, name: string, at: string, output: Json) => {
    const values = memory.values.get(owner);
    if (!values || calls.has(at)) return { output };
    try {
      return { output, next: whereNext(values, frames.get(owner)!.graph!, name, output as Record<string, Json>) };
    } catch (thrown) {
      return { error: asError(thrown, at, graph.name) };
    }
  };

  /** A frame failed: what runs in it is cancelled, and who waits for it hears the first failure. */
  const failFrame = async ({ at, cause, cancel }: Extract<Command, { kind: "fail" }>): Promise<void> => {
    const error = errors.get(cause)!;
    for (const other of cancel) await cancelInside(other, () => error);
    if (at !== "") return frames.get(at)?.outcome.reject(error);
    await end({ error });
  };

  /** Cancels an occurrence and all that runs inside it, where they are still under way. */
  const cancelInside = async (at: string, reason: () => unknown): Promise<void> => {
    for (const [key, occurrence] of [...live]) {
      if (!inside(key, at)) continue;
      live.delete(key);
      occurrence.controller.abort(reason());
      await take({ kind: "cancelled", at: key, ...closing(occurrence) });
    }
  };

  const quiet = async (at: string): Promise<void> => {
    const frame = frames.get(at);
    if (!frame) return;
    if (!frame.graph) return frame.outcome.resolve(argumentsOf(memory.plans.get(at)!.output, at, frame, memory));
    const { graph: opened } = frame;
    const values = memory.values.get(at)!;
    let output: Record<string, unknown>;
    try {
      output = defined(opened.output.map((field) => [field, readValue(values, field, opened.reducers)] as const));
    } catch (thrown) {
      const error = asError(thrown, at, graph.name);
      return at === "" ? end({ error }) : frame.outcome.reject(error);
    }
    if (at !== "") return frame.outcome.resolve(output);
    const checked = await validate(fieldsSchema(graph, graph.output), output);
    if (!("problems" in checked)) return end({ output: checked.value as Json });
    const what = `The run ended without a valid result: ${checked.problems.join("; ")}`;
    const hint = "Let every way to the end write the graph's output fields; `check` names the ways that do not.";
    await end({ error: new TroupeError("RESULT_INVALID", what, { graph: graph.name, hint }) });
  };

  const end = async (result: { output: Json } | { error: TroupeError }): Promise<void> => {
    await take({ kind: "ended", ...("error" in result ? { error: failureOf(result.error) } : result) });
    if ("error" in result) return stop(result.error);
    over = true;
    outcome.resolve(copyOf(result.output));
  };

  /** Ends the run here and now: nothing more is journalled, and all that works for it is aborted. */
  function stop(reason: unknown): void {
    if (over) return;
    over = true;
    for (const { controller, claim } of live.values()) {
      controller.abort(reason);
      claim?.end();
    }
    for (const { outcome } of [...frames.values(), ...calls.values()]) outcome.reject(reason);
    outcome.reject(reason);
  }

  const tell = (event: TroupeEvent): void => {
    if (!over) listen(event);
  };
  const { stage, enter, leaving, loosen } = requests({ options, live, frames, calls, listen: tell, enqueue, take, obey });
  const performing: Performing = {
    graph: graph.name,
    timeout: options.timeout,
    limits: options.limits,
    media: options.media,
    context: (occurrence) => contextFor(stage, occurrence),
    enter,
    leaving,
  };

  const { signal } = options;
  // The work stops at once; the records of it follow in their turn.
  const abort = () => {
    void enqueue(async () => {
      for (const at of [...live.keys()]) await cancelInside(at, () => signal!.reason);
      stop(signal!.reason);
    });
    for (const { controller } of live.values()) controller.abort(signal!.reason);
  };
  if (signal?.aborted) abort();
  else signal?.addEventListener("abort", abort, { once: true });

  void enqueue(async () => {
    await take(first);
    if (first.kind === "began") await flag("", first.input, Object.fromEntries(fields));
  });
  return outcome.promise.finally(async () => {
    signal?.removeEventListener("abort", abort);
    await tail;
  });
}

const rankOf = (command: Command): number => ("rank" in command ? command.rank : 0);

/** The occurrence that opened the frame of `owner`, or, for a call, that called; "" for the run itself. */
const callerOf = (at: string, owner: string): string => (owner === at ? at.slice(0, at.lastIndexOf("/")) : owner.replace(/#\d+$/, ""));

/** Whether an occurrence or a frame is that of `at`, or runs inside it. */
const inside = (key: string, at: string): boolean => key === at || key.startsWith(`${at}/`) || key.startsWith(`${at}#`);
