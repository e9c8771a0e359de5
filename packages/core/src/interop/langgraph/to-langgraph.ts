import type { BaseCheckpointSaver, BaseStore, CompiledStateGraph, LangGraphRunnableConfig } from "@langchain/langgraph";
import { analyse } from "../../engine/analysis.js";
import { type Fields, openFields } from "../../engine/fields.js";
import { TroupeError } from "../../error/error.js";
import { didYouMean, listed } from "../../error/nearest.js";
import { optionInvalid } from "../../error/option-invalid.js";
import { dataOf, type GraphData } from "../../graph/data.js";
import { END, type Graph } from "../../graph/graph.js";
import { ownOptions } from "../../host/own-options.js";
import type { CompileOptions } from "../../host/run-options.js";
import type { Json } from "../../schema/json.js";
import { say } from "../../schema/say.js";
import { compile } from "../compile.js";
import { type Completion, candidates, courseAfter, frameAfter } from "./course.js";
import { contributed, courseChannel, fieldChannels } from "./fields.js";
import { givenSchema } from "./given-schema.js";
import { inexpressible } from "./inexpressible.js";
import { library } from "./library.js";
import { performer } from "./performer.js";
import { unboundedGraph } from "./unbounded.js";

type State = Readonly<Record<string, Json>> & { readonly [courseChannel]: readonly Completion[] };

export interface LangGraphOptions extends Omit<CompileOptions, "journal"> {
  /** Handed to LangGraph: where it keeps its checkpoints. */
  readonly checkpointer?: BaseCheckpointSaver | boolean;
  readonly store?: BaseStore;
  /** Nodes that LangGraph stops before, or after. */
  readonly interruptBefore?: readonly string[];
  readonly interruptAfter?: readonly string[];
}

/**
 * A graph as a compiled LangGraph graph, one LangGraph node a node: it runs, streams, checkpoints and is drawn there, and comes to the
 * same output as in `compile(graph)`. A node that is reached and has to wait for others looks, and gives nothing; the items of an `each`
 * are one LangGraph task. `context` of a call is what specialists see as `ctx.services`.
 * @throws TroupeError `GRAPH_INVALID` and `OPTION_INVALID` as `compile` does; `GRAPH_INEXPRESSIBLE` with those of `inexpressible`;
 * `PACKAGE_MISSING` without `@langchain/langgraph`.
 * @example
 * export const desk = await toLangGraph(support, { models: { default: model("ollama:llama3.1") }, checkpointer: new MemorySaver() });
 * await desk.invoke({ ticket: "It crashes" }, { configurable: { thread_id: "monday" } });
 */
export async function toLangGraph<I extends object, O extends object>(
  graph: Graph<I, O>,
  options: LangGraphOptions = {},
): Promise<CompiledStateGraph<any, any, string>> {
  const { checkpointer, store, interruptBefore, interruptAfter, ...ofNodes } = ownOptions("toLangGraph", options, [
    "models",
    "checkpointer",
    "store",
  ]) as LangGraphOptions;
  compile(graph, ofNodes); // refuses what is wrong with the graph or the options
  const cannot = inexpressible(graph);
  if (cannot.length) {
    const what = "LangGraph cannot express the graph";
    throw new TroupeError("GRAPH_INEXPRESSIBLE", what, { graph: graph.name, issues: cannot });
  }
  checkLangGraphs(graph, options);
  const langgraph = await library();
  const data = dataOf(graph);
  const fields = fieldChannels(langgraph, data, graph.reducers);
  const channels = { ...fields, [courseChannel]: new langgraph.BinaryOperatorAggregate<readonly Completion[], any>(courseAfter, () => []) };
  const perform = performer(graph, ofNodes);

  const building: any = new langgraph.StateGraph({
    state: langgraph.Annotation.Root(channels as any),
    input: givenSchema(langgraph, graph, channels),
    output: langgraph.Annotation.Root(Object.fromEntries(graph.output.map((field) => [field, fields[field]!])) as any),
  } as any);
  for (const name of Object.keys(data.nodes)) {
    building.addNode(name, async ({ [courseChannel]: course, ...found }: State, config: LangGraphRunnableConfig) => {
      const frame = frameAfter(data, course);
      const paths = [...frame.running].flatMap(([at, one]) => (one.name === name ? [at] : []));
      if (paths.length === 0) return {}; // reached, and not yet its turn
      const fields = openFields(data, found as Record<string, Json>);
      const completed = await perform(fields, name, paths, frame.schedule, config);
      return { ...written(fields, name, completed), [courseChannel]: completed };
    });
    building.addConditionalEdges(
      name,
      ({ [courseChannel]: course }: State, config: LangGraphRunnableConfig) =>
        candidates(data, course, config.metadata?.langgraph_step as number | undefined),
      ends(langgraph.END, data, name),
    );
  }
  for (const name of data.start) building.addEdge(langgraph.START, name === END ? langgraph.END : name);
  return unboundedGraph(
    langgraph,
    building.compile({ name: graph.name, description: graph.does, checkpointer, store, interruptBefore, interruptAfter }),
  );
}

