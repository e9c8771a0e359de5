import type { BaseMessageLike } from "@langchain/core/messages";
import { TroupeError } from "../error/error.js";
import type { Graph } from "../graph/graph.js";
import type { Plan } from "../graph/plan.js";
import { readSchema } from "../graph/reducer.js";
import type { Signature } from "../graph/signature.js";
import type { ChatModel, DecisionModel, Role } from "../model/model.js";
import { isPlain } from "../schema/frozen-copy.js";
import { type InputOf, type OutputOf, objectSchema, type Schema } from "../schema/schema.js";
import type { Context } from "./context.js";

/** The members of a team, and who plans for them. */
export interface Team {
  readonly planner: "typed" | ChatModel | DecisionModel | Role;
  readonly members: readonly Specialist[];
  /** Asked what those before it leave open or flawed. */
  readonly stronger?: ChatModel | DecisionModel | Role;
  /** Whether the typed plan may guide the planner and stand in for it. */
  readonly guide: boolean;
  /** What is done where a place of a plan is not sure: an error, or a guess that says so. */
  readonly unsure?: "guess" | "refuse";
  /** Sources of places, settled for good. */
  readonly settle?: Readonly<Record<string, string>>;
  /** The input field that says in words what is wanted. */
  readonly request?: string;
  /** Outputs that a chat model writes from what the tasks gave, and which one. */
  readonly compose?: { readonly outputs: readonly string[]; readonly by: ChatModel | Role };
  /** Where plans that worked are kept. */
  readonly kept?: KeptPlans;
}

/** A plan that was carried out to its end, and what it was made for. */
export interface KeptPlan {
  /** What the team is: its members, the inputs that were given, and what is wanted. */
  readonly team: string;
  readonly request: string;
  readonly plan: Plan;
  readonly by: string;
  /** What was noted when it was made. */
  readonly notes?: readonly string[];
}

/** Where plans that worked are kept. What it gives is checked before it is used. */
export interface KeptPlans {
  of(team: string): Promise<readonly KeptPlan[]>;
  add(kept: KeptPlan): Promise<void>;
}

/** What a specialist's model must be able to do: to see, to hear, or to call tools in a way of its own. */
export type Need = "text" | "image" | "audio" | "tools";

/** A typed unit of work. It holds plain code (`run`), a prompt for a model, a graph, or a team. Data only; hosts run it. */
export interface Specialist<I extends object = any, O extends object = any> extends Signature<I, O> {
  /** It acts on the world: never run as speculation. */
  readonly effects?: true;
  readonly run?: (input: any, ctx: Context) => O | Promise<O>;
  readonly model?: ChatModel | Role;
  readonly prompt?: (input: any) => string | readonly BaseMessageLike[];
  /** What the model of a prompt may call. */
  readonly tools?: readonly Specialist[];
  /** What its model must be able to do. */
  readonly needs?: readonly Need[];
  readonly team?: Team;
}

interface Head<In extends Schema, Out extends Schema> {
  name: string;
  /** One sentence, read by planners. */
  does: string;
  input: In;
  output: Out;
  effects?: true;
  /** Milliseconds one occurrence may take. */
  timeout?: number;
  /** Outputs that hold a label which a model decides and that is never called unsure, and the outputs that say how sure each is. */
  decided?: Readonly<Record<string, string>>;
  /**
   * What its model must be able to do, where that can't be told from its inputs: a prompt that takes an image or a recording needs a model
   * that sees or hears, code that hands one to a model says so here. Tools are written out in the prompt of a model that has none, unless it needs them.
   */
  needs?: readonly Need[];
}

