import type { Json } from "@troupe/core";
import type { Parameter } from "../parameter.js";
import type { Said } from "./said.js";
import { alike, spoken, wordsOf } from "./words-said.js";

/** With these words one number may stand for several arguments. */
const several = /\b(?:both|each|every|same|equal|equally|all|square|cube|jeweils?|beide|gleich\p{L}*|cada|ambos)\b/iu;

/**
 * Of numbers that required arguments share, more of them than the request says: the names of those that are to be left out. The argument
 * that the request speaks of most keeps the number; where two are spoken of alike, none does.
 */
export function sharedNumbers(args: Readonly<Record<string, Json>>, fields: readonly Parameter[], said: Said): ReadonlySet<string> {
  const out = new Set<string>();
  if (several.test(said.text)) return out;
  const numeric = fields.filter(({ name, optional }) => !optional && typeof args[name] === "number");
  for (const value of new Set(numeric.map(({ name }) => args[name] as number))) {
    const sharing = numeric.filter(({ name }) => args[name] === value);
    const times = said.numbers.filter((one) => one.value === value || (one.percent && one.value / 100 === value)).length;
    if (sharing.length <= times) continue;
    const ranked = sharing.map((one) => ({ one, spokenOf: spokenOf(one, said) })).sort((a, b) => b.spokenOf - a.spokenOf);
    const sure = times > 0 && ranked[times - 1]!.spokenOf > ranked[times]!.spokenOf ? times : 0;
    for (const { one } of ranked.slice(sure)) out.add(one.name);
  }
  return out;
}

/** How many words of a parameter's name and description the request has; those of the name count twice. */
function spokenOf({ name, description = "" }: Parameter, said: Said): number {
  const has = (text: string) =>
    new Set(wordsOf(text).filter((word) => word.length > 2 && said.words.some((other) => alike(word, other)))).size;
  return 2 * has(spoken(name)) + has(description);
}
