import { mediaOfRun } from "#media-of-run";
import type { RecordOf } from "../engine/record.js";
import { emptyState, type RunState } from "../engine/state.js";
import { TroupeError } from "../error/error.js";
import { messageOf } from "../error/message-of.js";
import { optionInvalid } from "../error/option-invalid.js";
import type { Graph } from "../graph/graph.js";
import { checkThread } from "../journal/check-thread.js";
import type { Entry, Hold, Journal } from "../journal/journal.js";
import { memoryJournal } from "../journal/memory.js";
import { UnnamedHold } from "../journal/unnamed-hold.js";
import { after, either, lastly, type Soon } from "../schema/after.js";
import { copyOf } from "../schema/copy-of.js";
import type { Json } from "../schema/json.js";
import { plainJson } from "../schema/plain-json.js";
import { carryOut } from "./carry-out.js";
import { checkedInput } from "./checked-input.js";
import type { TroupeEvent } from "./event.js";
import { eventQueue } from "./event-queue.js";
import { leavable } from "./leavable.js";
import { type Ledger, ledgerOf } from "./ledger.js";
import { ownMediaIn } from "./media-in.js";
import type { MediaOfRun } from "./media-of-run.js";
import { checkedRunOptions } from "./options.js";
import { patient } from "./patient.js";
import { type Ready, readyOf } from "./ready.js";
import { restored } from "./restored.js";
import type { CompileOptions, RunOptions } from "./run-options.js";
import { runSignal } from "./run-signal.js";
import { byRecords, type SoundJournal, soundJournal } from "./sound-journal.js";
import { threadUnknown } from "./thread-unknown.js";
import { type Trace, underTrace } from "./trace.js";
import { whileWanted } from "./while-wanted.js";

type Listen = (event: TroupeEvent) => void;
type Work<O> = (given: Partial<RunOptions>, listen: Listen | undefined) => Soon<O>;

/** What begins, continues and tells the runs of one graph in this process. */
export interface Runs<I, O> {
  /** Its output, at once where nothing of the run waits. Throws or rejects. */
  begin(input: I, given: Partial<RunOptions>): Soon<O>;
  resume(thread: string, given: Partial<RunOptions>): Soon<O>;
  /** `begin` and `resume` as the events they make; leaving the loop aborts the run. */
  events(input: I, given: Partial<RunOptions>): AsyncGenerator<TroupeEvent, O>;
  resumeEvents(thread: string, given: Partial<RunOptions>): AsyncGenerator<TroupeEvent, O>;
  ledger(thread: string): Promise<Ledger>;
}

/** What the runs of one graph share. */
interface Shared {
  readonly ready: Ready;
  /** Undefined where nobody asked for one. */
  readonly given: Journal | undefined;
  readonly journal: SoundJournal;
  readonly trace: Trace;
  /** Who listens to a thread's run now, so that what an earlier attempt of it still gives is heard. */
  readonly listening: Map<string, Listen>;
}

/** @throws TroupeError `GRAPH_INVALID`, `OPTION_INVALID` */
export function runsOf<I extends object, O extends object>(graph: Graph<I, O>, options: CompileOptions, trace: Trace): Runs<I, O> {
  const ready = readyOf(graph, options);
  const journal = soundJournal(options.journal ?? memoryJournal(() => ready.host.now()), graph.name);
  const shared: Shared = { ready, given: options.journal, journal, trace, listening: new Map() };
  /** Does what a run takes under one signal, which says why it ended. */
  const bounded =
    (work: Work<object>): Work<O> =>
    (given, listen) => {
      const own = checkedRunOptions(given);
      const bound = runSignal(graph.name, own, ready.host);
      return (bound ? lastly(() => work({ ...own, signal: bound.signal }, listen), bound.release) : work(own, listen)) as Soon<O>;
    };
  const beginning = (input: I) => bounded((given, listen) => begin(shared, input, given, listen));
  const resuming = (thread: string) => bounded((given, listen) => resume(shared, thread, given, listen));
  return {
    begin: (input, given) => beginning(input)(given, undefined),
    resume: (thread, given) => resuming(thread)(given, undefined),
    events: (input, given) => told(given, beginning(input)),
    resumeEvents: (thread, given) => told(given, resuming(thread)),
    async ledger(thread) {
      const entries = await journal.read(thread);
      if (!entries.length) throw threadUnknown(graph.name, thread);
      return byRecords(graph.name, thread, () => ledgerOf(entries));
    },
  };
}

