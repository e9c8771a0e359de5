import { type ChatModel, type Context, hoisted, isCapable, type Json, type JsonSchema, type Role, schemaFromJson } from "@troupe/core";
import { capableModel } from "../text/capable-model.js";
import { candidatesFor } from "./arguments/candidates-for.js";
import { held } from "./arguments/held.js";
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

/** The calls that a stretch of a request asks for: of the first functions that it says enough for, else what the likest lack. */
export async function callsFor({ text, tries }: Section, unsure: "ask" | "guess", ctx: Context): Promise<Calls> {
  let first: Calls | undefined;
  for (const functions of tries) {
    const made = await written(functions, said(text, await meantLabels(text, functions, ctx)), unsure, ctx);
    if (made.calls.length > 0) return made;
    first ??= made;
  }
  return first!;
}

async function written(functions: readonly FunctionCard[], asked: Said, unsure: "ask" | "guess", ctx: Context): Promise<Calls> {
  const possible = unsure === "guess" ? functions : functions.filter((one) => unsaid(one, asked).length === 0);
  if (!possible.length)
    return { calls: [], missing: functions.slice(0, 1).map((one) => ({ name: one.name, arguments: unsaid(one, asked) })) };
  const { value } = await ctx.generate({
    model: await roleOf(ctx),
    prompt: [
      ["system", functionsTold(possible)],
      ["user", asked.text],
    ],
    schema: schemaFromJson(listOfCalls(possible, asked)),
    told: true,
    maxTokens,
    temperature: 0,
  });
  const calls: Call[] = [];
  const missing: Lacking[] = [];
  for (const call of value as readonly Call[]) {
    const { parameters } = functions.find(({ name }) => name === call.name)!;
    const settled = settle(call.arguments, parameters, asked);
    // What the request says nothing of at all is no guess, but an invention.
    const guessed = unsure === "guess" && Object.keys(settled.args).length > 0;
    const guesses = guessed ? settled.missing.filter((name) => name in call.arguments) : [];
    const lacking = settled.missing.filter((name) => !guesses.includes(name));
    if (lacking.length > 0) missing.push({ name: call.name, arguments: lacking });
    else
      calls.push({
        name: call.name,
        arguments: { ...settled.args, ...Object.fromEntries(guesses.map((one) => [one, call.arguments[one]!])) },
        guesses,
      });
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
    .filter((one) => candidatesFor(one, asked)!.length === 0)
    .map(({ name }) => name);

function listOfCalls(functions: readonly FunctionCard[], asked: Said): JsonSchema {
  const heldTo = functions.map(({ name, parameters }) => ({ name, ...hoisted(held(parameters, asked), name) }));
  const items = heldTo.map(({ name, part }) => ({
    type: "object",
    properties: { name: { const: name }, arguments: part },
    required: ["name", "arguments"],
    additionalProperties: false,
  }));
  const $defs = Object.assign({}, ...heldTo.map((one) => one.$defs)) as Readonly<Record<string, Json>>;
  return {
    type: "array",
    items: items.length === 1 ? items[0]! : { anyOf: items },
    maxItems: most,
    ...(Object.keys($defs).length ? { $defs } : {}),
  };
}
