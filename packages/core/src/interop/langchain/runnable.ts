import type { Runnable, RunnableConfig, RunnableLike } from "@langchain/core/runnables";
import type { Graph as RunnableGraph } from "@langchain/core/runnables/graph";
import type { StreamEvent } from "@langchain/core/types/stream";
import { required } from "#platform/required";
import type { Analysis } from "../../engine/analysis.js";
import { optionInvalid } from "../../error/option-invalid.js";
import { END } from "../../graph/graph.js";
import { inProcess } from "../../host/in-process.js";
import { leavable } from "../../host/leavable.js";
import { checkSignal, checkTimeout } from "../../host/options.js";
import { aborted, runSignal } from "../../host/run-signal.js";
import { unlessAborted } from "../../model/unless-aborted.js";
import { say } from "../../schema/say.js";
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
  /** What one of LangChain's methods makes of this runnable for a call, which the signal ends. */
  const derived = <Next>(make: (one: Runnable<I, O, C>, signal?: AbortSignal) => unknown, called = name): Chain<I, Next> =>
    runnable<I, Next, C>(called, async (input, options) => {
      const { given, release } = bounded(name, { ...options } as Partial<C>);
      try {
        return await (make(await real(), given.signal) as Runnable<I, Next, C>).invoke(input, given);
      } finally {
        release();
      }
    }) as unknown as Chain<I, Next>;
  const self = {
    lc_runnable: true,
    lc_serializable: false,
    lc_namespace: ["troupe"],
    lc_id: ["troupe", name],
    invoke,
    batch: (inputs: I[], options?: Partial<C> | Partial<C>[], how?: Batching) => batch(invoke, inputs, options, how),
    ...streams(name, invoke),
    getGraph: () => drawnAs(name),
    getName: (suffix?: string) => (suffix ? `${name}${suffix}` : name),
    pipe: <Next>(next: RunnableLike<O, Next>) => derived<Next>((one) => one.pipe(next), `${name}|`),
    withConfig: (config: Partial<C>) => derived<O>((one) => one.withConfig(config)),
    withRetry: (fields?: any) =>
      derived<O>((one, signal) =>
        one.withRetry({
          ...fields,
          // What was aborted is not tried again, which would keep the program waiting for the next attempt.
          onFailedAttempt(error: any, tried: I) {
            signal?.throwIfAborted();
            return fields?.onFailedAttempt?.(error, tried);
          },
        }),
      ),
    withFallbacks: (fallbacks: any) => derived<O>((one) => one.withFallbacks(fallbacks)),
    asTool: (fields: ToolFields) =>
      Object.assign(
        derived<O>((one) => one.asTool({ ...fields, name: fields.name ?? name })),
        { ...fields, name: fields.name ?? name },
      ),
    streamEvents(input: I, options: Partial<C> & { version: "v1" | "v2" }, only?: any) {
      const told = leavable(
        () => options?.signal,
        async function* (signal): AsyncGenerator<StreamEvent> {
          if (!["v1", "v2"].includes(options?.version as string)) {
            const hint = 'Give the version of the events: streamEvents(input, { version: "v2" }).';
            throw optionInvalid("streamEvents", "version", `is ${say(options?.version)}`, hint);
          }
          const { given, release } = bounded(name, { ...options, signal });
          try {
            yield* (await real()).streamEvents(input, given as any, only);
          } finally {
            release();
          }
        },
      );
      return streamOf(told);
    },
    toJSON: () => ({ lc: 1 as const, type: "not_implemented" as const, id: ["troupe", name] }),
    toJSONNotImplemented: () => ({ lc: 1 as const, type: "not_implemented" as const, id: ["troupe", name] }),
  };
  return self;
}

/** LangChain's streams of a whole output: one chunk. */
function streams<I, O, C extends RunnableConfig>(name: string, invoke: Call<I, O, C>) {
  return {
    stream: (input: I, options?: Partial<C>) =>
      readable<O>(
        leavable(
          () => options?.signal,
          async function* (signal) {
            yield await invoke(input, { ...options, signal } as Partial<C>);
          },
        ),
      ),
    transform: (inputs: AsyncGenerator<I>, options?: Partial<C>): AsyncGenerator<O> =>
      leavable(
        () => options?.signal,
        async function* (signal) {
          const input = await unlessAborted(merged(inputs, signal), signal).catch((thrown) => {
            throw signal.aborted ? aborted(signal.reason, name) : thrown;
          });
          yield await invoke(input as I, { ...options, signal } as Partial<C>);
        },
      ),
  };
}

