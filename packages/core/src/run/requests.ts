import { restart } from "../engine/engine.js";
import type { RunRecord } from "../engine/record.js";
import type { Command } from "../engine/state.js";
import { dataOf } from "../graph/data.js";
import { TroupeError } from "../graph/error.js";
import type { Graph } from "../graph/graph.js";
import type { Json } from "../graph/json.js";
import type { Stage } from "./context-for.js";
import { copyOf } from "./copy-of.js";
import { deferred } from "./deferred.js";
import type { OpenCall, OpenFrame } from "./job.js";
import { type Live, sumUsage } from "./live.js";
import type { SessionOptions } from "./session.js";

/** The part of a session that requests work on. */
export interface Requested {
  readonly options: SessionOptions;
  readonly live: ReadonlyMap<string, Live>;
  readonly frames: Map<string, OpenFrame>;
  readonly calls: Map<string, OpenCall>;
  readonly listen: Stage["listen"];
  /** Runs a step in its turn; it is left out once the run is over. */
  readonly enqueue: (step: () => Promise<void>) => Promise<void>;
  readonly take: (record: RunRecord) => Promise<void>;
  readonly obey: (commands: readonly Command[]) => Promise<void>;
}

/** What occurrences ask of a session while they run: calls, plans, graphs inside. Each takes its turn in the session's queue. */
export function requests({ options, live, frames, calls, listen, enqueue, take, obey }: Requested) {
  const { graph, hold, run, memory } = options;

  /** Takes a turn for an occurrence that asks for something; one that has ended meanwhile is refused. */
  const enqueueFor = async (occurrence: Live, step: () => Promise<void>): Promise<void> => {
    const { at, controller } = occurrence;
    let heard = false;
    await enqueue(async () => {
      heard = live.get(at) === occurrence;
      if (heard) await step();
    });
    if (!heard) throw controller.signal.reason ?? new DOMException(`${at} has ended`, "AbortError");
  };

  /** Opens a frame with a record, or takes up the one the journal has; gives what comes of it. */
  const open = async (
    occurrence: Live,
    owner: string,
    frame: Omit<OpenFrame, "outcome">,
    record: RunRecord | undefined,
  ): Promise<Record<string, unknown>> => {
    const outcome = deferred<Record<string, unknown>>();
    await enqueueFor(occurrence, async () => {
      frames.set(owner, { ...frame, outcome });
      await (record ? take(record) : obey(restart(memory.engine, owner)));
    });
    return outcome.promise;
  };

  /** The graph of a node is in the run's first record already; only one that a call brings is recorded with it. */
  const enter = (occurrence: Live, inner: Graph, input: Readonly<Record<string, Json>>) => {
    const { at } = occurrence;
    const graph =
      calls.has(at) || memory.engine.frames.get(at.slice(0, at.lastIndexOf("/")))?.kind === "plan" ? { graph: dataOf(inner) } : {};
    return open(occurrence, at, { graph: inner, input }, memory.values.has(at) ? undefined : { kind: "entered", at, input, ...graph });
  };

  const stage: Stage = {
    run: `${hold.thread}/${run}`,
    models: options.models,
    services: options.services,
    limits: options.limits,
    trust: options.trust,
    config: options.config,
    listen,
    async call(occurrence, key, specialist, input) {
      const at = `${occurrence.at}/${key}`;
      if (key === "" || /[/@#[\]]/.test(key) || occurrence.keys.has(key)) {
        const what = occurrence.keys.has(key) ? `The key ${key} is used twice` : `The key "${key}" is empty or holds one of / @ # [ ]`;
        const hint = "Give every ctx.call of an occurrence a name of its own.";
        throw new TroupeError("KEY_INVALID", what, { graph: graph.name, at: occurrence.at, hint });
      }
      occurrence.keys.add(key);
      const known = memory.results.get(at);
      if (known !== undefined) return copyOf(known) as object;
      const outcome = deferred<object>();
      const given = copyOf(input);
      await enqueueFor(occurrence, async () => {
        calls.set(at, { specialist, input: () => given, outcome });
        await take({ kind: "called", at, specialist: specialist.name });
      });
      return outcome.promise;
    },
    async plan(occurrence, make, members, input) {
      const at = `${occurrence.at}#${++occurrence.plans}`;
      if (memory.plans.has(at)) return open(occurrence, at, { members, input }, undefined);
      const { plan, by, notes } = await make();
      const usage = sumUsage(occurrence.usage);
      occurrence.usage = [];
      return open(occurrence, at, { members, input }, { kind: "planned", at, plan, by, notes, usage });
    },
  };

  return { stage, enter };
}
