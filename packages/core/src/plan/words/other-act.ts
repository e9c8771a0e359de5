import type { Card } from "../brief.js";
import { type Clause, polite } from "../derive/clauses.js";
import { conceptOf, conceptsOf } from "../derive/concepts.js";

const determiner =
  /^(?:the|an?|my|our|your|his|her|their|its|this|that|these|those|all|any|every|each|no|some|me|us|it|them|der|die|das|den|dem|des|ein|eine[nmr]?|meine?n?|unsere?n?|mir|uns|es|sie|ihn|el|la|los|las|una?|mis?|nuestr[oa]s?|lo)$/iu;
/** With these something is wanted, whatever it is, or nothing is said to be done. */
const light = new Set(
  `i we you he she they it there get take make have give do need want let go start begin try help please arrange organise organize ensure use put be is are am would could can will should may might must
  a an the my our your this that these those all any some no one for to in on at of by with from about and or but if so as then now also first next finally last
  ich wir du er sie es gib nimm mach mache besorge besorg brauche brauchen möchte möchten will wollen der die das den dem ein eine einen für mit in im am an auf zu und oder dann bitte
  yo nosotros necesito necesitamos quiero queremos haz dame toma pon el la los las un una para con en de y o por favor`.split(/\s+/u),
);

/**
 * Whether a clause tells to do something else with what a member's words name, and does not say what the member does: `print invoice 17`, where
 * it pays them, or `change the booking`.
 */
export function isOtherAct({ part }: Clause, { name, does }: Card): boolean {
  const words = part.text.replace(polite(), "").match(/\p{L}[\p{L}\p{N}]*|\p{N}+/gu) ?? [];
  const [first = "", second = ""] = words;
  const own = new Set(conceptsOf(`${name} ${does}`));
  const verbs = new Set([name, does].flatMap((said) => conceptsOf(said).slice(0, 1)));
  if (!/^\p{L}/u.test(first) || light.has(first.toLowerCase()) || own.has(conceptOf(first))) return false;
  if (!determiner.test(second) && !own.has(conceptOf(second))) return false;
  // Behind `the` a verb is a thing: `the booking`.
  return !words.some(
    (word, i) =>
      (verbs.has(conceptOf(word)) && !determiner.test(words[i - 1] ?? "")) ||
      (/^(?:me|us|mir|uns)$/i.test(words[i - 1] ?? "") && verbs.has(conceptOf(word))),
  );
}
