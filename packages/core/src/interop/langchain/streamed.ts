import type { AIMessageChunk } from "@langchain/core/messages";
import { handField } from "../../engine/fields.js";
import { fold } from "../../engine/fold.js";
import { emptyState } from "../../engine/state.js";
import type { Graph } from "../../graph/graph.js";
import type { TroupeEvent } from "../../host/event.js";
import { Path } from "../../path/path.js";

/** What a stream tells, in LangGraph's words: the state after each node, what each node wrote, or what models say as they say it. */
export type StreamMode = "values" | "updates" | "messages";

/** A chunk of each mode. */
export interface StreamChunk {
  /** State fields so far, first the input's. */
  readonly values: Readonly<Record<string, any>>;
  /** What a node wrote, by state field, under its name. */
  readonly updates: Readonly<Record<string, Readonly<Record<string, any>>>>;
  /** A piece of a model's text, which occurrence of which node it was for, and in which of its attempts, of which answer. */
  readonly messages: readonly [
    AIMessageChunk,
    { readonly node: string; readonly at: string; readonly model: string; readonly attempt: number; readonly answer: number },
  ];
}

/** Chunks of one mode; of several, each with its mode before it. */
export type Streamed<M> = M extends StreamMode
  ? StreamChunk[M]
  : M extends readonly (infer Each extends StreamMode)[]
    ? { [One in Each]: readonly [One, StreamChunk[One]] }[Each]
    : never;

export const streamModes: readonly StreamMode[] = ["values", "updates", "messages"];

/** What a run's events come to in the modes asked for. */
export async function* streamed(graph: Graph, events: AsyncIterable<TroupeEvent>, mode: StreamMode | readonly StreamMode[]) {
  const modes = new Set([mode].flat());
  const as = (one: StreamMode, chunk: unknown) => (typeof mode === "string" ? chunk : [one, chunk]);
  const state = emptyState();
  const { AIMessageChunk } = await import("@langchain/core/messages");
  /** The node of the run's own graph that an occurrence is, or runs inside. */
  const nodeAt = (at: Path): string | undefined => {
    const running = state.root?.running;
    const outer = [...Path.around(at), at].find((place) => running?.has(place));
    return outer === undefined ? undefined : running!.get(outer)!.name;
  };
  for await (const event of events) {
    if (event.kind === "token" && modes.has("messages")) {
      const { text, at, model, attempt, answer } = event;
      yield as("messages", [new AIMessageChunk(text), { node: nodeAt(at), at, model, attempt, answer }]);
    }
    if (event.kind === "token" || event.kind === "progress" || event.kind === "late") continue;
    const node = event.kind === "completed" ? state.root!.running.get(event.at)?.name : undefined;
    fold(state, event);
    const { fields, graph: data } = state.root!;
    if (event.kind === "completed" && node !== undefined && modes.has("updates")) {
      const written = Object.entries(data.nodes[node]!.write).map(([name, field]) => [field, Object(event.output)[name]] as const);
      yield as("updates", { [node]: defined(written) });
    }
    if ((event.kind === "began" || node !== undefined) && modes.has("values"))
      yield as("values", defined(Object.keys(graph.state).map((field) => [field, handField(fields, field, graph.reducers)] as const)));
  }
}

const defined = (entries: readonly (readonly [string, unknown])[]): Record<string, unknown> =>
  Object.fromEntries(entries.filter(([, value]) => value !== undefined));
