import type { RunnableConfig } from "@langchain/core/runnables";
import type { Spent } from "../engine/record.js";
import type { Label, Labels, Way } from "../graph/label.js";
import { addCpuTime } from "../model/cpu-time.js";
import type { Usage } from "../model/model.js";
import { addTokens } from "../model/price.js";
import type { Specialist } from "../specialist/specialist.js";
import type { Traced } from "./callbacks.js";
import type { Claim } from "./energy/meter.js";
import type { Memo } from "./replay/memo.js";

/** A value, and what is known of it. */
export interface Held {
  readonly value: unknown;
  readonly label: Label;
}

/** An occurrence under way in this process. */
export interface Live {
  readonly at: string;
  /** The node's, or of a call and a task the specialist's. */
  readonly name: string;
  readonly attempt: number;
  /** By a clock that nobody sets back. */
  readonly startedAt: number;
  readonly controller: AbortController;
  /** LangChain's config for what it calls, or what its caller was given until its own run is told to callbacks. */
  config: RunnableConfig;
  /** Its run as callbacks hear of it, once it has taken its input. */
  trace?: Traced;
  /** What its models took since the last record that told it. */
  usage: Usage[];
  /** Its part of what this process computes; undefined where no process tells. */
  readonly claim: Claim | undefined;
  engine?: string;
  readonly specialist: Specialist;
  /** What is known of where its input comes from. */
  readonly takes: Labels;
  /** Values that it was given or got, with what is known of them. */
  readonly held: Held[];
  /** The way of something private that it has seen. */
  private?: Way;
  /** What the attempts before it learnt, and what it has learnt itself. */
  readonly memo: Memo;
  /** Keys of `ctx.call` used so far, and plans made so far. */
  readonly keys: Set<string>;
  plans: number;
}

/** What an occurrence spent since this was last asked, for the record that tells it. */
export function spentBy(live: Live): Spent {
  const usage = sumUsage(live.usage);
  live.usage = [];
  const cpu = live.claim?.taken();
  return cpu?.ms ? { usage, cpu } : { usage };
}

/** What a closing record says of an occurrence beside its outcome. */
export function closing(live: Live): Spent & { readonly ms: number } {
  live.claim?.end();
  return { ms: Math.round(performance.now() - live.startedAt), ...spentBy(live) };
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
