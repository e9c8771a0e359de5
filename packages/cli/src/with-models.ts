import type { CompileOptions } from "@troupe/core";
import { bindModels } from "./bind-models.js";
import type { Config } from "./config.js";
import { exitCode } from "./exit-code.js";
import { interruptible } from "./interruptible.js";
import type { ModelNames } from "./named-models.js";
import { colorsFor, isTerminal } from "./show/colors.js";
import { liveShow } from "./show/live-show.js";
import { plainShow } from "./show/plain-show.js";
import type { Show } from "./show/show.js";
import type { Streams } from "./show/streams.js";

/** What a command that asks models works with. */
export interface WithModels {
  readonly models: NonNullable<CompileOptions["models"]>;
  readonly show: Show;
  /** Ctrl-C aborts it. */
  readonly signal: AbortSignal;
}

/** Carries out a command that asks models and is no run of a graph: what happens is shown, Ctrl-C ends it. Gives its exit code. */
export async function withModels(
  names: ModelNames,
  config: Config,
  streams: Streams,
  work: (given: WithModels) => Promise<void>,
): Promise<number> {
  const { err } = streams;
  const stop = interruptible();
  const show = isTerminal(err) ? await liveShow(err, colorsFor(err)) : plainShow(err);
  streams.hear(show.say);
  try {
    await work({ models: await bindModels(names, config, { signal: stop.signal, show }), show, signal: stop.signal });
    return stop.exitCode ?? exitCode.ok;
  } catch (error) {
    show.end();
    if (stop.exitCode !== undefined) return stop.exitCode;
    throw error;
  } finally {
    await stop.done();
  }
}
