import { compile, defineGraph, END } from "@troupe/core";

/** An engine of the bench as `extract` knows it, with the models that it may ask. */
export const engineOf = (engine, { calls, ...models }) =>
  engine === "tuned" ? { engine: "auto", models: { ...models, calls } } : { engine, models };

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
