import { TroupeError } from "../../error/error.js";
import { optionInvalid } from "../../error/option-invalid.js";
import { fingerprint } from "../../host/replay/fingerprint.js";
import { objectFields } from "../../schema/object-fields.js";
import { say } from "../../schema/say.js";
import { type InputOf, jsonSchemaOf, type OutputOf, type Schema } from "../../schema/schema.js";
import type { Context } from "../../specialist/context.js";
import { type Specialist, specialist } from "../../specialist/specialist.js";

/** A compiled LangGraph graph, as far as it is needed here. */
export interface Compiled {
  invoke(input: any, config?: any): Promise<any>;
  getState?(config: any): Promise<{ readonly createdAt?: string | undefined }>;
  readonly checkpointer?: unknown;
}

/** What a specialist made of a LangGraph graph is to be. */
export interface LangGraphCard<In extends Schema, Out extends Schema> {
  readonly name: string;
  /** One sentence, read by planners. */
  readonly does: string;
  readonly input: In;
  readonly output: Out;
  readonly effects?: true;
  /** Milliseconds one occurrence may take. */
  readonly timeout?: number;
  /** The graph's input. Default: the specialist's own. */
  readonly given?: (input: OutputOf<In>) => unknown;
  /** The output of the graph's last state. Default: its fields that `output` names. */
  readonly gives?: (state: any) => InputOf<Out>;
}

/**
 * A compiled LangGraph graph as a specialist. Callbacks, the signal and tags reach it, `ctx.services` is its context, and its last state
 * is held to `output`. One that has a checkpointer keeps its state under the occurrence's key and what that is given: when a Troupe run is
 * resumed, it goes on where it was, also where that was its end; what is asked for something else begins anew.
 * @throws TroupeError in a run: `GRAPH_INTERRUPTED` where it stops to ask a person and no LangGraph run around it could.
 * @example
 * const research = fromLangGraph(compiled, {
 *   name: "research",
 *   does: "Looks a question up",
 *   input: z.object({ question: z.string() }),
 *   output: z.object({ answer: z.string() }),
 *   given: ({ question }) => ({ messages: [new HumanMessage(question)] }),
 *   gives: ({ messages }) => ({ answer: messages.at(-1).text }),
 * });
 */
export function fromLangGraph<In extends Schema, Out extends Schema>(
  graph: Compiled,
  its: LangGraphCard<In, Out>,
): Specialist<InputOf<In> & object, OutputOf<Out> & object> {
  if (typeof Object(graph).invoke !== "function")
    throw optionInvalid(
      "fromLangGraph",
      "graph",
      `is ${say(graph)}`,
      "Give a compiled graph of LangGraph's: new StateGraph(…)….compile().",
    );
  const { given = (input: OutputOf<In>) => input, gives, ...card } = { ...its };
  for (const [part, made] of Object.entries({ given, gives }))
    if (made !== undefined && typeof made !== "function")
      throw optionInvalid(
        "fromLangGraph",
        part,
        `is ${say(made)}`,
        "Give a function: given: ({ question }) => ({ … }), gives: (state) => ({ … }).",
      );
  const run = async (input: OutputOf<In>, ctx: Context) => {
    const config = configFor(graph, ctx, input);
    // One that came to its end gives that: its nodes are not run again on top of it.
    const begun = ctx.attempt > 1 && graph.checkpointer && (await graph.getState?.(config))?.createdAt !== undefined;
    const state = await graph.invoke(begun ? null : given(input), config);
    const [asked] = (state?.__interrupt__ ?? []) as readonly { readonly value?: unknown }[];
    if (asked) {
      throw new TroupeError("GRAPH_INTERRUPTED", `${card.name} stopped to ask: ${JSON.stringify(asked.value)}`, {
        hint: "Nobody answers inside a Troupe run: let the graph decide by itself, or run the whole in LangGraph with toLangGraph.",
      });
    }
    return gives ? gives(state) : named(card.output, state);
  };
  return specialist({ ...card, run } as any) as Specialist<InputOf<In> & object, OutputOf<Out> & object>;
}

function configFor(graph: Compiled, { config, services, idempotencyKey }: Context, input: unknown) {
  // Inside a LangGraph run it is a part of it, and is kept with it.
  const isOwn = graph.checkpointer && config.configurable?.__pregel_task_id === undefined;
  // A call may be given something else by its caller's next attempt.
  const own = isOwn ? { thread_id: `${idempotencyKey}/${fingerprint(idempotencyKey, input)}` } : {};
  return { ...config, configurable: { ...config.configurable, ...own }, ...(services === undefined ? {} : { context: services }) };
}

/** The fields of a state that a schema names; all of it where it names none. */
function named(schema: Schema, state: any): any {
  const fields = objectFields(jsonSchemaOf(schema, "input"));
  if (!fields || Object(state) !== state) return state;
  return Object.fromEntries(Object.keys(fields.properties).flatMap((field) => (state[field] === undefined ? [] : [[field, state[field]]])));
}
