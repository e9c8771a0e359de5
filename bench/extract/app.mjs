import { compile, defineGraph, END } from "@troupe/core";

/** An engine of the bench as `extract` knows it, with the models that it may ask: a chat model only where one is named. */
export function engineOf(engine, { decisions, embeddings, default: chat }) {
  if (engine === "tuned") return { engine: "auto", models: { embeddings, decisions } };
  if (engine === "with the model") return { engine: "auto", models: { embeddings, decisions, default: chat } };
  return { engine, models: engine === "auto" ? { embeddings } : { embeddings, default: chat } };
}

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
