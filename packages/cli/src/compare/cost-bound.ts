import { type ChatModel, costOf, type JsonSchema, jsonSchemaOf, objectFields, type Signature } from "@troupe/core";
import type { Case } from "./suite.js";

/** Characters of a token at the least: more tokens are reckoned than there mostly are. */
const charactersAToken = 3;
/** What an image takes at the most where providers tell. */
const tokensAnImage = 1600;
/** Tokens of an answer at the most, as structured answers have them by default. */
const answer = 4096;
/** Tokens of the prompt around what is given. */
const frame = 200;

/**
 * US dollars that a model takes at the most for a case of a task where it is asked once: what is given and the outputs' schema, reckoned
 * high, and the longest answer that it may write. Undefined where its price is not known.
 */
export function mostFor(giant: ChatModel, task: Signature, { input }: Case): number | undefined {
  const { properties } = objectFields(jsonSchemaOf(task.input, "input")) ?? { properties: {} as Readonly<Record<string, JsonSchema>> };
  const media = Object.entries(input).filter(([name]) => JSON.stringify(properties[name]).includes('"x-media"'));
  const images = media.flatMap(([, value]) => value).length;
  const characters = JSON.stringify(input).length + JSON.stringify(jsonSchemaOf(task.output, "output")).length;
  return costOf(giant.card, { input: Math.ceil(characters / charactersAToken) + images * tokensAnImage + frame, output: answer });
}
