import type { Answer, State } from "@langchain/core/decisions";
import type { ChatModel, Context, DecisionModel, EmbeddingModel, Role } from "@troupe/core";
import { type Closed, isDescribed } from "../../models/decisions/closed.js";
import { isHead, trainedFor } from "../../models/decisions/head/trained-for.js";
import { chatDecisions, isDeciding } from "../../models/decisions/of-chat.js";
import { embeddingDecisions } from "../../models/decisions/of-embeddings.js";
import { written } from "./written.js";

export type Asked = Readonly<Record<string, Closed>>;

/** `decisions` asks the role of that name, `embeddings` compares meanings, `model` has the role `default` choose. */
export type DecideEngine = "auto" | "decisions" | "embeddings" | "model";

type Engine = Exclude<DecideEngine, "auto">;

/**
 * What answers questions, of all that is at hand: for each question the first of these that can. A general decision model, or a head that
 * was trained for the very labels; of labels, embeddings, which measure as well as a small decision model and are quicker; a decision model
 * whose card names routing; the role `default`; embeddings for levels too, though little better than chance. What is known of the options
 * alone is kept from run to run.
 */
export function atHand(questions: Asked, engine: DecideEngine, model?: DecisionModel | Role) {
  const made = new WeakMap<object, DecisionModel>();
  const deciderOf = <M extends object>(from: M, make: (from: M) => DecisionModel): DecisionModel => {
    const known = made.get(from) ?? make(from);
    made.set(from, known);
    return known;
  };

  const ask = async (by: Engine, state: State, some: Asked, ctx: Context): Promise<Record<string, Answer>> => {
    if (by === "decisions") return ctx.decide({ state, questions: some, model: "decisions", kind: "routing" });
    if (by === "embeddings") {
      const vectors = bound<EmbeddingModel>(ctx, "embeddings", "embeddings");
      return ctx.decide({ state, questions: some, model: vectors ? deciderOf(vectors, embeddingDecisions) : "embeddings" });
    }
    const chat = bound<ChatModel>(ctx, "default", "chat");
    if (chat && isDeciding(await chat.load(ctx.trust)))
      return ctx.decide({ state, questions: some, model: deciderOf(chat, chatDecisions) });
    const { told } = await import("../../models/decisions/told.js");
    return written({ state: told(state) }, some, ctx);
  };

  return async (state: State, ctx: Context): Promise<Record<string, Answer>> => {
    if (model !== undefined) {
      ctx.worked(typeof model === "string" ? (ctx.model(model)?.id ?? model) : model.id);
      return ctx.decide({ state, questions, model, kind: "routing" });
    }
    const groups: { [by in Engine]?: Record<string, Asked[string]> } = {};
    for (const [id, question] of Object.entries(questions))
      (groups[engine === "auto" ? await bestFor(question, ctx) : engine] ??= {})[id] = question;
    const by = Object.keys(groups) as Engine[];
    ctx.worked(by.map((one) => namedIn(ctx, one)).join(", "));
    return Object.assign({}, ...(await Promise.all(by.map((one) => ask(one, state, groups[one]!, ctx)))));
  };
}

async function bestFor(question: Asked[string], ctx: Context): Promise<Engine> {
  const played = bound<DecisionModel>(ctx, "decisions", "decisions");
  const known = played && isHead(played) ? trainedFor(await played.load(ctx.trust)) : undefined;
  if (known && question.type === "choice" && Object.keys(question.criteria).every((label) => known.includes(label))) return "decisions";
  const decider = known ? undefined : played;
  const vectors = bound(ctx, "embeddings", "embeddings");
  const decides = decider?.card.decides;
  if (decider && decides === undefined) return "decisions";
  if (vectors && question.type === "choice") return "embeddings";
  if (decides?.includes("routing")) return "decisions";
  if (!vectors || bound(ctx, "default", "chat") || !isDescribed(question)) return "model";
  return "embeddings";
}

const bound = <M>(ctx: Context, role: Role, kind: string): M | undefined =>
  ctx.model(role)?.card.kind === kind ? (ctx.model(role) as M) : undefined;

const namedIn = (ctx: Context, by: Engine): string => (by === "embeddings" ? by : (ctx.model(by === "model" ? "default" : by)?.id ?? by));
