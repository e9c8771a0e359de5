import { type Json, senseOf } from "@troupe/core";
import type { Said } from "./said.js";
import { alike, folded, wordsOf } from "./words-said.js";

/** Where a request says a label: from one of its words to another, and how well. */
interface Place {
  readonly from: number;
  readonly to: number;
  /** 2 to the letter, 1 but for capitals and accents, 0 in another form, -1 with other words between. */
  readonly how: number;
  readonly denied: boolean;
}

export interface LabelsSaid {
  readonly said: readonly Json[];
  /** Those that a request says only to deny them: `not by express`. */
  readonly denied: readonly Json[];
}

/**
 * The labels that a request says, as they stand or in other words; of one that is said only within a longer one, or only much as another is,
 * the other: `pro` is not said by `Pro Plus`.
 */
export function labelsSaid(labels: readonly Json[], request: Said): LabelsSaid {
  const words = [...request.text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: text, index }) => ({
    text,
    word: folded(text),
    start: index,
    end: index + text.length,
  }));
  const found = labels.map((label) => [label, placesOf(label, words, request)] as const);
  const all = found.flatMap(([, places]) => places);
  const isBetter = (one: Place, other: Place) =>
    one.how >= 0 && one.from <= other.from && one.to >= other.to && (one.to - one.from > other.to - other.from || one.how > other.how);
  const own = found.map(([label, places]) => [label, places.filter((place) => !all.some((one) => isBetter(one, place)))] as const);
  const isSaid = (label: Json) =>
    typeof label === "number"
      ? request.numbers.some(({ value }) => value === label)
      : request.meant.has(String(label)) || isMark(String(label), request);
  const denied = own.flatMap(([label, places]) => (places.length > 0 && places.every((one) => one.denied) ? [label] : []));
  const said = own.flatMap(([label, places]) => (!denied.includes(label) && (places.length > 0 || isSaid(label)) ? [label] : []));
  return { said, denied };
}

type Word = { readonly text: string; readonly word: string; readonly start: number; readonly end: number };

function placesOf(label: Json, words: readonly Word[], { text, numbers }: Said): readonly Place[] {
  if (typeof label === "number") {
    const isOther = ({ start, end }: Word) => numbers.some((one) => one.start <= start && one.end >= end && one.value !== label);
    return words.flatMap((one, i) => (one.word === String(label) && !isOther(one) ? [{ from: i, to: i, how: 2, denied: false }] : []));
  }
  const parts = String(label).match(/[\p{L}\p{N}]+/gu) ?? [];
  const own = wordsOf(String(label));
  if (own.length === 0 || parts.length !== own.length) return [];
  const row = words.flatMap((first, i): Place[] => {
    const those = words.slice(i, i + own.length);
    const last = those[own.length - 1];
    if (!last || !own.every((one, j) => alike(those[j]!.word, one))) return [];
    const how = those.every((one, j) => one.text === parts[j]) ? 2 : those.every((one, j) => one.word === own[j]) ? 1 : 0;
    return [{ from: i, to: i + own.length - 1, how, denied: senseOf(text, first.start, last.end) === false }];
  });
  if (row.length > 0) return row;
  const at = own.map((one) => words.findIndex(({ word }) => alike(word, one)));
  return at.includes(-1) ? [] : [{ from: Math.min(...at), to: Math.max(...at), how: -1, denied: false }];
}

/** Whether a label without letters and digits stands by itself in a request: `+` in `3 + 4`. */
function isMark(label: string, { text }: Said): boolean {
  return label.trim() !== "" && wordsOf(label).length === 0 && text.split(/[\s\p{L}\p{N}]+/u).includes(label.trim());
}