/** Refuses what LangGraph itself would stumble over in a call. @throws TroupeError `OPTION_INVALID` */
function checkLangGraphs({ nodes }: Graph, { checkpointer, interruptBefore, interruptAfter }: LangGraphOptions): void {
  if (checkpointer !== undefined && typeof checkpointer !== "boolean" && typeof Object(checkpointer).getTuple !== "function")
    throw optionInvalid("toLangGraph", "checkpointer", `is ${say(checkpointer)}`, "Give one of LangGraph's: new MemorySaver().");
  for (const [option, names] of Object.entries({ interruptBefore, interruptAfter })) {
    if (names === undefined) continue;
    if (!Array.isArray(names)) throw optionInvalid("toLangGraph", option, `is ${say(names)}`, `List nodes: ${option}: ["review"].`);
    const wrong = names.find((name) => !Object.hasOwn(nodes, name));
    if (wrong !== undefined)
      throw optionInvalid(
        "toLangGraph",
        option,
        `has ${say(wrong)}, which is no node`,
        didYouMean(String(wrong), Object.keys(nodes), `There are ${listed(Object.keys(nodes))}.`),
      );
  }
}

/** Where a node leads, as LangGraph draws it. It may wake any node that waits, so all are known, and those of its own rule are told. */
function ends(end: string, data: GraphData, name: string): object {
  const own = analyse(data)
    .successors(name)
    .map((to) => [to, to]);
  const last = JSON.stringify([data.edges[name], data.loops[name]?.then, analyse(data).eaches.get(name)?.then]).includes(`"${END}"`);
  const all = Object.fromEntries(Object.keys(data.nodes).map((node) => [node, node]));
  return Object.assign(Object.create(all), Object.fromEntries(own), last ? { [end]: end } : {});
}

/** What a node's turn wrote, field by field, as the channels take it. */
function written({ graph, analysis, plain, reduced }: Fields, name: string, completed: readonly Completion[]): Record<string, unknown> {
  const each = analysis.eaches.get(name);
  const empty = completed.flatMap(({ next }) => ("each" in next && next.count === 0 ? [analysis.eaches.get(next.each)!] : []));
  const names = [
    ...(each ? [] : Object.values(graph.nodes[name]!.write)),
    ...[each, ...empty].flatMap((one) => Object.values(one?.collect ?? {})),
  ];
  return {
    ...Object.fromEntries(names.flatMap((field) => (plain.has(field) && !graph.state[field]!.reduce ? [[field, plain.get(field)]] : []))),
    ...Object.fromEntries(
      [...(reduced ?? [])].flatMap(([field, { contributions }]) => (contributions.length ? [[field, contributed(contributions)]] : [])),
    ),
  };
}
