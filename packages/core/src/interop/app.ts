import type { Runnable, RunnableInterface, RunnableLike } from "@langchain/core/runnables";
import type { Graph as RunnableGraph } from "@langchain/core/runnables/graph";
import type { IterableReadableStreamInterface, StreamEvent } from "@langchain/core/types/stream";
import type { Graph } from "../graph/graph.js";
import type { TroupeEvent } from "../host/event.js";
import type { Ledger } from "../host/ledger.js";
import type { RunOptions } from "../host/run-options.js";
import type { Streamed, StreamMode } from "./langchain/streamed.js";

/** What LangChain's tools say of themselves. */
export interface ToolFields {
  /** Default: the graph's name. */
  readonly name?: string;
  readonly description?: string;
  /** Of the tool's input: a zod schema or JSON Schema. */
  readonly schema: any;
}

/** An app, or what LangChain's methods make of it. LangChain is loaded when it is first needed. */
export interface Chain<I, O> extends RunnableInterface<I, O, RunOptions> {
  /** This, then another runnable. */
  pipe<Next>(next: RunnableLike<O, Next>): Chain<I, Next>;
  /** With options that every call is given. */
  withConfig(config: Partial<RunOptions>): Chain<I, O>;
  /** Tried anew when it fails, 6 times unless `stopAfterAttempt` says otherwise. Each attempt is a run of its own. */
  withRetry(fields?: Parameters<Runnable["withRetry"]>[0]): Chain<I, O>;
  /** Another runnable where this one fails. */
  withFallbacks(
    fallbacks: readonly RunnableInterface<I, O, any>[] | { readonly fallbacks: readonly RunnableInterface<I, O, any>[] },
  ): Chain<I, O>;
  /** A tool for LangChain's models and agents. */
  asTool(fields: ToolFields): Chain<I, O> & ToolFields & { readonly name: string };
  /** What happens, in LangChain's words; `events` has Troupe's. Leaving the loop aborts the run. */
  streamEvents(
    input: I,
    options: Partial<RunOptions> & { version: "v1" | "v2" },
    only?: Parameters<Runnable["streamEvents"]>[2],
  ): IterableReadableStreamInterface<StreamEvent>;
}

/** A compiled graph: a LangChain Runnable, and more. */
export interface App<I extends object = any, O extends object = any> extends Chain<I, O> {
  readonly graph: Graph<I, O>;
  /** Runs to the end and gives the graph's output. */
  invoke(input: I, options?: Partial<RunOptions>): Promise<O>;
  /**
   * Runs and streams in LangGraph's words: `values`, the state after each node; `updates`, what each node wrote; `messages`, models' texts
   * piece by piece; of a list of modes, pairs of mode and chunk. Without a mode, one chunk, the whole output, as a chain's next step takes
   * it. Cancelling the stream aborts the run.
   */
  stream<const M extends StreamMode | readonly StreamMode[]>(
    input: I,
    options: Partial<RunOptions> & { readonly streamMode: M },
  ): Promise<IterableReadableStreamInterface<Streamed<M>>>;
  stream(input: I, options?: Partial<RunOptions>): Promise<IterableReadableStreamInterface<O>>;
  /** Runs and tells everything as it happens. Ends after `ended`; a failed run throws its error after its `ended` event. Leaving the loop aborts the run. */
  events(input: I, options?: Partial<RunOptions>): AsyncGenerator<TroupeEvent, O>;
  /** Continues a thread's last run from its journal: what is completed is never run again. A finished run gives its output at once. */
  resume(thread: string, options?: Partial<RunOptions>): Promise<O>;
  /** `resume`, telling everything as `events` does; recorded entries are told first. */
  resumeEvents(thread: string, options?: Partial<RunOptions>): AsyncGenerator<TroupeEvent, O>;
  /** The graph as LangChain draws it. */
  getGraph(): RunnableGraph;
  /** What a thread's last run spent so far. @throws TroupeError `THREAD_UNKNOWN` */
  ledger(thread: string): Promise<Ledger>;
}
