import type { JsonSchema } from "../schema/json.js";

/** A tool as a model is told of it. */
export interface ToolCard {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of an object. */
  readonly parameters: JsonSchema;
}

/** A tool that a model calls; its arguments are as the model wrote them, held to nothing yet, and absent where they could not be read. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
}

/** What a model did when it was offered tools: it called some, or it answered. */
export interface ToolTurn {
  readonly text: string;
  readonly calls: readonly ToolCall[];
}
