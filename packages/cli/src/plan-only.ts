import {
  type ChatModel,
  compile,
  defineGraph,
  type EmbeddingModel,
  END,
  type Entry,
  type Graph,
  type Ledger,
  ledgerOf,
  type MadePlan,
  planFor,
  type Schema,
  type Specialist,
  type TroupeEvent,
} from "@troupe/core";

export interface PlanOnly {
  readonly models: Readonly<Record<string, ChatModel | EmbeddingModel>>;
  readonly signal: AbortSignal;
  readonly timeout: number | undefined;
  readonly listen: (event: TroupeEvent) => void;
}

const nothing: Schema = {
  "~standard": {
    version: 1,
    vendor: "troupe",
    validate: () => ({ value: {} }),
    jsonSchema: { input: () => ({ type: "object", properties: {} }), output: () => ({ type: "object", properties: {} }) },
  } as Schema["~standard"],
};

/**
 * The plan a team makes for an input, or, without one, for any that has all fields; nothing of it is carried out. It is made inside a
 * run of its own, so that models, tokens, Ctrl-C and the ledger are those of every run.
 */
export async function planOnly(
  team: Specialist,
  values: Readonly<Record<string, unknown>> | undefined,
  { models, signal, timeout, listen }: PlanOnly,
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
  for await (const event of compile(graph, { models, ...(timeout === undefined ? {} : { timeout }) }).events({}, { signal })) {
    if ("seq" in event) entries.push(event);
    listen(event);
  }
  return { made: made!, ledger: ledgerOf(entries) };
}
