import { mediaOfRun } from "#media-of-run";
import { check } from "../check/check.js";
import { say } from "../check/form/finding.js";
import { analyse } from "../engine/analysis.js";
import { emptyState, type RunState } from "../engine/state.js";
import { copyOf } from "../graph/copy-of.js";
import { dataOf } from "../graph/data.js";
import { TroupeError } from "../graph/error.js";
import type { Graph } from "../graph/graph.js";
import type { Issue } from "../graph/issue.js";
import { checkThread } from "../journal/check-thread.js";
import { hashOf } from "../journal/hash.js";
import type { Hold, Journal } from "../journal/journal.js";
import { memoryJournal } from "../journal/memory.js";
import { limitsOf } from "../limits/limits.js";
import { optionInvalid } from "../limits/option-invalid.js";
import { trustOf } from "../limits/trust.js";
import { elsewhereIn } from "../marks/elsewhere.js";
import { graphFlow } from "../marks/graph-flow.js";
import { passageOf } from "../marks/passage.js";
import { checkTeams } from "../plan/check-teams.js";
import { fieldsSchema } from "../specialist/specialist.js";
import type { App, CompileOptions, RunOptions } from "./app.js";
import { bindModels } from "./bound-models.js";
import { traced } from "./callbacks.js";
import { checkBound } from "./check-bound.js";
import { checkedInput } from "./checked-input.js";
import type { TroupeEvent } from "./event.js";
import { eventQueue } from "./event-queue.js";
import { inProcess } from "./in-process.js";
import { either, leavable } from "./leavable.js";
import { ledgerOf } from "./ledger.js";
import { ownMediaIn } from "./media-in.js";
import type { MediaOfRun } from "./media-of-run.js";
import { checkCompileOptions, checkRunOptions } from "./options.js";
import { restored } from "./restored.js";
import { runSignal } from "./run-signal.js";
import { readable, runnable, runnableGraph } from "./runnable.js";
import { type StreamMode, streamed, streamModes } from "./streamed.js";

type Listen = (event: TroupeEvent) => void;

/**
 * A graph made ready to run in this process.
 * @throws TroupeError `GRAPH_INVALID` with every issue `check` finds, or else `checkTeams`, `OPTION_INVALID` for options that are unknown or not of their form.
 * @example
 * const app = compile(graph, { models: { default: model("ollama:llama3.1") }, journal: fileJournal("journal.db") });
 * const { reply } = await app.invoke({ ticket: "It crashes" });
 */
