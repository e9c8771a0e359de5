import { compile, defineGraph, END } from "@troupe/core";

/** A specialist in a graph of its own. */
export function app(it, outputs, text, models = {}) {
  return compile(
    defineGraph({
      name: "extract",
      state: { text, ...outputs },
      input: ["text"],
      output: Object.keys(outputs),
      nodes: { it: { specialist: it, read: {}, write: {}, set: {} } },
      start: "it",
      edges: { it: END },
    }),
    { models },
  );
}
