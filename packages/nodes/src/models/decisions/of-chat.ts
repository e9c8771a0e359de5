import type { ChatModel, DecisionKind, DecisionModel, Trust } from "@troupe/core";
import type { Answering, Decider } from "./decider.js";

/** What chat models of this process offer beside LangChain's interface. */
interface Deciding {
  readonly decide: Answering;
}

/** Whether a loaded chat model answers closed questions without writing. */
export const isDeciding = (loaded: object): loaded is Deciding => typeof (loaded as Partial<Deciding>).decide === "function";

/**
 * A chat model of this process as a decision model: its options are scored, nothing is written. `decides` are the kinds of questions that
 * it was measured on; without it, it is asked everything.
 *
 * @example
 * const app = compile(graph, { models: { decisions: chatDecisions(model("llamacpp:/weights/own.gguf")) } });
 */
export function chatDecisions(chat: ChatModel, decides?: readonly DecisionKind[]): DecisionModel {
  const made = new WeakMap<object, Decider>();
  return Object.freeze({
    id: chat.id,
    get card() {
      return { ...chat.card, kind: "decisions", structured: "none", ...(decides ? { decides } : {}) } as const;
    },
    async load(trust?: Pick<Trust, "keys">) {
      const loaded: object = await chat.load(trust);
      if (!isDeciding(loaded)) throw new TypeError(`${chat.id} only writes`);
      const { Decider } = await import("./decider.js");
      const decider = made.get(loaded) ?? new Decider(chat.id.split(":")[0]!, chat.id, (...asked) => loaded.decide(...asked));
      made.set(loaded, decider);
      return decider;
    },
  });
}
