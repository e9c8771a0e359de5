import type { BaseMessageLike } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import { TroupeError } from "../error/error.js";
import type { Issue } from "../error/issue.js";
import { stoppable } from "../error/stoppable.js";
import { limitCrossed } from "../limits/limit-crossed.js";
import { type Limits, limitsOf } from "../limits/limits.js";
import type { Trust } from "../limits/trust.js";
import type { Json, JsonSchema } from "../schema/json.js";
import { jsonSchemaOf, type OutputOf, type Schema } from "../schema/schema.js";
import { answerFields } from "./answer-fields.js";
import { answersIn } from "./answers-in.js";
import { callModel, type Ended } from "./call-model.js";
import { closingTag } from "./closing-tag.js";
import { noDoubts } from "./doubts.js";
import { firstValid } from "./first-valid.js";
import type { ChatModel, ModelCard, Role, Usage } from "./model.js";
import { schemaTold } from "./schema-told.js";
import { structuredWay } from "./structured-way.js";

export interface GenerateRequest<S extends Schema | undefined = Schema | undefined> {
  /** A role bound at `compile`, or a model. Default: the role `default`. */
  readonly model?: ChatModel | Role;
  readonly prompt: string | readonly BaseMessageLike[];
  /** Hold the answer to this schema; `value` is then what it gives. */
  readonly schema?: S;
  /** The prompt says already what the schema asks for, as a tuned model learnt to read it: no model is shown the schema besides. */
  readonly told?: true;
  /** Finds an answer in a text that is no JSON, where the schema's values are also written in forms of their own. Undefined where there is none. */
  readonly read?: (text: string) => Promise<Json | undefined>;
  /** Tokens to write at the most. Default: a quarter of the model's context, from 256 to 4096, within `limits.tokens`. */
  readonly maxTokens?: number;
  readonly temperature?: number;
}

export interface Generated<T> {
  readonly text: string;
  readonly value: T;
  /** `length` where the text was cut at `maxTokens`: it is not whole. A `value` that a schema holds never is a part. */
  readonly ended: Ended;
}

/** What one model is asked. */
export interface Asked<S extends Schema | undefined = Schema | undefined> extends Omit<GenerateRequest<S>, "model"> {
  /** No half of what is in an answer is mended, even where the model ended it of itself: something may be done by it. */
  readonly closed?: "within";
}

/** What a call to a model reports to, and what stops it. */
export interface GenerateHost {
  readonly signal: AbortSignal;
  readonly config: RunnableConfig;
  /** Which servers get which key; none beside each provider's own where it is not said. */
  readonly trust?: Pick<Trust, "keys">;
  /** What an answer may take. Default: that of `limitsOf`. */
  readonly limits?: Limits;
  /** Text as it comes. */
  token(text: string): void;
  /** Once a call, failed ones that took tokens included. */
  used(usage: Usage): void;
}

/** How often a model is asked again when its answer does not fit. */
const again = 2;
/** The temperature at the least where a model gave the same answer twice, or was in a loop. */
const warm = 0.7;

/**
 * Asks a chat model. With a schema, its answer is held to it step by step: the model's own way (schema, grammar, LangChain's), else the
 * schema in the prompt, also where prose came of the first; then a lenient parse and validation; then asking again with what is wrong.
 * An answer that was cut at the bound, or only repeated itself, is asked for again with half the tokens; one that looped or came twice,
 * with more chance in it. A way that a model's server refused for a schema, or that gave prose twice in a row where the prompt alone
 * helped, is not tried again for one of that shape.
 * @throws TroupeError `ANSWER_INVALID` with issues and the last text when no answer fits the schema; `LIMIT_CROSSED`
 * when more tokens are asked for than `limits.tokens`; `MODEL_FAILED` when the call fails; `ABORTED` or `TIMEOUT` at once when the signal is aborted.
 * @example
 * const { value } = await generate(chat, { prompt: "Name a fruit", schema: z.object({ fruit: z.string() }) }, host); // outside a run
 */