function begin(shared: Shared, input: object, given: Partial<RunOptions>, listen: Listen | undefined): Soon<object> {
  const thread = given.thread ?? threadIn(given.configurable);
  if (thread === undefined && !shared.given) return alone(shared, input, given, listen);
  const { host } = shared.ready;
  return holding(shared, thread ?? host.uuid(), given.signal, async (hold, last) => {
    if (last.length && last.at(-1)?.kind !== "ended") {
      const { graph } = shared.ready;
      const hint = "Resume it, or take another thread.";
      throw new TroupeError("THREAD_UNFINISHED", `The last run of thread ${hold.thread} has not ended`, { graph: graph.name, hint });
    }
    const output = await first(shared, hold, (last[0]?.run ?? 0) + 1, host.uuid(), input, given, listen);
    await ownMediaIn(shared.ready.gives, output);
    return output;
  });
}

/** A run that nobody can name again leaves nothing behind in a journal that nobody was asked for, but for media that it gives. */
function alone(shared: Shared, input: object, given: Partial<RunOptions>, listen: Listen | undefined): Soon<object> {
  const { host, gives } = shared.ready;
  const hold = new UnnamedHold(host);
  // Whoever hears of its thread hears its key too; where nobody listens, nobody sees what is told apart by one.
  const key = listen && hold.thread;
  return either(
    () => first(shared, hold, 1, key, input, given, listen),
    (output) => after(ownMediaIn(gives, output), (media) => after(media ? undefined : hold.clear(), () => output)),
    (thrown) =>
      after(hold.clear(), () => {
        throw thrown;
      }),
  );
}

/** A run from its first record on. */
function first(
  shared: Shared,
  hold: Hold,
  run: number,
  key: string | undefined,
  input: object,
  given: Partial<RunOptions>,
  listen: Listen | undefined,
): Soon<object> {
  const { graph, data, hash, takes, limits, trust } = shared.ready;
  const media = mediaOfRun(limits, trust, hold);
  const open = (brought: object) => media.brought(takes, brought, given.signal);
  return after(whileWanted(checkedInput(graph, takes, input, limits, open), given.signal), (opened) => {
    const meta = given.meta === undefined ? {} : { meta: keptMeta(given.meta) };
    const first = { kind: "began", graph: data, hash, input: opened, ...meta, ...(key === undefined ? {} : { key }) } as const;
    return carry(shared, { hold, media, run, state: emptyState(), first, given, listen });
  });
}

function keptMeta(meta: unknown): Json {
  const refuse = (why: string, path: readonly string[] = []): never => {
    throw optionInvalid("invoke", ["meta", ...path].join("."), why, "Give plain JSON.");
  };
  try {
    return plainJson(meta, (what, path) => refuse(`is ${what}, which no journal keeps`, path));
  } catch (thrown) {
    if (thrown instanceof TroupeError) throw thrown;
    return refuse(`cannot be looked at: ${messageOf(thrown)}`);
  }
}

async function resume(shared: Shared, thread: string, given: Partial<RunOptions>, listen: Listen | undefined): Promise<object> {
  const { data, hash, takes, gives, limits, trust } = shared.ready;
  checkThread("resume", thread);
  const goneOn = async (hold: Hold, entries: readonly Entry[]): Promise<object> => {
    const state = restored(entries, { thread, graph: data, hash });
    const media = mediaOfRun(limits, trust, hold);
    const ended = state.ended?.output;
    // What a finished run gave stands, whatever became of its input's files.
    if (ended === undefined) await media.recalled(takes, state.input);
    if (listen) for (const entry of entries) listen(entry);
    const output =
      ended !== undefined
        ? (copyOf(ended) as object)
        : await carry(shared, { hold, media, run: entries[0]!.run, state, first: { kind: "resumed" }, given, listen });
    return media.handedOut(gives, output) as Promise<object>;
  };
  return holding(shared, thread, given.signal, goneOn, (last) => last?.kind === "ended" && last.output !== undefined);
}

