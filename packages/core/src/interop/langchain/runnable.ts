import type { Runnable, RunnableConfig, RunnableLike } from "@langchain/core/runnables";
import type { Graph as RunnableGraph } from "@langchain/core/runnables/graph";
import type { StreamEvent } from "@langchain/core/types/stream";
import { required } from "#platform/required";
import { say } from "../../check/form/finding.js";
import type { Analysis } from "../../engine/analysis.js";
import { END } from "../../graph/graph.js";
import { either, leavable } from "../../host/leavable.js";
import { optionInvalid } from "../../limits/option-invalid.js";
import type { Chain, ToolFields } from "../app.js";
import { streamOf } from "./stream-of.js";

type Call<I, O, C extends RunnableConfig> = (input: I, options?: Partial<C>) => Promise<O>;

/** The rest of LangChain's `RunnableInterface`, made from `invoke`. LangChain itself is loaded when a method first needs it. */
export function runnable<I, O, C extends RunnableConfig>(name: string, invoke: Call<I, O, C>) {
  let loaded: Promise<Runnable<I, O, C>> | undefined;
  /** What LangChain's own methods are called on. */
  const real = () =>
    (loaded ??= import("@langchain/core/runnables").then(({ Runnable }) => {
      class AppRunnable extends Runnable<I, O, C> {
        override lc_namespace = ["troupe"];
        override name = name;
        override invoke = invoke;
      }
      return new AppRunnable();
    }));
  /** What one of LangChain's methods makes of this runnable, once it is needed. */
  const derived = <Next>(make: (one: Runnable<I, O, C>) => unknown, called = name): Chain<I, Next> => {
    let made: Promise<Runnable<I, Next, C>> | undefined;
    const load = () => (made ??= real().then((one) => make(one) as Runnable<I, Next, C>));
    return runnable<I, Next, C>(called, async (input, options) => (await load()).invoke(input, options)) as unknown as Chain<I, Next>;
  };
  const self = {
    lc_runnable: true,
    lc_serializable: false,
    lc_namespace: ["troupe"],
    lc_id: ["troupe", name],
    invoke,
    async batch(
      inputs: I[],
      options: Partial<C> | Partial<C>[] = {},
      { maxConcurrency, returnExceptions = false }: { maxConcurrency?: number; returnExceptions?: boolean } = {},
    ): Promise<any[]> {
      const atOnce = maxConcurrency ?? (Array.isArray(options) ? options[0] : options)?.maxConcurrency ?? Number.POSITIVE_INFINITY;
      if (!(atOnce >= 1)) throw optionInvalid("batch", "maxConcurrency", `is ${say(atOnce)}`, "Give how many run at once, 1 or more.");
      const outputs: unknown[] = new Array(inputs.length);
      let next = 0;
      const worker = async () => {
        for (let i = next++; i < inputs.length; i = next++) {
          try {
            outputs[i] = await invoke(inputs[i]!, Array.isArray(options) ? options[i] : options);
          } catch (error) {
            outputs[i] = error;
            if (returnExceptions) continue;
            next = inputs.length; // nobody would hear of those that began now
            throw error;
          }
        }
      };
      await Promise.all(Array.from({ length: Math.min(Math.floor(atOnce), inputs.length) }, worker));
      return outputs;
    },
    /** One chunk: the whole output. */
    stream: (input: I, options?: Partial<C>) =>
      readable<O>(
        leavable(async function* (left) {
          yield await invoke(input, { ...options, signal: either(options?.signal, left) } as Partial<C>);
        }),
      ),
    async *transform(inputs: AsyncGenerator<I>, options: Partial<C>): AsyncGenerator<O> {
      let input: I | undefined;
      for await (const chunk of inputs) input = input && typeof input === "object" ? { ...input, ...chunk } : chunk;
      yield await invoke(input as I, options);
    },
    getName: (suffix?: string) => (suffix ? `${name}${suffix}` : name),
    pipe: <Next>(next: RunnableLike<O, Next>) => derived<Next>((one) => one.pipe(next), `${name}|`),
    withConfig: (config: Partial<C>) => derived<O>((one) => one.withConfig(config)),
    withRetry: (fields?: any) => derived<O>((one) => one.withRetry(fields)),
    withFallbacks: (fallbacks: any) => derived<O>((one) => one.withFallbacks(fallbacks)),
    asTool: (fields: ToolFields) =>
      Object.assign(
        derived<O>((one) => one.asTool({ ...fields, name: fields.name ?? name })),
        { ...fields, name: fields.name ?? name },
      ),
    streamEvents(input: I, options: Partial<C> & { version: "v1" | "v2" }, only?: any) {
      const told = leavable(async function* (left): AsyncGenerator<StreamEvent> {
        yield* (await real()).streamEvents(input, { ...options, signal: either(options.signal, left) } as any, only);
      });
      return streamOf(told);
    },
    toJSON: () => ({ lc: 1 as const, type: "not_implemented" as const, id: ["troupe", name] }),
    toJSONNotImplemented: () => ({ lc: 1 as const, type: "not_implemented" as const, id: ["troupe", name] }),
  };
  return self;
}

/** What a generator gives, as the stream that LangChain's methods give. */
export async function readable<T>(given: AsyncGenerator<T>) {
  const { IterableReadableStream } = await import("@langchain/core/utils/stream");
  return IterableReadableStream.fromAsyncGenerator(given);
}

/** The graph as LangChain draws it. */
export function runnableGraph({ graph, successors }: Analysis): RunnableGraph {
  // `getGraph` is synchronous in LangChain, so its class is required, not imported.
  const { Graph } = required<typeof import("@langchain/core/runnables/graph")>("@langchain/core/runnables/graph", "getGraph draws");
  const drawn = new Graph();
  const schema = undefined as any;
  const start = drawn.addNode({ name: "__start__", schema }, "__start__");
  const end = drawn.addNode({ name: "__end__", schema }, "__end__");
  const nodes = Object.fromEntries(Object.keys(graph.nodes).map((name) => [name, drawn.addNode({ name, schema }, name)]));
  for (const target of graph.start) drawn.addEdge(start, nodes[target]!);
  for (const name of Object.keys(nodes)) {
    const rule = graph.edges[name]!;
    const open = rule.kind !== "to";
    for (const target of successors[name]!) drawn.addEdge(nodes[name]!, nodes[target]!, undefined, open);
    if (JSON.stringify([rule, graph.loops[name]?.then]).includes(`"${END}"`)) drawn.addEdge(nodes[name]!, end, undefined, open);
  }
  return drawn;
}