export function generate<S extends Schema | undefined = undefined>(
  model: ChatModel,
  request: Asked<S>,
  host: GenerateHost,
): Promise<Generated<S extends Schema ? OutputOf<S> : string>> {
  return stoppable("generate", host.signal, () => answered<S>(model, request, host));
}

async function answered<S extends Schema | undefined>(
  model: ChatModel,
  request: Asked<S>,
  host: GenerateHost,
): Promise<Generated<S extends Schema ? OutputOf<S> : string>> {
  const { schema, temperature } = request;
  const maxTokens = tokensFor(model, request, host);
  const prompt: readonly BaseMessageLike[] = typeof request.prompt === "string" ? [["user", request.prompt]] : request.prompt;
  if (!schema) {
    const answer = await callModel(model, { messages: prompt, maxTokens, temperature }, host);
    const { text, ended } = "text" in answer ? answer : { text: "", ended: "stop" as const };
    return { text, value: text as any, ended };
  }
  const json = jsonSchemaOf(schema);
  const { holders: own } = answerFields(json);
  const toldBefore = request.told === true;
  const way = structuredWay(model, json);
  let { structured } = way;
  let unheeded = false;
  let bound = maxTokens;
  let last: Wrong | undefined;
  let chance: { readonly temperature?: number | undefined; readonly seed?: number } = { temperature };
  for (let attempt = 0; attempt <= again; attempt++) {
    const asked = toldBefore ? prompt : told(prompt, structured, json);
    const messages: readonly BaseMessageLike[] = last ? [...asked, ["assistant", last.shown], ["user", correction(last)]] : asked;
    const answer = await callModel(model, { messages, maxTokens: bound, ...chance, schema: { json, structured, told: toldBefore } }, host);
    if ("refused" in answer) {
      way.note(answer.refused);
      structured = "none";
      attempt--;
      continue;
    }
    const { text, ended } = answer;
    const doubts = noDoubts();
    const answers = [
      ...(await answersIn(text, { cut: ended !== "stop", closed: request.closed ?? !(answer.whole || closesAround(text)), own, doubts })),
      ...(ended === "stop" ? await also(text, request.read) : []),
    ];
    // Whoever reads forms of its own knows what several values together say.
    const result = await firstValid(schema, json, answers, request.read ? { ...doubts, rivals: [] } : doubts);
    // Prose, from a model that is held to a schema, may come of how it is held: that shows where it answers without.
    const isProse = structured !== "none" && answers.length + doubts.unread.size === 0 && ended === "stop";
    if (structured !== "none" && !isProse) way.note(undefined);
    if (unheeded && "value" in result) way.note({ surely: false });
    if (isProse) [structured, unheeded] = ["none", true];
    if ("value" in result) return { text, value: result.value as any, ended: "stop" };
    if (ended === "loop" || last?.text === text) chance = { temperature: Math.max(temperature ?? 0, warm), seed: attempt };
    last = wrong(text, ended, bound, result.problems);
    if (ended !== "stop") bound = Math.ceil(bound / 2);
  }
  throw new TroupeError("ANSWER_INVALID", `${model.id} ${missed(last!, maxTokens)}, asked ${again + 1} times`, {
    hint: hints[last!.ended],
    issues: last!.issues,
    text: last!.text,
  });
}

