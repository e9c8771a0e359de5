import { TroupeError } from "../graph/error.js";
import type { Graph } from "../graph/graph.js";
import type { Json } from "../graph/json.js";
import { validate } from "../graph/schema.js";
import type { Limits } from "../limits/limits.js";
import { unlessAborted } from "../model/unless-aborted.js";
import type { Context } from "../specialist/context.js";
import { traced } from "./callbacks.js";
import { checkedOutput } from "./checked-output.js";
import type { Job } from "./job.js";
import type { Live } from "./live.js";
import type { MediaOfRun } from "./media-of-run.js";
import { plainJson } from "./plain-json.js";
import { hold } from "./seen.js";
import { timerBound } from "./timer-bound.js";
import { withTools } from "./with-tools.js";

type JsonObject = Record<string, Json>;

/** What performing needs of its host. */
export interface Performing {
  /** Name of the run's graph, for errors. */
  readonly graph: string;
  /** Milliseconds, where neither node nor specialist says. */
  readonly timeout?: number | undefined;
  readonly limits: Limits;
  readonly media: MediaOfRun;
  readonly context: (live: Live) => Context;
  /** Refuses an output of code that is private and does not say so. */
  readonly leaving: (live: Live, output: unknown) => Promise<void>;
  /** Runs a graph inside an occurrence. */
  readonly enter: (live: Live, graph: Graph, input: Readonly<Record<string, Json>>) => Promise<Record<string, unknown>>;
}

/**
 * Runs one occurrence's specialist, its input and output held to their schemas, within its time and until its signal aborts.
 * @throws TroupeError `TIMEOUT`, `INPUT_INVALID`, those of `openMedia` and `checkedOutput`, and what the specialist throws
 */
export async function perform(live: Live, job: Job, host: Performing): Promise<Json> {
  const { specialist } = job;
  const timeout = timerBound(job.timeout ?? specialist.timeout ?? host.timeout);
  const { at, controller } = live;
  const late = () => {
    const hint = "Give it more time with `timeout`, or find out what it waits for.";
    const what = `${specialist.name} did not answer within ${timeout} ms`;
    controller.abort(new TroupeError("TIMEOUT", what, { graph: host.graph, at, hint }));
  };
  const timer = timeout === undefined ? undefined : setTimeout(late, timeout);
  try {
    const output = await unlessAborted(work(live, job, host), controller.signal);
    await live.trace?.done(output as object);
    return output;
  } catch (error) {
    await live.trace?.failed(error);
    throw error;
  } finally {
    live.memo.end();
    clearTimeout(timer);
  }
}

async function work(live: Live, { specialist, input: given }: Job, host: Performing): Promise<Json> {
  const { at } = live;
  const refuse = (problem: string): never => {
    const hint = "Give it what its input schema says.";
    throw new TroupeError("INPUT_INVALID", `${specialist.name} cannot take its input: ${problem}`, { graph: host.graph, at, hint });
  };
  const { signal } = live.controller;
  const checked = await validate(specialist.input, await host.media.given(specialist.input, given(), signal));
  if ("problems" in checked) return refuse(checked.problems.join("; "));
  const input = checked.value as Record<string, unknown>;
  hold(live, input, live.takes);
  const { graph, run, prompt, model = "default", output: schema } = specialist;
  live.trace = await traced(live.name, input, live.config, at);
  live.config = live.trace.config;
  signal.throwIfAborted();
  const context = host.context(live);
  const output = graph
    ? await host.enter(
        live,
        graph,
        plainJson(input, (what, path) => refuse(`${path.join(".")}: ${what} cannot be kept in a journal`)) as JsonObject,
      )
    : run
      ? await run(input, context)
      : specialist.tools?.length
        ? await withTools(specialist, prompt!(input), context)
        : (await context.generate({ model, prompt: prompt!(input), schema })).value;
  await host.leaving(live, output);
  return checkedOutput(specialist, output, at, host, signal);
}
