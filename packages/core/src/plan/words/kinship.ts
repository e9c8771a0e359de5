import type { Card } from "../brief.js";
import { memo } from "../derive/memo.js";
import { wordsOf } from "../derive/words.js";
import { fieldsOf } from "./fields.js";
import { isId } from "./identifies.js";
import { weights } from "./weights.js";

/** How near two members are as members of one family: rare words their names share, and ids one gives and the other needs. */
export function kinship(members: readonly Card[]): (a: Card, b: Card) => number {
  const of = memo((card: Card) => ({
    words: new Set(wordsOf(card.name.replace(/[_.]/g, " "))),
    gives: new Set(fieldsOf(card).map(({ words }) => words.join(" "))),
    needs: Object.values(card.takes).flatMap((slot) => (slot.required && isId(slot) ? [wordsOf(slot.name).join(" ")] : [])),
  }));
  const found = new Map<string, number>();
  for (const card of members) for (const word of of(card).words) found.set(word, (found.get(word) ?? 0) + 1);
  const sum = (words: readonly string[]) =>
    words.reduce((total, word) => total + Math.log((members.length + 1) / (found.get(word) ?? 1)), 0);
  const feeds = (from: Card, to: Card) => of(to).needs.some((need) => of(from).gives.has(need));
  return (a, b) => {
    const [one, other] = [of(a).words, of(b).words];
    const shared = [...one].filter((word) => other.has(word));
    const family = shared.length ? sum(shared) / Math.sqrt(sum([...one]) * sum([...other])) : 0;
    return weights.family * family + (feeds(a, b) || feeds(b, a) ? weights.feeds : 0);
  };
}
