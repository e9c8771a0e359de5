import {
  type CompileOptions,
  type Context,
  compile,
  defineGraph,
  END,
  type Entry,
  type Graph,
  type Ledger,
  ledgerOf,
  type Specialist,
  type TroupeEvent,
  type Trust,
} from "@troupe/core";
import type { Config } from "./config.js";
import { nothing } from "./nothing.js";

export interface InARun {
  /** What the run is called. */
  readonly name: string;
  readonly models: NonNullable<CompileOptions["models"]>;
  readonly config: Config;
  readonly trust: Trust;
  readonly signal: AbortSignal;
  readonly timeout: number | undefined;
  readonly listen?: (event: TroupeEvent) => void;
}

/** Does something inside a run of its own, so that models, tokens, Ctrl-C and the ledger are those of every run. */
export async function inARun(
  work: (ctx: Context) => Promise<void>,
  { name, models, config, trust, signal, timeout, listen }: InARun,
): Promise<Ledger> {
  const worker: Specialist = {
    name,
    does: name,
    input: nothing,
    output: nothing,
    run: async (_: object, ctx) => {
      await work(ctx);
      return {};
    },
  };
  const graph = (defineGraph as (graph: object) => Graph)({
    name,
    state: {},
    input: [],
    output: [],
    nodes: { [name]: worker },
    start: name,
    edges: { [name]: END },
  });
  const entries: Entry[] = [];
  const { limits = {}, services } = config;
  const app = compile(graph, { models, limits, trust, ...(timeout === undefined ? {} : { timeout }) });
  for await (const event of app.events({}, { signal, services })) {
    if ("seq" in event) entries.push(event);
    listen?.(event);
  }
  return ledgerOf(entries);
}