/**
 * A call's options with its signal and its time as one signal, whose reason is a run's error: LangChain rejects with the reason as it is,
 * and makes of a time a signal that nobody knows for one.
 */
function bounded<C>(name: string, options?: C) {
  const { timeout, ...given }: RunnableConfig = { ...options };
  checkTimeout("invoke", timeout);
  checkSignal(given.signal);
  const { signal, release } = runSignal(name, { signal: given.signal, timeout }, inProcess()) ?? { release() {} };
  return { given: { ...given, ...(signal && { signal }) } as C & { signal?: AbortSignal }, release };
}

/** What comes in piece by piece, as one, as far as anybody wants it. */
async function merged<I>(inputs: AsyncGenerator<I>, signal: AbortSignal): Promise<I | undefined> {
  let input: I | undefined;
  for await (const chunk of inputs) {
    if (signal.aborted) break;
    input = input && typeof input === "object" ? { ...input, ...chunk } : chunk;
  }
  return input;
}

interface Batching {
  readonly maxConcurrency?: number;
  readonly returnExceptions?: boolean;
}

async function batch<I, O, C extends RunnableConfig>(
  invoke: Call<I, O, C>,
  inputs: readonly I[],
  options: Partial<C> | Partial<C>[] = {},
  { maxConcurrency, returnExceptions = false }: Batching = {},
): Promise<any[]> {
  if (!Array.isArray(inputs)) throw optionInvalid("batch", "inputs", `is ${say(inputs)}`, "Give a list: batch([...inputs]).");
  if (Array.isArray(options) && options.length !== inputs.length)
    throw optionInvalid(
      "batch",
      "options",
      `has ${options.length} for ${inputs.length} inputs`,
      "Give one object for all inputs, or one each.",
    );
  const atOnce = maxConcurrency ?? (Array.isArray(options) ? options[0] : options)?.maxConcurrency ?? Number.POSITIVE_INFINITY;
  if (typeof atOnce !== "number" || !(atOnce >= 1))
    throw optionInvalid("batch", "maxConcurrency", `is ${say(atOnce)}`, "Give how many run at once, 1 or more.");
  const outputs: unknown[] = new Array(inputs.length);
  const left = inputs.entries();
  const worker = async () => {
    for (const [i, input] of left) {
      try {
        outputs[i] = await invoke(input, Array.isArray(options) ? options[i] : options);
      } catch (error) {
        outputs[i] = error;
        if (returnExceptions) continue;
        for (const _ of left); // nobody would hear of those that began now
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(Math.floor(atOnce), inputs.length) }, worker));
  return outputs;
}

/** What a generator gives, as the stream that LangChain's methods give. */
export async function readable<T>(given: AsyncGenerator<T>) {
  const { IterableReadableStream } = await import("@langchain/core/utils/stream");
  return IterableReadableStream.fromAsyncGenerator(given);
}

/** An empty drawing. `getGraph` is synchronous in LangChain, so its class is required, not imported. */
function drawing(): RunnableGraph {
  const { Graph } = required<typeof import("@langchain/core/runnables/graph")>("@langchain/core/runnables/graph", "getGraph draws");
  return new Graph();
}

/** What LangChain's methods make of an app, as LangChain draws it: one node, inside a chain too. */
function drawnAs(name: string): RunnableGraph {
  const drawn = drawing();
  const [start, node, end] = ["__start__", name, "__end__"].map((one) => drawn.addNode({ name: one, schema: undefined as any }));
  drawn.addEdge(start!, node!);
  drawn.addEdge(node!, end!);
  return drawn;
}

/** The graph as LangChain draws it. */
export function runnableGraph({ graph, successors }: Analysis): RunnableGraph {
  const drawn = drawing();
  const schema = undefined as any;
  // Without ids of their own: in a chain two apps may have nodes of one name.
  const start = drawn.addNode({ name: "__start__", schema });
  const end = drawn.addNode({ name: "__end__", schema });
  const ends = new Map(Object.keys(graph.nodes).map((name) => [name, drawn.addNode({ name, schema })]));
  const draw = (from: typeof start | undefined, to: typeof start | undefined, open = false) => {
    if (from && to) drawn.addEdge(from, to, undefined, open);
  };
  for (const target of graph.start) draw(start, ends.get(target));
  for (const [name, node] of ends) {
    const rule = graph.edges[name];
    const open = rule?.kind !== "to";
    for (const target of successors(name)) draw(node, ends.get(target), open);
    if (JSON.stringify([rule, graph.loops[name]?.then]).includes(`"${END}"`)) draw(node, end, open);
  }
  return drawn;
}
