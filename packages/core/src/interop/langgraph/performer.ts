import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { analyse } from "../../engine/analysis.js";
import { type Fields, inputOf, openGroup, writeOutput } from "../../engine/fields.js";
import { routeOf } from "../../engine/route.js";
import type { GraphFrame } from "../../engine/state.js";
import { TroupeError } from "../../error/error.js";
import { dataOf } from "../../graph/data.js";
import type { Graph } from "../../graph/graph.js";
import type { CompileOptions } from "../../host/run-options.js";
import { unbound } from "../../marks/elsewhere.js";
import { graphFlow } from "../../marks/graph-flow.js";
import { passageOf } from "../../marks/passage.js";
import { Path } from "../../path/path.js";
import type { Json } from "../../schema/json.js";
import type { Specialist } from "../../specialist/specialist.js";
import { alone } from "../alone.js";
import { callOptions } from "../call-options.js";
import type { Completion } from "./course.js";
import { notSaid, unbounded } from "./unbounded.js";

/** What a node's turn makes of its fields: they take up what it wrote, and it says what is completed. */
export type Perform = (
  fields: Fields,
  node: string,
  /** The paths of its occurrences that are to run; of an `each` the first ones. */
  paths: readonly Path[],
  /** How many items there are, where an `each` runs the node; and the rounds of loops. */
  schedule: GraphFrame["schedule"],
  config: LangGraphRunnableConfig,
) => Promise<readonly Completion[]>;

/** Runs a graph's nodes, each by itself. */
export function performer(graph: Graph, options: CompileOptions): Perform {
  const data = dataOf(graph);
  const { eaches } = analyse(data);
  const { reducers } = graph;
  const { takes } = graphFlow(graph, (one) => passageOf(one, unbound));
  const work = Object.fromEntries(
    Object.entries(graph.nodes).map(([name, { specialist, timeout }]) => {
      const bound = timeout ?? specialist.timeout;
      const own = bound === undefined ? specialist : Object.freeze({ ...specialist, timeout: bound });
      return [name, alone(own as Specialist, options, takes(name))];
    }),
  );

  /** With its place, which a call to a specialist alone does not know, nor a rule. */
  const placed = (thrown: unknown, at: string) => (thrown instanceof TroupeError ? thrown.placed({ graph: graph.name, at }) : thrown);
  return async (fields, node, paths, { items: groups, loops }, config) => {
    const items = groups?.get(node)?.count;
    // The graph itself needs no bound on its steps; agents and graphs that its specialists call do.
    const { recursionLimit } = config;
    const given = callOptions({ ...config, recursionLimit: recursionLimit === unbounded ? notSaid : recursionLimit });
    const step = config.metadata!.langgraph_step as number;
    const run = async (item?: number): Promise<Record<string, Json>> => {
      try {
        return (await work[node]!(inputOf(fields, node, item, reducers), given)) as Record<string, Json>;
      } catch (thrown) {
        throw placed(thrown, item === undefined ? node : Path.itemOf(node, item));
      }
    };
    if (items === undefined) {
      const output = await run();
      try {
        const next = routeOf(fields, graph, node, output);
        writeOutput(fields, node, undefined, output, loops?.rounds);
        openGroup(fields, node, next);
        return [{ at: paths[0]!, next, step }];
      } catch (thrown) {
        throw placed(thrown, node);
      }
    }
    const { each, atOnce = items } = eaches.get(node)!;
    fields.groups = new Map([[node, { from: each, outputs: [], left: items }]]);
    const outputs = await inTurns(items, atOnce, run);
    const head = Path.withoutItem(paths[0]!);
    return outputs.map((output, item) => {
      const at = Path.itemOf(head, item);
      writeOutput(fields, node, item, output, loops?.rounds);
      return { at, next: [], step };
    });
  };
}

/** Does work for each of `count` items, `atOnce` at a time; the outcomes come in the items' order. */
async function inTurns<T>(count: number, atOnce: number, work: (item: number) => Promise<T>): Promise<T[]> {
  const outcomes: T[] = new Array(count);
  let next = 0;
  const worker = async () => {
    for (let item = next++; item < count; item = next++) outcomes[item] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
  return outcomes;
}
