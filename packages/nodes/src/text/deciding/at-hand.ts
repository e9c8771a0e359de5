import type { Answer, Question, State } from "@langchain/core/decisions";
import type { ChatModel, Context, DecisionKind, DecisionModel, EmbeddingModel, Role } from "@troupe/core";
import { type Closed, isDescribed } from "../../models/decisions/closed.js";
import { isHead, trainedFor } from "../../models/decisions/head/trained-for.js";
import { chatDecisions, isDeciding } from "../../models/decisions/of-chat.js";
import { embeddingDecisions } from "../../models/decisions/of-embeddings.js";
import { written } from "./written.js";

export type Asked = Readonly<Record<string, Closed>>;
/** Those too that ask for a place in a picture. */
type Any = Readonly<Record<string, Question>>;

/** `decisions` asks the role of that name, `embeddings` compares meanings, `model` has the role `default` choose. */
export type DecideEngine = "auto" | "decisions" | "embeddings" | "model";

type Engine = Exclude<DecideEngine, "auto">;

/** Answers by the questions' ids, and the models that gave them. */
export interface Told {
  readonly answers: Record<string, Answer>;
  readonly models: readonly string[];
}

/**
 * What answers questions, of all that is at hand: for each question the first of these that can. A general decision model, or a head that
 * was trained for the very labels; of labels and levels, embeddings, which measure as well as a small decision model and are quicker; a
 * decision model whose card names questions of this kind (routing, levels, yes or no); the role `default`. What is known of the options alone
 * is kept from run to run.
 * @example
 * const ask = atHand({ urgent: { type: "noul", instructions: "Must someone act today?" } }, "auto");
 * const { answers, models } = await ask("The cellar is full of water", ctx);
 */
export function atHand(questions: Any, engine: DecideEngine, model?: DecisionModel | Role) {
  const made = new WeakMap<object, DecisionModel>();
  const deciderOf = <M extends object>(from: M, make: (from: M) => DecisionModel): DecisionModel => {
    const known = made.get(from) ?? make(from);
    made.set(from, known);
    return known;
  };

  const ask = async (by: Engine, state: State, some: Any, ctx: Context): Promise<Record<string, Answer>> => {
    if (by === "decisions") return ctx.decide({ state, questions: some, model: "decisions", kind: kindsOf(some) });
    if (by === "embeddings") {
      const vectors = bound<EmbeddingModel>(ctx, "embeddings", "embeddings");
      return ctx.decide({ state, questions: some, model: vectors ? deciderOf(vectors, embeddingDecisions) : "embeddings" });
    }
    const chat = bound<ChatModel>(ctx, "default", "chat");
    if (chat && isDeciding(await chat.load(ctx.trust))) {
      const { measuredOf } = await import("../../models/measured-of.js");
      const model = deciderOf(chat, (one) => chatDecisions(one, measuredOf(one.id)));
      // Of labels it chooses, as everybody does who has nothing better; levels, and yes or no, it may say the same of any text.
      return ctx.decide({ state, questions: some, model, kind: [kindsOf(some)].flat().filter((kind) => kind !== "routing") });
    }
    const { told } = await import("../../models/decisions/told.js");
    return written({ state: told(state) }, some as Asked, ctx);
  };

  return async (state: State, ctx: Context): Promise<Told> => {
    if (model !== undefined) {
      const id = typeof model === "string" ? (ctx.model(model)?.id ?? model) : model.id;
      ctx.worked(id);
      return { answers: await ctx.decide({ state, questions, model, kind: kindsOf(questions) }), models: [id] };
    }
    const groups = new Map<Engine, [string, Question][]>();
    for (const [id, question] of Object.entries(questions)) {
      const one = engine === "auto" ? await bestFor(question, ctx) : engine;
      groups.set(one, [...(groups.get(one) ?? []), [id, question]]);
    }
    const by = [...groups.keys()];
    ctx.worked(by.map((one) => (one === "embeddings" ? one : namedIn(ctx, one))).join(", "));
    const told = await Promise.all([...groups].map(([one, some]) => ask(one, state, Object.fromEntries(some), ctx)));
    return { answers: Object.assign({}, ...told), models: by.map((one) => namedIn(ctx, one)) };
  };
}

async function bestFor(question: Question, ctx: Context): Promise<Engine> {
  if (question.type === "box") return "decisions";
  const kind = kindOf(question);
  const played = bound<DecisionModel>(ctx, "decisions", "decisions");
  const known = played && isHead(played) ? trainedFor(await played.load(ctx.trust)) : undefined;
  if (known && question.type === "choice" && Object.keys(question.criteria).every((label) => known.includes(label))) return "decisions";
  const decider = known ? undefined : played;
  const vectors = bound(ctx, "embeddings", "embeddings");
  const decides = decider?.card.decides;
  if (decider && decides === undefined) return "decisions";
  if (vectors && question.type !== "noul") return "embeddings";
  if (decides?.includes(kind)) return "decisions";
  if (!vectors || bound(ctx, "default", "chat") || !isDescribed(question)) return "model";
  return "embeddings";
}

/** Yes or no with both described is a choice between two labels. */
const kindOf = (question: Closed): DecisionKind => (question.type === "score" ? "levels" : isDescribed(question) ? "routing" : "yes-no");

const kindsOf = (questions: Any): DecisionKind | readonly DecisionKind[] => {
  const kinds = [...new Set(Object.values(questions).flatMap((question) => (question.type === "box" ? [] : [kindOf(question)])))];
  const [first, ...others] = kinds;
  return first !== undefined && others.length === 0 ? first : kinds;
};

const bound = <M>(ctx: Context, role: Role, kind: string): M | undefined =>
  ctx.model(role)?.card.kind === kind ? (ctx.model(role) as M) : undefined;

function namedIn(ctx: Context, by: Engine): string {
  const id = ctx.model(by === "model" ? "default" : by)?.id;
  return id === undefined ? by : by === "embeddings" ? `embeddings:${id}` : id;
}
