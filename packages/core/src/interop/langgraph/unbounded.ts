import type { CompiledStateGraph } from "@langchain/langgraph";
import type { LangGraph } from "./library.js";

/** What LangChain sets where nobody says anything, and hands on to all that a chain, a batch or a graph calls. */
export const notSaid = 25;

/** More supersteps than any graph takes: its loops are bounded by themselves. */
export const unbounded = 1_000_000;

/** A compiled graph whose supersteps LangGraph bounds only where a caller says so. */
export function unboundedGraph(langgraph: LangGraph, compiled: CompiledStateGraph<any, any, string>): CompiledStateGraph<any, any, string> {
  const Compiled = langgraph.CompiledStateGraph as new (fields: object) => any;
  class Unbounded extends Compiled {
    _streamIterator(input: unknown, options: { readonly recursionLimit?: number } = {}): unknown {
      const { recursionLimit = notSaid } = options;
      return super._streamIterator(input, { ...options, recursionLimit: recursionLimit === notSaid ? unbounded : recursionLimit });
    }
  }
  // As LangGraph's own `withConfig` makes one of another.
  return new Unbounded({ ...compiled }) as never;
}