/** A run that is about to be carried on from a state. */
interface Carried {
  readonly hold: Hold;
  readonly media: MediaOfRun;
  readonly run: number;
  readonly state: RunState;
  readonly first: RecordOf<"began"> | RecordOf<"resumed">;
  readonly given: Partial<RunOptions>;
  readonly listen: Listen | undefined;
}

function carry({ ready, trace, listening }: Shared, { first, given, hold, media, run, state, listen }: Carried): Soon<object> {
  const { services, signal, ...rest } = given;
  const input = first.kind === "began" ? first.input : state.input;
  return after(whileWanted(trace(ready.graph.name, input, rest), signal), (traced) => {
    const making = { ready, hold, media, run, state, listen, services, signal, trace, config: traced.config, listening };
    const work = () => underTrace(traced, signal, () => carryOut(making, first) as Soon<object>);
    if (!listen) return work();
    listening.set(hold.thread, listen);
    // A run that its journal held up may end after another has begun to tell of the thread.
    return lastly(work, () => listening.get(hold.thread) === listen && listening.delete(hold.thread));
  });
}

/** The thread that LangChain's config names; inside a LangGraph run it is that run's, which many nodes share. */
function threadIn(configurable: RunOptions["configurable"]): string | undefined {
  return configurable?.__pregel_task_id === undefined ? configurable?.thread_id : undefined;
}

/**
 * Works on a thread that is held, with the records of its last run. Where nothing can be written, on one that is not held, if `unwritten`
 * says by the last record that the work writes nothing.
 */
async function holding<T>(
  { journal, ready }: Shared,
  thread: string,
  signal: AbortSignal | undefined,
  work: (hold: Hold, last: readonly Entry[]) => Promise<T>,
  unwritten: (last: Entry | undefined) => boolean = () => false,
): Promise<T> {
  const kept = patient(journal, signal, ready.host);
  try {
    let hold: Hold;
    try {
      hold = await kept.hold(thread);
    } catch (error) {
      if ((error as Partial<TroupeError>).code !== "JOURNAL_UNWRITABLE") throw error;
      const last = await kept.read(thread).catch((): Entry[] => []);
      if (!unwritten(last.at(-1))) throw error;
      return await work(readOnlyHold(thread, journal, error), last);
    }
    try {
      return await work(hold, await kept.read(thread));
    } finally {
      // What came of the work counts; a thread that cannot be let go says so when it is next taken.
      await (async () => hold.release())().catch(() => {});
    }
  } finally {
    kept.end();
  }
}

/** Finds the bytes of a thread that cannot be taken, and keeps nothing. */
function readOnlyHold(thread: string, journal: SoundJournal, unwritable: unknown): Hold {
  const refuse = () => Promise.reject(unwritable);
  return { thread, append: refuse, store: refuse, find: (...given) => journal.find(thread, ...given), release: async () => {} };
}

/** A run as the events it makes; leaving the loop aborts it. */
function told<O>(given: Partial<RunOptions>, run: Work<O>): AsyncGenerator<TroupeEvent, O> {
  let own: Partial<RunOptions>;
  const signalOf = () => {
    own = checkedRunOptions(given);
    return own.signal;
  };
  return leavable(signalOf, async function* (signal) {
    const events = eventQueue<TroupeEvent>();
    const listen = (event: TroupeEvent) => events.push(copyOf(event));
    const outcome = (async () => run({ ...own, signal }, listen))().finally(events.end);
    outcome.catch(() => {}); // heard below, unless the listener leaves first
    try {
      yield* events;
      return await outcome;
    } finally {
      await outcome.catch(() => {});
    }
  });
}