export function compile<I extends object, O extends object>(graph: Graph<I, O>, options: CompileOptions = {}): App<I, O> {
  const wrong = check(graph);
  refuse(graph, wrong.length ? wrong : checkTeams(graph));
  checkCompileOptions(options);
  const models = bindModels(options.models);
  const elsewhere = elsewhereIn(models);
  refuse(graph, checkBound(graph, models));
  const limits = limitsOf(options.limits);
  const trust = trustOf(options.trust);
  const takes = fieldsSchema(graph, graph.input);
  const gives = fieldsSchema(graph, graph.output);
  const data = dataOf(graph);
  const flow = graphFlow(graph, (specialist) => passageOf(specialist, elsewhere));
  const hash = hashOf(data);
  const journal = options.journal ?? memoryJournal();
  /** Who listens to a thread's run now, so that what an earlier attempt of it still gives is heard. */
  const listening = new Map<string, Listen>();

  const carry = async (
    hold: Hold,
    media: MediaOfRun,
    run: number,
    state: RunState,
    first: Parameters<typeof inProcess>[1],
    { services, signal, ...rest }: Partial<RunOptions>,
    listen: Listen | undefined,
  ): Promise<O> => {
    const trace = await traced(graph.name, first.kind === "began" ? first.input : state.input, rest);
    try {
      const making = {
        graph,
        flow,
        gives,
        hold,
        run,
        state,
        models,
        elsewhere,
        services,
        limits,
        trust,
        media,
        timeout: options.timeout,
        config: trace.config,
        listen,
        late: (event: TroupeEvent) => listening.get(hold.thread)?.(event),
        signal,
      };
      if (listen) listening.set(hold.thread, listen);
      const output = (await inProcess(making, first)) as O;
      await trace.done(output);
      return output;
    } catch (error) {
      await trace.failed(error);
      throw error;
    } finally {
      listening.delete(hold.thread);
    }
  };

  /** Does what a run takes under one signal, which says why it ended. */
  const bounded = async (given: Partial<RunOptions>, work: (bound: Partial<RunOptions>) => Promise<O>): Promise<O> => {
    checkRunOptions(given);
    const { signal, release } = runSignal(graph.name, given);
    return work(signal ? { ...given, signal } : given).finally(release);
  };

  const start = async (input: I, given: Partial<RunOptions>, listen: Listen | undefined): Promise<O> => {
    const thread = given.thread ?? threadIn(given.configurable);
    // A run nobody can name again leaves nothing behind in a journal that nobody was asked for.
    const alone = thread === undefined && !options.journal;
    const book: Journal = alone ? memoryJournal() : journal;
    const work = async (hold: Hold) => {
      const last = await book.read(hold.thread);
      if (last.length && last.at(-1)!.kind !== "ended") {
        throw new TroupeError("THREAD_UNFINISHED", `The last run of thread ${hold.thread} has not ended`, {
          graph: graph.name,
          hint: `Resume it, or take another thread.`,
        });
      }
      const media = mediaOfRun(limits, trust, hold);
      const opened = await checkedInput(graph, takes, input, limits, media, given.signal);
      const meta = given.meta === undefined ? {} : { meta: given.meta };
      return carry(
        hold,
        media,
        (last[0]?.run ?? 0) + 1,
        emptyState(),
        { kind: "began", graph: data, hash, input: opened, ...meta, key: crypto.randomUUID() },
        given,
        listen,
      );
    };
    let kept = false;
    try {
      const output = await holding(book, thread ?? crypto.randomUUID(), work);
      kept = (await ownMediaIn(gives, output)) > 0;
      return output;
    } finally {
      if (alone && !kept) await book.close();
    }
  };

  const resume = async (thread: string, given: Partial<RunOptions>, listen: Listen | undefined): Promise<O> => {
    checkThread("resume", thread);
    return holding(journal, thread, async (hold) => {
      const entries = await journal.read(thread);
      const state = restored(entries, { thread, graph: data, hash });
      const media = mediaOfRun(limits, trust, hold);
      await media.recalled(takes, state.input);
      if (listen) for (const entry of entries) listen(entry);
      const output =
        state.ended?.output !== undefined
          ? (copyOf(state.ended.output) as O)
          : await carry(hold, media, entries[0]!.run, state, { kind: "resumed" }, given, listen);
      await ownMediaIn(gives, output);
      return output;
    });
  };

  const begin = (input: I, given: Partial<RunOptions>, listen: Listen | undefined) =>
    bounded(given, (bound) => start(input, bound, listen));
  const goOn = (thread: string, given: Partial<RunOptions>, listen: Listen | undefined) =>
    bounded(given, (bound) => resume(thread, bound, listen));
  const invoke = async (input: I, given: Partial<RunOptions> = {}) => begin(input, given, undefined);
  const events = (input: I, given: Partial<RunOptions> = {}) => told(given, (bound, listen) => begin(input, bound, listen));
  const whole = runnable<I, O, RunOptions>(graph.name, invoke);
  const stream = async (input: I, { streamMode, ...given }: Partial<RunOptions> & { streamMode?: StreamMode | StreamMode[] } = {}) => {
    if (streamMode === undefined) return whole.stream(input, given);
    const wrong = [streamMode].flat().find((one) => !streamModes.includes(one));
    if (wrong !== undefined || streamMode.length === 0)
      throw optionInvalid("stream", "streamMode", `is ${say(wrong ?? streamMode)}`, `Give ${streamModes.join(", ")}, or a list of them.`);
    return readable(leavable((left) => streamed(graph, events(input, { ...given, signal: either(given.signal, left) }), streamMode)));
  };

  return Object.freeze({
    ...whole,
    graph,
    events,
    stream,
    resume: async (thread: string, given: Partial<RunOptions> = {}) => goOn(thread, given, undefined),
    resumeEvents: (thread: string, given: Partial<RunOptions> = {}) => told(given, (bound, listen) => goOn(thread, bound, listen)),
    ledger: async (thread: string) => ledgerOf(await journal.read(thread)),
    getGraph: () => runnableGraph(analyse(data)),
  }) as App<I, O>;
}

function refuse(graph: Graph, issues: readonly Issue[]): void {
  if (issues.length === 0) return;
  const name: unknown = Object(graph).name;
  throw new TroupeError("GRAPH_INVALID", `The graph has ${issues.length} ${issues.length === 1 ? "issue" : "issues"}`, {
    ...(typeof name === "string" ? { graph: name } : {}),
    issues,
  });
}

/** The thread that LangChain's config names; inside a LangGraph run it is that run's, which many nodes share. */
function threadIn(configurable: RunOptions["configurable"]): string | undefined {
  return configurable?.__pregel_task_id === undefined ? configurable?.thread_id : undefined;
}

async function holding<T>(journal: Journal, thread: string, work: (hold: Hold) => Promise<T>): Promise<T> {
  const hold = await journal.hold(thread);
  try {
    return await work(hold);
  } finally {
    // What came of the work counts; a thread that cannot be let go says so when it is next taken.
    await hold.release().catch(() => {});
  }
}

/** A run as the events it makes; leaving the loop aborts it. */
function told<O>(
  given: Partial<RunOptions>,
  run: (bound: Partial<RunOptions>, listen: Listen | undefined) => Promise<O>,
): AsyncGenerator<TroupeEvent, O> {
  return leavable(async function* (left) {
    checkRunOptions(given);
    const events = eventQueue<TroupeEvent>();
    const outcome = run({ ...given, signal: either(given.signal, left) }, (event) => events.push(copyOf(event))).finally(events.end);
    outcome.catch(() => {}); // heard below, unless the listener leaves first
    try {
      yield* events;
      return await outcome;
    } finally {
      await outcome.catch(() => {});
    }
  });
}
