import type { RunnableConfig } from "@langchain/core/runnables";
import { hasEnded } from "../engine/message.js";
import type { RecordOf, Spent } from "../engine/record.js";
import type { Graph } from "../graph/graph.js";
import { addCpuTime } from "../model/cpu-time.js";
import type { Usage } from "../model/model.js";
import { addTokens } from "../model/price.js";
import type { Path } from "../path/path.js";
import type { Labels, Way } from "../schema/label.js";
import type { Specialist } from "../specialist/specialist.js";
import { deferred } from "./deferred.js";
import type { Claim } from "./energy/meter.js";
import { expected } from "./expected.js";
import type { Held, HeldParts } from "./held-parts.js";
import type { Host } from "./host.js";
import type { Job } from "./job.js";
import type { Memo } from "./replay/memo.js";
import type { Traced } from "./trace.js";

/** What a frame that an occurrence opened is carried out with. */
export interface OpenedGraph {
  readonly graph: Graph;
  /** What is known of what a node of it is given. */
  readonly takes: (name: string) => Labels;
}
export interface OpenedPlan {
  readonly members: readonly Specialist[];
  readonly takes: (name: string) => Labels;
}

/** Something that an occurrence asked for and waits for. */
export interface Asked {
  readonly opened: OpenedGraph | OpenedPlan | Job;
  readonly promise: Promise<Record<string, unknown>>;
  readonly answer: (output: Record<string, unknown>) => void;
  readonly refuse: (error: unknown) => void;
  /** Nobody waits for it any more. */
  readonly drop: (reason: unknown) => void;
}

/** What is heard as soon as it is there. */
export function atOnce(opened: Asked["opened"]): Asked {
  const { promise, resolve, reject } = deferred<Record<string, unknown>>();
  return { opened, promise, answer: resolve, refuse: reject, drop: reject };
}

/** An attempt at an occurrence under way in this process. */
export interface Live {
  readonly at: Path;
  /** The node's, or of a call and a task the specialist's. */
  readonly name: string;
  readonly attempt: number;
  readonly host: Host;
  /** By the host's clock that nobody sets back. */
  readonly startedAt: number;
  /** Since when its answer waits for its turn. */
  endedAt: number | undefined;
  /** Made when somebody first listens. */
  controller: AbortController | undefined;
  /** Why it was stopped. */
  stopped: { readonly reason: unknown } | undefined;
  /** LangChain's config for what it calls, or what its caller was given until its own run is told to callbacks. */
  config: RunnableConfig;
  /** Its run as callbacks hear of it, once it has taken its input. */
  trace: Traced | undefined;
  /** Calls off the end of its time. */
  inTime: (() => void) | undefined;
  /** What its models took since the last record that told it; made when one is first asked. */
  usage: Usage[] | undefined;
  /** Its part of what this process computes; undefined where no process tells. */
  readonly claim: Claim | undefined;
  engine: string | undefined;
  /** What its model answered, which was held to its output's schema as it came. */
  answered: unknown;
  readonly specialist: Specialist;
  /** What is known of where its input comes from. */
  readonly takes: Labels;
  /** Values that it was given or got, with what is known of them. */
  held: Held[] | undefined;
  /** The parts of those that are trusted, and of those that are public; made when somebody first asks what is known of a value. */
  trusted: HeldParts | undefined;
  public: HeldParts | undefined;
  /** The way of something private that it has seen. */
  private: Way | undefined;
  /** Keys of `ctx.call` used so far, and plans made so far. */
  keys: Set<string> | undefined;
  plans: number;
  /** What it asked for, by place. */
  asked: Map<Path, Asked> | undefined;
  /** How many of its questions to models are still worked on. */
  questions: number;
  /** How many answers of models it was told pieces of. */
  answers: number;
  /** Who hears that what it learnt is kept, in order. */
  keeping: { readonly kept: () => void; readonly refused: (reason: unknown) => void }[] | undefined;
  /** What the attempts before it learnt, and what it has learnt itself; made when it first asks for anything. */
  memo: Memo | undefined;
}

/** Its signal, which is made when it is first asked for: most occurrences never are. */
export function signalOf(live: Live): AbortSignal {
  if (!live.controller) {
    live.controller = new AbortController();
    if (live.stopped) live.controller.abort(live.stopped.reason);
  }
  return live.controller.signal;
}

/** Stops an occurrence's work, and answers all that it waits for. */
export function stop(live: Live, reason: unknown): void {
  if (live.stopped) return;
  live.stopped = { reason };
  finish(live);
  live.controller?.abort(reason);
  for (const { drop } of live.asked?.values() ?? []) drop(reason);
  for (const { refused } of live.keeping?.splice(0) ?? []) refused(reason);
}

/** Its work is over: it takes no more time. */
export function finish(live: Live): void {
  live.endedAt ??= timeOf(live);
  live.inTime?.();
  live.claim?.end();
  live.memo?.end();
}

/** What ends an occurrence does not fail at its host's clock; whoever begins or completes one is told. */
function timeOf({ host, startedAt }: Live): number {
  try {
    return host.elapsed();
  } catch {
    return startedAt;
  }
}

/** Why an occurrence can ask for nothing more; undefined while it can. */
export function overOf({ at, stopped, endedAt }: Live): { readonly reason: unknown } | undefined {
  return stopped ?? (endedAt === undefined ? undefined : { reason: hasEnded(at) });
}

/** What has ended is refused. */
export function refuseOver(live: Live): void {
  const over = overOf(live);
  if (over) throw over.reason;
}

const none: readonly Usage[] = Object.freeze([]);

/** What an occurrence spent since this was last asked, for the record that tells it. */
export function spentBy(live: Live): Spent {
  const usage = live.usage ? sumUsage(live.usage) : none;
  live.usage = undefined;
  const cpu = live.claim?.taken();
  return cpu?.ms ? { usage, cpu } : { usage };
}

/** Writes into a closing record what its occurrence took beside its outcome. */
export function bill(record: RecordOf<"completed" | "failed" | "cancelled">, live: Live): void {
  finish(live);
  Object.assign(record, spentBy(live), { ms: Math.round(expected(live.endedAt, "end") - live.startedAt) });
}

/** Sums usages by model. */
export function sumUsage(usages: Iterable<Usage>): Usage[] {
  const sums = new Map<string, Usage>();
  for (const usage of usages) {
    const sum = sums.get(usage.model);
    sums.set(usage.model, sum ? add(sum, usage) : usage);
  }
  return [...sums.values()];
}

function add(a: Usage, b: Usage): Usage {
  const unpriced = (a.unpriced ?? 0) + (b.unpriced ?? 0);
  return {
    model: a.model,
    calls: a.calls + b.calls,
    ...addTokens(a, b),
    ms: a.ms + b.ms,
    cost: a.cost + b.cost,
    ...(unpriced ? { unpriced } : {}),
    ...(a.cpu && b.cpu ? { cpu: addCpuTime(a.cpu, b.cpu) } : {}),
  };
}
