import type { Card } from "../brief.js";
import { wordsOf } from "../derive/words.js";
import { fieldsOf } from "./fields.js";
import { isId } from "./identifies.js";
import { weights } from "./weights.js";

/** How near two members are as members of one family, by their places in a list: rare words their names share, and ids one gives and the other needs. */
export function kinship(members: readonly Card[]): (a: number, b: number) => number {
  const names = members.map(({ name }) => new Set(wordsOf(name.replace(/[_.]/g, " "))));
  const found = new Map<string, number>();
  for (const words of names) for (const word of words) found.set(word, (found.get(word) ?? 0) + 1);
  const sum = (words: readonly string[]) =>
    words.reduce((total, word) => total + Math.log((members.length + 1) / (found.get(word) ?? 1)), 0);
  const gives = members.map((card) => new Set(fieldsOf(card).map(({ words }) => words.join(" "))));
  const needs = members.map(({ takes }) =>
    Object.values(takes).flatMap((slot) => (slot.required && isId(slot) ? [wordsOf(slot.name).join(" ")] : [])),
  );
  const feeds = (from: number, to: number) => needs[to]!.some((need) => gives[from]!.has(need));
  return (a, b) => {
    const shared = [...names[a]!].filter((word) => names[b]!.has(word));
    const family = shared.length ? sum(shared) / Math.sqrt(sum([...names[a]!]) * sum([...names[b]!])) : 0;
    return weights.family * family + (feeds(a, b) || feeds(b, a) ? weights.feeds : 0);
  };
}
