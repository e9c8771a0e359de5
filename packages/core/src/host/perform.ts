import { TroupeError } from "../error/error.js";
import type { Graph } from "../graph/graph.js";
import type { Limits } from "../limits/limits.js";
import { mediaSchemaOf } from "../media/open-all.js";
import { after, type Soon } from "../schema/after.js";
import type { Json } from "../schema/json.js";
import { plainJson } from "../schema/plain-json.js";
import type { Validated } from "../schema/schema.js";
import type { Context } from "../specialist/context.js";
import { checkedOutput } from "./checked-output.js";
import { heldInput } from "./held-input.js";
import type { Job } from "./job.js";
import { type Live, refuseOver, signalOf } from "./live.js";
import type { MediaOfRun } from "./media-of-run.js";
import { hold } from "./seen.js";
import type { Trace } from "./trace.js";
import { withTools } from "./with-tools.js";

type JsonObject = Record<string, Json>;

/** What performing needs of its host. */
export interface Performing {
  /** Name of the run's graph, for errors. */
  readonly graph: string;
  readonly limits: Limits;
  readonly media: MediaOfRun;
  readonly trace: Trace;
  context(live: Live): Context;
  /** Hears that an attempt which was stopped gave something all the same. */
  late(live: Live): void;
  /** Refuses an output of code that is private and does not say so. */
  leaving(live: Live, output: unknown): void;
  /** Runs a graph inside an occurrence. */
  enter(live: Live, graph: Graph, input: Readonly<Record<string, Json>>): Promise<Record<string, unknown>>;
}

/**
 * Runs one occurrence's specialist, its input and output held to their schemas. What it gives at once is there at once.
 * @throws TroupeError `INPUT_INVALID`, those of `openMedia` and `checkedOutput`, and what the specialist throws
 */
export function perform(live: Live, { specialist, input }: Job, host: Performing): Soon<Json> {
  const schema = specialist.input;
  const given = mediaSchemaOf(schema) ? host.media.given(schema, input, signalOf(live)) : input;
  return after(given, (opened) => after(heldInput(schema, opened as object), (checked) => taken(live, checked, host)));
}

/** An occurrence has taken its input: callbacks hear of it, and its work begins. */
function taken(live: Live, checked: Validated, host: Performing): Soon<Json> {
  if ("problems" in checked) return refuse(live, checked.problems.join("; "), host);
  const input = checked.value as Record<string, unknown>;
  hold(live, input, live.takes);
  if (!live.config.callbacks) return after(work(live, input, host), (output) => gave(live, output, input, host));
  return tracedWork(live, input, host);
}

async function tracedWork(live: Live, input: Record<string, unknown>, host: Performing): Promise<Json> {
  const trace = await host.trace(live.name, input, live.config, live.at);
  if (live.stopped) {
    await trace.failed(live.stopped.reason);
    throw live.stopped.reason;
  }
  live.trace = trace;
  live.config = trace.config;
  const output = await gave(live, await work(live, input, host), input, host);
  if (!live.stopped) await trace.done(output as object);
  return output;
}

/** The specialist's work, which the run's host has done where it has a say in it. An attempt that is over begins none. */
function work(live: Live, input: Record<string, unknown>, performing: Performing): unknown {
  const { at, attempt, name, specialist, host } = live;
  refuseOver(live);
  if (!host.perform) return ownWork(live, input, performing);
  const own = once(() => {
    refuseOver(live);
    return ownWork(live, input, performing);
  });
  return host.perform({ at, attempt, name, specialist, input, signal: signalOf(live) }, own);
}

/** Work that whoever asks for it again is given, or thrown, the same of. */
function once<T>(work: () => T): () => T {
  let outcome: (() => T) | undefined;
  return () => {
    try {
      if (!outcome) {
        const value = work();
        outcome = () => value;
      }
    } catch (thrown) {
      outcome = () => {
        throw thrown;
      };
    }
    return outcome();
  };
}

function ownWork(live: Live, input: Record<string, unknown>, host: Performing): Soon<unknown> {
  const { specialist } = live;
  const { graph, run, prompt, model = "default", output: schema } = specialist;
  if (graph) {
    const plain = plainJson(input, (what, path) => refuse(live, `${path.join(".")}: ${what} cannot be kept in a journal`, host));
    return host.enter(live, graph, plain as JsonObject);
  }
  const context = host.context(live);
  if (run) return run(input, context);
  const answered = (value: unknown) => {
    live.answered = value;
    return value;
  };
  if (specialist.tools?.length) return withTools(specialist, prompt!(input), context).then(answered);
  return context.generate({ model, prompt: prompt!(input), schema }).then(({ value }) => answered(value));
}

function gave(live: Live, output: unknown, input: Readonly<Record<string, unknown>>, host: Performing): Soon<Json> {
  if (live.stopped) {
    host.late(live);
    throw live.stopped.reason;
  }
  host.leaving(live, output);
  return checkedOutput(live, output, input, host);
}

function refuse(live: Live, problem: string, { graph }: Performing): never {
  const hint = "Give it what its input schema says.";
  throw new TroupeError("INPUT_INVALID", `${live.specialist.name} cannot take its input: ${problem}`, { graph, at: live.at, hint });
}
