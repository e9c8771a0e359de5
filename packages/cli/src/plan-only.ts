import {
  type CompileOptions,
  compile,
  defineGraph,
  END,
  type Entry,
  type Graph,
  type Ledger,
  ledgerOf,
  type MadePlan,
  planFor,
  type Specialist,
  type TroupeEvent,
  type Trust,
} from "@troupe/core";
import type { Config } from "./config.js";
import { nothing } from "./nothing.js";

export interface PlanOnly {
  readonly models: NonNullable<CompileOptions["models"]>;
  readonly config: Config;
  readonly trust: Trust;
  readonly signal: AbortSignal;
  readonly timeout: number | undefined;
  readonly listen: (event: TroupeEvent) => void;
}

/**
 * The plan a team makes for an input, or, without one, for any that has all fields; nothing of it is carried out. It is made inside a
 * run of its own, so that models, tokens, Ctrl-C and the ledger are those of every run.
 */
export async function planOnly(
  team: Specialist,
  values: Readonly<Record<string, unknown>> | undefined,
  { models, config, trust, signal, timeout, listen }: PlanOnly,
): Promise<{ readonly made: MadePlan; readonly ledger: Ledger }> {
  let made: MadePlan | undefined;
  const planner: Specialist = {
    name: team.name,
    does: `Plans: ${team.does}`,
    input: nothing,
    output: nothing,
    run: async (_: object, ctx) => {
      made = await planFor(team, values, ctx);
      return {};
    },
  };
  const graph = (defineGraph as (graph: object) => Graph)({
    name: "plan",
    state: {},
    input: [],
    output: [],
    nodes: { [team.name]: planner },
    start: team.name,
    edges: { [team.name]: END },
  });
  const entries: Entry[] = [];
  const { limits = {}, services } = config;
  const app = compile(graph, { models, limits, trust, ...(timeout === undefined ? {} : { timeout }) });
  for await (const event of app.events({}, { signal, services })) {
    if ("seq" in event) entries.push(event);
    listen(event);
  }
  return { made: made!, ledger: ledgerOf(entries) };
}
