import type { BaseMessageLike } from "@langchain/core/messages";
import { type ChatModel, type Context, hoisted, isCapable, type Json, type JsonSchema, type Role, schemaFromJson } from "@troupe/core";
import { capableModel } from "../text/capable-model.js";
import { candidatesFor } from "./arguments/candidates-for.js";
import { held } from "./arguments/held.js";
import { leftOpen } from "./arguments/left-open.js";
import { isNumeric } from "./arguments/numbers-for.js";
import { type Said, said } from "./arguments/said.js";
import { settle } from "./arguments/settle.js";
import type { Call, Calls, Lacking } from "./calls.js";
import type { FunctionCard } from "./function-card.js";
import { functionsTold } from "./functions-told.js";
import { meantLabels } from "./meant-labels.js";
import { parametersOf } from "./parameter.js";
import type { Section } from "./sections.js";

/** Calls that one stretch of a request may be made into, and the tokens that they may take. */
const most = 10;
const maxTokens = 600;

type Made = Pick<Calls, "calls" | "missing">;

/** The calls that a stretch of a request asks for: of the first functions that it says enough for, else what the likest lack. */
export async function callsFor({ text, tries }: Section, unsure: "ask" | "guess", ctx: Context): Promise<Made> {
  let missing: Made["missing"] | undefined;
  for (const functions of tries) {
    const made = await written(functions, said(text, await meantLabels(text, functions, ctx)), unsure, ctx);
    if (made.calls.length > 0) return made;
    missing ??= made.missing;
  }
  return { calls: [], missing: missing ?? [] };
}

async function written(functions: readonly FunctionCard[], asked: Said, unsure: "ask" | "guess", ctx: Context): Promise<Made> {
  const possible = unsure === "guess" ? functions : functions.filter((one) => unsaid(one, asked).length === 0);
  if (!possible.length)
    return { calls: [], missing: functions.slice(0, 1).map((one) => ({ name: one.name, arguments: unsaid(one, asked) })) };
  const model = await roleOf(ctx);
  const write = async (schema: JsonSchema): Promise<readonly Omit<Call, "guesses">[]> => {
    const prompt: BaseMessageLike[] = [
      ["system", functionsTold(possible)],
      ["user", asked.text],
    ];
    return (await ctx.generate({ model, prompt, schema: schemaFromJson(schema), told: true, maxTokens, temperature: 0 })).value as any;
  };
  const calls: Call[] = [];
  const missing: Lacking[] = [];
  const heldTo = possible.map((one) => ({ ...one, parameters: held(one.parameters, asked) }));
  for (const { name, arguments: given } of await write(listOfCalls(heldTo, { minItems: 0, maxItems: most }))) {
    const card = functions.find((one) => one.name === name)!;
    const { args, missing: guesses } = settle(given, card.parameters, leftOpen(asked, card.parameters));
    if (guesses.length === 0) calls.push({ name, arguments: args, guesses });
    // What the request says nothing of at all is no guess, but an invention.
    else if (unsure === "ask" || Object.keys(args).length === 0) missing.push({ name, arguments: guesses });
    else {
      const guessed = await write(listOfCalls([settledTo(args, card)], { minItems: 1, maxItems: 1 }));
      calls.push(...guessed.map((call) => ({ ...call, guesses })));
    }
  }
  return { calls, missing };
}

/** The role `calls`, unless none plays it, or a model that is not capable does and a capable one plays `default`. */
async function roleOf(ctx: Context): Promise<Role> {
  const own = ctx.model("calls") as ChatModel | undefined;
  return own && (isCapable(own) || !(await capableModel(ctx))) ? "calls" : "default";
}

/** Required numbers of a function, of those without a default, where a request says none that could be one. */
const unsaid = ({ parameters }: FunctionCard, asked: Said): readonly string[] =>
  parametersOf(parameters)
    .filter((one) => !one.optional && one.byDefault === undefined && isNumeric(one))
    .filter((one) => candidatesFor(one, leftOpen(asked, parameters))?.length === 0)
    .map(({ name }) => name);

/** Up to so many calls of functions, each with its arguments' schema. */
function listOfCalls(functions: readonly FunctionCard[], count: Readonly<Record<"maxItems" | "minItems", number>>): JsonSchema {
  const parts = functions.map(({ name, parameters }) => ({ name, ...hoisted(parameters, name) }));
  const items = parts.map(({ name, part }) => ({
    type: "object",
    properties: { name: { const: name }, arguments: part },
    required: ["name", "arguments"],
    additionalProperties: false,
  }));
  const [first, ...more] = items;
  const $defs = Object.assign({}, ...parts.map((one) => one.$defs)) as Readonly<Record<string, Json>>;
  return {
    type: "array",
    items: first && more.length === 0 ? first : { anyOf: items },
    ...count,
    ...(Object.keys($defs).length ? { $defs } : {}),
  };
}

/** A function whose arguments stand, but for the required ones that are lacking: these are not held to what the request says. */
function settledTo(args: Call["arguments"], { name, parameters }: FunctionCard): FunctionCard {
  const stand = new Map(Object.entries(args).map(([one, value]) => [one, { const: value }]));
  const fields = parametersOf(parameters).filter((one) => stand.has(one.name) || !one.optional);
  const properties = fields.map((one) => [one.name, stand.get(one.name) ?? one.schema] as const);
  const required = fields.map((one) => one.name);
  return { name, parameters: { ...parameters, properties: Object.fromEntries(properties), required, additionalProperties: false } };
}
