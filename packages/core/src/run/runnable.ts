import type { Runnable, RunnableConfig, RunnableLike } from "@langchain/core/runnables";
import type { Graph as RunnableGraph } from "@langchain/core/runnables/graph";
import type { StreamEvent } from "@langchain/core/types/stream";
import { required } from "#platform/required";
import type { Analysis } from "../engine/analysis.js";
import { END } from "../graph/graph.js";
import type { Chain, ToolFields } from "./app.js";
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
      const atOnce = maxConcurrency ?? (Array.isArray(options) ? options[0] : options)?.maxConcurrency ?? inputs.length;
      const outputs: unknown[] = new Array(inputs.length);
      let next = 0;
      const worker = async () => {
        for (let i = next++; i < inputs.length; i = next++) {
          const call = invoke(inputs[i]!, Array.isArray(options) ? options[i] : options);
          outputs[i] = await (returnExceptions ? call.catch((error: unknown) => error) : call);
        }
      };
      await Promise.all(Array.from({ length: Math.min(atOnce, inputs.length) }, worker));
      return outputs;
    },
    /** One chunk: the whole output. `events` tells what happens on the way. */
    async stream(input: I, options?: Partial<C>) {
      const { IterableReadableStream } = await import("@langchain/core/utils/stream");
      async function* once() {
        yield await invoke(input, options);
      }
      return IterableReadableStream.fromAsyncGenerator(once());
    },
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
      async function* told(): AsyncGenerator<StreamEvent> {
        const leave = new AbortController();
        const signal = options.signal ? AbortSignal.any([options.signal, leave.signal]) : leave.signal;
        const events: AsyncIterator<StreamEvent> = (await real())
          .streamEvents(input, { ...options, signal } as any, only)
          [Symbol.asyncIterator]();
        try {
          for (let next = await events.next(); !next.done; next = await events.next()) yield next.value;
        } finally {
          // LangChain's stream waits for its next event before it can be left, so what makes events is ended first.
          leave.abort(new DOMException("The listener left", "AbortError"));
          void events.return?.().catch(() => {});
        }
      }
      return streamOf(told());
    },
    toJSON: () => ({ lc: 1 as const, type: "not_implemented" as const, id: ["troupe", name] }),
    toJSONNotImplemented: () => ({ lc: 1 as const, type: "not_implemented" as const, id: ["troupe", name] }),
  };
  return self;
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
