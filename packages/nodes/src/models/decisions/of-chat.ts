import type { ChatModel, DecisionModel, ModelCard, Trust } from "@troupe/core";
import type { Answering, Decider } from "./decider.js";

/** What chat models of this process offer beside LangChain's interface. */
interface Deciding {
  readonly decide: Answering;
}

/** Whether a loaded chat model answers closed questions without writing. */
export const isDeciding = (loaded: object): loaded is Deciding => typeof (loaded as Partial<Deciding>).decide === "function";

/**
 * A chat model as a decision model. Of this process, its options are scored and nothing is written; any other, a giant too, writes an option
 * for each question and how sure it is, all in one call under a schema. `decides` are the kinds of questions that it was measured on; without
 * it, it is asked everything, but for which of several plans is meant, which takes a `sharpness` (see `ModelCard`).
 *
 * @example
 * const app = compile(graph, { models: { decisions: chatDecisions(model("llamacpp:/weights/own.gguf")), planner: chatDecisions(model("openai:gpt-4o")) } });
 */
export function chatDecisions(chat: ChatModel, { decides, sharpness }: Pick<ModelCard, "decides" | "sharpness"> = {}): DecisionModel {
  const made = new WeakMap<object, Decider>();
  return Object.freeze({
    get id() {
      return chat.id;
    },
    get card() {
      return {
        ...chat.card,
        kind: "decisions",
        structured: "none",
        ...(decides ? { decides } : {}),
        ...(sharpness === undefined ? {} : { sharpness }),
      } as const;
    },
    async load(trust?: Pick<Trust, "keys">) {
      const loaded = await chat.load(trust);
      const [{ Decider }, { byWriting }] = await Promise.all([import("./decider.js"), import("./by-writing.js")]);
      const answering: Answering = isDeciding(loaded) ? (...asked) => loaded.decide(...asked) : byWriting(chat, loaded);
      const decider = made.get(loaded) ?? new Decider(chat.id.replace(/:.*/s, ""), chat.id, answering);
      made.set(loaded, decider);
      return decider;
    },
  });
}
