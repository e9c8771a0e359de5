import type { Kind } from "./field.js";

const bracketed = /^[^\S\n]?\([^()\n]{1,40}\)/;
/** Between commas, with a value before it and more behind: `Ana Ruiz, as landlady, and`. */
const apposed = /^, [^,;:()\d\n]{2,40}(?=[,;] )/;
/** What an amount or a number is for, as far as the next clause: `150 euros for the deposit and 30 for the key`. */
const purpose =
  /^[^\S\n]?(?:\p{Sc}|\p{L}{1,6}\.?)?[^\S\n](?:de|of|di|da|do|d'|für|for|pour|para|per|voor|för|til|na|za|pentru|για|за|на) [^,;.()\d\n]{2,40}?(?= (?:y|e|and|und|et|en|och|og|i|a|ja|ve|și|и|та|και) |[,;.]|$)/u;

/** How many characters right behind a value, as far as the next one of its kind, say what it is, and not what the next is. */
export function owned(kind: Kind, between: string): number {
  const named = kind === "person" || kind === "organisation";
  const found = bracketed.exec(between) ?? (named ? apposed : kind === "amount" || kind === "number" ? purpose : undefined)?.exec(between);
  return found?.[0].length ?? 0;
}
