import { partsOf } from "@troupe/core";
import { cosine } from "../text/cosine.js";
import type { FunctionCard } from "./function-card.js";
import { functionTexts } from "./function-texts.js";

/** A stretch of a request, and the functions that it may be for: those tried together are told together, the first that serve are taken. */
export interface Section {
  readonly text: string;
  readonly tries: readonly (readonly FunctionCard[])[];
}

/** A text as a vector, of which all that are asked for are known. */
export type VectorOf = (text: string) => readonly number[];

/**
 * A request is like a function from this cosine on (MiniLM). Fitted on 250 single calls of Seal-Tools' development set, beside two other
 * functions of their fields: 4.5% of what can be called falls below, and 77% of what can't.
 */
const like = 0.37;
/** A piece of a request asks for a function of its own from this cosine on, and where it leads the next function by so much. */
const asks = 0.5;
/** Functions within so much of the likest are about as like. */
const close = 0.05;

/** The texts whose vectors `sectionsOf` needs. */
export const textsToEmbed = (request: string, functions: readonly FunctionCard[]): readonly string[] => [
  request,
  ...partsOf(request).map(({ text }) => text),
  ...functions.flatMap(functionTexts),
];

/**
 * Parts a request by the functions that its pieces ask for: pieces that say no function plainly go with the one before. One that asks for
 * one function is one section; one that is like none is none.
 */
export function sectionsOf(request: string, functions: readonly FunctionCard[], vectorOf: VectorOf): readonly Section[] {
  const ranked = (text: string) =>
    functions
      .map((card) => ({ card, likeness: Math.max(...functionTexts(card).map((one) => cosine(vectorOf(text), vectorOf(one)))) }))
      .sort((a, b) => b.likeness - a.likeness);
  const stretches = new Map<FunctionCard | undefined, string[]>();
  let current: FunctionCard | undefined;
  for (const { text, negated } of partsOf(request)) {
    const [first, second] = ranked(text);
    if (!negated && first && first.likeness >= asks && first.likeness - (second?.likeness ?? 0) >= close) current = first.card;
    stretches.set(current, [...(stretches.get(current) ?? []), text]);
  }
  const before = stretches.get(undefined) ?? [];
  stretches.delete(undefined);
  if (stretches.size > 1) return [...stretches].map(([card, texts]) => ({ text: [...before, ...texts].join(". "), tries: [[card!]] }));
  const all = ranked(request);
  const [best] = all;
  if (!best || best.likeness < like) return [];
  return [{ text: request, tries: all.filter(({ likeness }) => best.likeness - likeness < close).map(({ card }) => [card]) }];
}
