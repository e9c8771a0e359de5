import type { BaseMessageLike } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import { TroupeError } from "../graph/error.js";
import type { Json, JsonSchema } from "../graph/json.js";
import { jsonSchemaOf, type OutputOf, type Schema, validate } from "../graph/schema.js";
import { answersIn } from "./answers-in.js";
import { callModel } from "./call-model.js";
import type { ChatModel, ModelCard, Role, Usage } from "./model.js";

export interface GenerateRequest<S extends Schema | undefined = Schema | undefined> {
  /** A role bound at `compile`, or a model. Default: the role `default`. */
  readonly model?: ChatModel | Role;
  readonly prompt: string | readonly BaseMessageLike[];
  /** Hold the answer to this schema; `value` is then what it gives. */
  readonly schema?: S;
  /** Tokens to write at the most. Default: a quarter of the model's context, from 256 to 4096. */
  readonly maxTokens?: number;
  readonly temperature?: number;
}

export interface Generated<T> {
  readonly text: string;
  readonly value: T;
}

/** What a call to a model reports to, and what stops it. */
export interface GenerateHost {
  readonly signal: AbortSignal;
  readonly config: RunnableConfig;
  /** Text as it comes. */
  token(text: string): void;
  /** Once a call, failed ones that took tokens included. */
  used(usage: Usage): void;
}

/** How often a model is asked again when its answer does not fit. */
const again = 2;

/**
 * Asks a chat model. With a schema, its answer is held to it step by step: the model's own way (schema, grammar, tool), else the
 * schema in the prompt; then a lenient parse and validation; then asking again with what is wrong.
 * @throws TroupeError `ANSWER_INVALID` with issues and the last text when no answer fits the schema; `MODEL_FAILED` when the call
 * fails; the signal's reason at once when it is aborted.
 */
export async function generate<S extends Schema | undefined = undefined>(
  model: ChatModel,
  request: Omit<GenerateRequest<S>, "model">,
  host: GenerateHost,
): Promise<Generated<S extends Schema ? OutputOf<S> : string>> {
  const { schema, temperature } = request;
  const maxTokens = request.maxTokens ?? Math.min(4096, Math.max(256, Math.floor(model.card.context / 4)));
  const prompt: readonly BaseMessageLike[] = typeof request.prompt === "string" ? [["user", request.prompt]] : request.prompt;
  if (!schema) {
    const answer = await callModel(model, { messages: prompt, maxTokens, temperature }, host);
    const text = "text" in answer ? answer.text : "";
    return { text, value: text as any };
  }
  const json = jsonSchemaOf(schema);
  let structured = model.card.structured;
  let messages = told(prompt, structured, json);
  let text = "";
  let problems: readonly string[] = [];
  for (let attempt = 0; attempt <= again; attempt++) {
    const answer = await callModel(model, { messages, maxTokens, temperature, schema: { json, structured } }, host);
    if ("refused" in answer) {
      structured = "none";
      messages = told(prompt, structured, json);
      attempt--;
      continue;
    }
    text = answer.text;
    const result = await firstValid(schema, await answersIn(text));
    if ("value" in result) return { text, value: result.value as any };
    problems = result.problems;
    messages = [...told(prompt, structured, json), ["assistant", text.slice(0, 4000) || "…"], ["user", correction(problems)]];
  }
  throw new TroupeError("ANSWER_INVALID", `${model.id} gave no answer that fits the schema, asked ${again + 1} times`, {
    hint: "Give the specialist a more capable model, or a simpler output schema.",
    issues: problems.map((message) => ({ code: "answer-invalid", path: [], message })),
    text,
  });
}

/** The first answer that fits; else what is wrong with the likeliest. */
async function firstValid(schema: Schema, answers: readonly Json[]): Promise<{ value: unknown } | { problems: readonly string[] }> {
  let problems: readonly string[] | undefined;
  for (const answer of answers) {
    const result = await validate(schema, answer);
    if ("value" in result) return result;
    problems ??= result.problems.slice(0, 20);
  }
  return { problems: problems ?? ["The answer holds no JSON"] };
}

/** Where nothing shows the model its schema, the prompt does: a grammar alone leaves it to guess what is meant. */
function told(prompt: readonly BaseMessageLike[], structured: ModelCard["structured"], json: JsonSchema): readonly BaseMessageLike[] {
  if (structured === "response_format" || structured === "langchain") return prompt;
  const ask = `Answer with JSON that fits this JSON Schema, and nothing else:\n${JSON.stringify(json)}`;
  const last = prompt.at(-1);
  // One message where that is possible: some chat templates take no two from the same side.
  if (Array.isArray(last) && last[0] === "user" && typeof last[1] === "string") {
    return [...prompt.slice(0, -1), ["user", `${last[1]}\n\n${ask}`]];
  }
  return [...prompt, ["user", ask]];
}

const correction = (problems: readonly string[]) =>
  `That answer does not fit:\n${problems.map((problem) => `- ${problem}`).join("\n")}\nAnswer again, with the corrected JSON and nothing else.`;