/** Whether a model closed the fence or the tag in which it wrote last: nothing of that was lost on the way. */
function closesAround(text: string): boolean {
  const parts = text.split("```");
  return closingTag.test(text) || (parts.length > 2 && parts.length % 2 === 1 && !/[[{]/.test(parts.at(-1)!));
}

/** The value of an answer that was valid before, read from its text. */
export async function valueIn(text: string, schema: Schema, read?: GenerateRequest["read"]): Promise<unknown> {
  const json = jsonSchemaOf(schema);
  const { holders: own } = answerFields(json);
  const result = await firstValid(schema, json, [...(await answersIn(text, { own })), ...(await also(text, read))]);
  if ("value" in result) return result.value;
  throw new TroupeError("ANSWER_INVALID", `A recorded answer does not fit the schema any more: ${result.problems.join("; ")}`, { text });
}

const also = async (text: string, read: GenerateRequest["read"]): Promise<Json[]> => {
  const found = await read?.(text);
  return found === undefined ? [] : [found];
};

/** The tokens that an answer may take. @throws TroupeError `LIMIT_CROSSED` */
export function tokensFor(
  { card }: ChatModel,
  { maxTokens }: Pick<GenerateRequest, "maxTokens">,
  { limits = limitsOf() }: Pick<GenerateHost, "limits">,
): number {
  const most = maxTokens ?? Math.min(limits.tokens, 4096, Math.max(256, Math.floor(card.context / 4)));
  if (most > limits.tokens) throw limitCrossed("tokens", limits, `An answer of up to ${most.toLocaleString("en")} tokens`);
  return most;
}

/** What is wrong with an answer, and as much of it as the model should see again. */
interface Wrong {
  readonly text: string;
  readonly shown: string;
  readonly ended: Ended;
  /** Of tokens, in this ask. */
  readonly bound: number;
  readonly issues: readonly Issue[];
}

const hints: Readonly<Record<Ended, string>> = {
  stop: "Give the specialist a more capable model, or a simpler output schema.",
  length: "Give it more maxTokens, a schema whose answer is shorter, or a more capable model.",
  loop: "Give the specialist a more capable model, or bounds in the output schema: lengths of texts and lists.",
};

/** What is wrong with the last answer, the cause first: where it was cut, or only repeated itself, that is why it does not fit. */
function missed({ ended, bound }: Wrong, maxTokens: number): string {
  const unfit = "gave no answer that fits the schema";
  if (ended === "length")
    return `was cut at its limit of tokens (${bound < maxTokens ? `${bound} in the last ask; ` : ""}maxTokens is ${maxTokens}) and ${unfit}`;
  return ended === "loop" ? `only repeated itself and ${unfit}` : unfit;
}

function wrong(text: string, ended: Ended, bound: number, problems: readonly string[]): Wrong {
  const ends: Readonly<Record<Ended, readonly Issue[]>> = {
    stop: [],
    length: [{ code: "answer-cut", path: [], message: `The answer was cut at ${bound} tokens` }],
    loop: [{ code: "answer-loop", path: [], message: "The answer repeats itself without end" }],
  };
  const shown = ended === "stop" ? text.slice(0, 4000) : `${text.slice(0, 150)}…`;
  const misfits = problems.map((message) => ({ code: "answer-invalid", path: [], message }));
  return { text, shown: shown || "…", ended, bound, issues: [...ends[ended], ...misfits] };
}

/** Where a schema is not shown to the model whole, the prompt does: a grammar alone leaves it to guess what is meant. */
function told(prompt: readonly BaseMessageLike[], structured: ModelCard["structured"], json: JsonSchema): readonly BaseMessageLike[] {
  if (structured === "grammar" || structured === "langchain") return prompt;
  const ask = schemaTold(json);
  const last = prompt.at(-1);
  // One message where that is possible: some chat templates take no two from the same side.
  if (Array.isArray(last) && last[0] === "user" && typeof last[1] === "string") {
    return [...prompt.slice(0, -1), ["user", `${last[1]}\n\n${ask}`]];
  }
  if (Array.isArray(last) && last[0] === "user" && Array.isArray(last[1])) {
    return [...prompt.slice(0, -1), ["user", [...last[1], { type: "text", text: ask }]]];
  }
  return [...prompt, ["user", ask]];
}

function correction({ issues, ended }: Wrong): string {
  const short = ended === "stop" ? "" : " Keep it short, say everything once, and end it.";
  return `That answer does not fit:\n${issues.map(({ message }) => `- ${message}`).join("\n")}\nAnswer again, with the corrected JSON and nothing else.${short}`;
}
