import type { Answers } from "@langchain/core/decisions";
import type { RunnableConfig } from "@langchain/core/runnables";
import type { DecideRequest, Questions } from "../decision/decide.js";
import type { Plan } from "../graph/plan.js";
import type { Use } from "../graph/signature.js";
import type { Limits } from "../limits/limits.js";
import type { Trust } from "../limits/trust.js";
import type { Generated, GenerateRequest } from "../model/generate.js";
import type { EmbeddingModel, ModelsByKind, Role } from "../model/model.js";
import type { ToolCard, ToolTurn } from "../model/tool-call.js";
import type { Labels } from "../schema/label.js";
import type { OutputOf, Schema } from "../schema/schema.js";
import type { Specialist } from "./specialist.js";

/** Tools, and the conversation so far. */
export interface OfferRequest extends Omit<GenerateRequest<undefined>, "schema" | "told"> {
  readonly tools: readonly ToolCard[];
}

/** What `run` gets beside its input. Everything done through it is journalled, counted and stopped with the run. */
export interface Context<Services = any> {
  /** The occurrence's full path. */
  readonly at: string;
  /** From 1; grows when a run is resumed after a failure or a crash. */
  readonly attempt: number;
  /** The same for every attempt at this occurrence, and for nothing else, whatever its thread is called: hand it to what must not happen twice. */
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
  readonly services: Services;
  /** What foreign data may take in this run; what crosses one is `limitCrossed`. */
  readonly limits: Limits;
  /** What this run trusts. */
  readonly trust: Trust;
  /** For LangChain things called inside: callbacks of the run, and the signal. */
  readonly config: RunnableConfig;
  /** What is known of where its input comes from, by field: whether it is private or untrusted, and by which way. */
  readonly labels: Labels;
  /** Tells listeners how far the work is; never journalled. `part` is from 0 to 1; one that is not finite is not told. @throws TroupeError `OPTION_INVALID` */
  progress(message: string, part?: number): void;
  /**
   * Runs another specialist as a child occurrence. A key recorded in the journal answers at once; a key used twice is an error. Where it
   * takes what is trusted only, give it a value that came here as trusted, or bind it: `use(send, { set: { to: "desk@example.org" } })`.
   */
  call<I extends object, O extends object>(key: string, specialist: Specialist<I, O> | Use<I, O>, input: I): Promise<O>;
  /**
   * Carries out a plan with these members. `make` is asked for it only where the journal has none; the plan is journalled whole
   * before its first task. What is asked for while it is made is asked of the context that `make` is given. Gives the plan's output.
   * @throws PlanError `PLAN_FAILED` with all issues where the plan does not check
   */
  plan(
    make: (ctx: Omit<Context<Services>, "call" | "plan" | "once">) => Promise<MadePlan>,
    members: readonly Specialist[],
    input: Readonly<Record<string, unknown>>,
  ): Promise<Record<string, unknown>>;
  /** Asks a chat model; tokens are streamed to listeners, usage goes to the ledger. With a schema the answer is valid or an error. */
  generate<S extends Schema | undefined = undefined>(
    request: GenerateRequest<S>,
  ): Promise<Generated<S extends Schema ? OutputOf<S> : string>>;
  /** Offers tools to a chat model, which calls some of them or answers. Whoever asks carries the calls out, and asks again with what they gave. */
  offer(request: OfferRequest): Promise<ToolTurn>;
  /**
   * Puts questions to a decision model, all at once; each answer is one to its question, or it is an error. Usage goes to the ledger.
   * Default: the role `decisions`, else another decision model that is bound and was measured for questions of this kind.
   */
  decide<const Q extends Questions>(request: DecideRequest<Q>): Promise<Answers<Q>>;
  /** One vector a text, in order. Default: the role `embeddings`. */
  embed(texts: readonly string[], model?: EmbeddingModel | Role): Promise<number[][]>;
  /** The time in ms since 1970, the same in every attempt that goes the same way: not `Date.now()`, where what is called depends on it. */
  now(): number;
  /** A number from 0 to 1, likewise the same in every attempt. */
  random(): number;
  /**
   * Does something whose outcome `run` depends on, and that `ctx` does not offer: what it gives, as JSON, is journalled as a call's output
   * is, and answers in later attempts. Keys are shared with `call`. A crash while it works lets it be done again.
   * @example
   * const rate = await ctx.once("rate", async () => (await fetch(url)).json());
   */
  once<T>(key: string, fn: () => T | Promise<T>): Promise<T>;
  /** The model bound to a role; undefined where none is, or where it may not be asked, since it is elsewhere and something here is private. */
  model(role: Role): ModelsByKind[keyof ModelsByKind] | undefined;
  /** Names the engine that did the work (`patterns`, `extractive`), for the ledger. @throws TroupeError `OPTION_INVALID` for what is no text */
  worked(engine: string): void;
}

/** A plan that passed its check, and how it came about. */
export interface MadePlan {
  readonly plan: Plan;
  /** `typed`, or the planner model's id. */
  readonly by: string;
  /** What happened on the way, a line each: repairs, asking again, falling back. */
  readonly notes: readonly string[];
  /** Places whose source is a guess, as `translate.text`; absent where there are none. */
  readonly guesses?: readonly string[];
}
