import { wordsOf } from "../derive/words.js";
import type { Slot } from "../slot.js";
import type { Field } from "./fields.js";

/** Names that many places have: alone they do not say that one comes from the other. */
const common = new Set(
  "name title date time status type url link text message description content query location language country region category number limit page result value user image lat lng zoom address"
    .split(" ")
    .flatMap(wordsOf),
);

/** How well an argument's name and a field's name match, from 0 to 1; 1 where they say the same, and no more than others do. */
export function matching(slot: Slot, field: Field): number {
  // `username_or_id` is what either of them is.
  return Math.max(...slot.name.split(/_or_/i).map((name) => matchOf(wordsOf(name), field.words)));
}

function matchOf(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  if (a.join(" ") === b.join(" ")) return isCommon(a) ? 0.3 : 1;
  // `originSkyId` is a `skyId`; `amount` may be a `converted_amount`.
  if (endsWith(a, b)) return b.length > 1 ? 0.9 : isCommon(b) ? 0.1 : 0.4;
  if (endsWith(b, a)) return a.length > 1 ? 0.7 : isCommon(a) ? 0.1 : 0.4;
  return a.filter((word) => b.includes(word)).length / (a.length + b.length);
}

const isCommon = (words: readonly string[]) => words.length === 1 && words.every((word) => common.has(word));
const endsWith = (long: readonly string[], short: readonly string[]) =>
  long.length > short.length && long.slice(-short.length).join(" ") === short.join(" ");