/** Code or a prompt, of which one must be there. One signature for both, so that a compiler's error is about the one that was written. */
type Work<In extends Schema, R, Needed extends "run" | "prompt"> = Required<Pick<Both<In, R>, Needed>> & Both<In, R>;
interface Both<In extends Schema, R> {
  run?: (input: OutputOf<In>, ctx: Context) => R | Promise<R>;
  prompt?: (input: OutputOf<In>) => string | readonly BaseMessageLike[];
  model?: ChatModel | Role;
  /** Specialists that the model of a prompt may call before it answers. */
  tools?: readonly Specialist[];
}

type Deep<T> = T extends (...args: any) => any ? T : T extends object ? { readonly [K in keyof T]: Deep<T[K]> } : T;
type Made<In extends Schema, Out extends Schema> = Specialist<InputOf<In> & object, OutputOf<Out> & object>;

/**
 * Declares a specialist: plain code in `run`, or a `prompt` for a `model` (a model, or a role bound at `compile`; default `default`)
 * whose answer is held to `output`. With `tools`, the model may call these specialists first, each call a child occurrence; where one of
 * them has effects, so has the specialist. Input and output schemas are of objects.
 * @throws TroupeError `SPECIALIST_INVALID` where neither is a function, which only untyped code can bring about.
 * @example
 * const triage = specialist({
 *   name: "triage",
 *   does: "Names the topic of a ticket",
 *   input: z.object({ ticket: z.string() }),
 *   output: z.object({ topic: z.enum(["billing", "bug"]) }),
 *   prompt: ({ ticket }) => `Which topic is this ticket about?\n\n${ticket}`,
 * });
 */
export function specialist<In extends Schema, Out extends Schema, const R extends Deep<InputOf<Out>>>(
  card: Head<In, Out> & (Work<In, R, "run"> | Work<In, R, "prompt">),
): Made<In, Out> {
  const { name, run, prompt } = Object(card) as Specialist;
  if (typeof run !== "function" && typeof prompt !== "function") {
    throw new TroupeError(
      "SPECIALIST_INVALID",
      `The specialist ${typeof name === "string" ? name : "without a name"} has neither run nor prompt as a function`,
      {
        hint: "Give it run: (input, ctx) => …, or prompt: (input) => … for a model.",
      },
    );
  }
  // Who may call what acts on the world acts on it.
  const acts = Array.isArray(card.tools) && card.tools.some((tool) => Object(tool).effects === true);
  return Object.freeze({ ...card, ...(acts ? { effects: true } : {}) }) as Made<In, Out>;
}

/**
 * A graph as a specialist, to stand at a node of another graph, or in a team.
 *
 * @example
 * nodes: { review: asSpecialist(reviewGraph, "Reviews a reply until it is good") }
 */
export function asSpecialist<I extends object, O extends object>(graph: Graph<I, O>, does?: string): Specialist<I, O> {
  if (!isGraph(graph)) {
    const hint = "Give what defineGraph({ … }) returns: asSpecialist(graph).";
    throw new TroupeError("SPECIALIST_INVALID", "A specialist was to be made of what is no graph", { hint });
  }
  return Object.freeze({
    name: graph.name,
    does: does ?? graph.does ?? `Runs the graph ${typeof graph.name === "string" ? graph.name : ""}`,
    input: fieldsSchema(graph, graph.input),
    output: fieldsSchema(graph, graph.output),
    graph,
  });
}

/** Whether the parts that make a graph a specialist have their form; the rest is for `check` to say. */
function isGraph(graph: unknown): boolean {
  const { state, input, output } = Object(graph) as Graph;
  const isSchema = (field: any) =>
    typeof Object(Object(field)["~standard"] ?? Object(Object(field).schema)["~standard"]).validate === "function";
  return isPlain(state) && [input, output].every(Array.isArray) && Object.values(state).every(isSchema);
}

/** The schema of some of a graph's state fields, as an object. */
export function fieldsSchema(graph: Graph, names: readonly string[]): Schema {
  return objectSchema(Object.fromEntries(names.flatMap((name) => (graph.state[name] ? [[name, readSchema(graph.state[name])]] : []))));
}
