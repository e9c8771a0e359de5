import { type Part, partsOf } from "@troupe/core";
import { cosine } from "../text/cosine.js";
import { askedIn } from "./asked-in.js";
import type { FunctionCard } from "./function-card.js";
import { functionTexts } from "./function-texts.js";
import { withoutValues } from "./without-values.js";

/** A stretch of a request, and the functions that it may be for: those tried together are told together, the first that serve are taken. */
export interface Section {
  readonly text: string;
  readonly tries: readonly (readonly FunctionCard[])[];
}

/** A text as a vector, of which all that are asked for are known. */
export type VectorOf = (text: string) => readonly number[];

/**
 * A request, or what it asks for without what it speaks of, is like a function from this cosine on (MiniLM). Fitted on 200 single calls of
 * Seal-Tools' development set, beside two other functions of their fields: 3.5% of what can be called falls below, and 80% of what can't.
 */
const like = 0.43;
/** A piece of a request asks for a function of its own from this cosine on, and where it leads the next function by so much. */
const asks = 0.5;
/** Functions within so much of the likest are about as like. */
const close = 0.05;

/** A text, and what it asks for without what it speaks of. */
const readings = (text: string, request: string, part?: Part): readonly string[] => [text, withoutValues(request, part)].filter(Boolean);

/** The readings of what a request asks for as a whole. */
function wholes(request: string): readonly string[] {
  const asked = askedIn(request) ?? request;
  return readings(asked, asked);
}

/** The texts whose vectors `sectionsOf` needs. */
export const textsToEmbed = (request: string, functions: readonly FunctionCard[]): readonly string[] => [
  ...wholes(request),
  ...partsOf(request).flatMap((part) => readings(part.text, request, part)),
  ...functions.flatMap(functionTexts),
];

/**
 * Parts a request by the functions that its pieces ask for: pieces that say no function plainly go with the one before. One that asks for
 * one function is one section; one that is like none is none.
 */
export function sectionsOf(request: string, functions: readonly FunctionCard[], vectorOf: VectorOf): readonly Section[] {
  const ranked = (texts: readonly string[]) =>
    functions
      .map((card) => {
        const near = texts.flatMap((one) => functionTexts(card).map((own) => cosine(vectorOf(one), vectorOf(own))));
        return { card, likeness: Math.max(...near) };
      })
      .sort((a, b) => b.likeness - a.likeness);
  const before: string[] = [];
  const stretches = new Map<FunctionCard, string[]>();
  let current: FunctionCard | undefined;
  for (const part of partsOf(request)) {
    const { text, negated } = part;
    const [first, second] = ranked(readings(text, request, part));
    if (!negated && withoutValues(request, part) && first && first.likeness >= asks && first.likeness - (second?.likeness ?? 0) >= close)
      current = first.card;
    if (current) stretches.set(current, [...(stretches.get(current) ?? []), text]);
    else before.push(text);
  }
  if (stretches.size > 1) return [...stretches].map(([card, texts]) => ({ text: [...before, ...texts].join(". "), tries: [[card]] }));
  const all = ranked(wholes(request));
  const [best] = all;
  if (!best || best.likeness < like) return [];
  return [{ text: request, tries: all.filter(({ likeness }) => best.likeness - likeness < close).map(({ card }) => [card]) }];
}
