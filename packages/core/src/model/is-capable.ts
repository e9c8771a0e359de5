import type { ModelsByKind } from "./model.js";

type AnyModel = ModelsByKind[keyof ModelsByKind];

/** Bytes of about 1.5 billion parameters at 4 bits with their context: smaller models invent facts in summaries and refs in plans. */
const enough = 1.5e9;

/**
 * Bytes of about 7 billion parameters at 4 bits. One of 1.5 billion wrote a plan of five tasks in 6.6 minutes on two cores, with 14 issues,
 * and answered 10 of 12 questions about it in seconds.
 */
const enoughForPlans = 3.5e9;

/**
 * Whether a model's card promises writing that can be relied on: a chat model that runs elsewhere, or one that takes at least
 * 1.5 GB of memory. A local model whose card is silent about its size is not relied on.
 *
 * @example
 * isCapable(model("openai:gpt-4o")); // true
 * isCapable(model("llamacpp:smollm2-135m")); // false
 */
export const isCapable = (model: AnyModel | undefined): boolean =>
  model?.card.kind === "chat" && (!model.card.local || (model.card.memory ?? 0) >= enough);

/**
 * Whether a planner is asked to write plans: it runs elsewhere, takes 3.5 GB of memory or more, or does not say how much, as servers of
 * this machine do not: what those write is taken where it is what is derived. Smaller ones decide.
 *
 * @example
 * const chat = model("llamacpp:/weights/own.gguf");
 * const planner = writesPlans(chat) ? chat : chatDecisions(chat);
 */
export const writesPlans = (model: AnyModel | undefined): boolean =>
  model?.card.kind === "chat" && (!model.card.local || (model.card.memory ?? enoughForPlans) >= enoughForPlans);
