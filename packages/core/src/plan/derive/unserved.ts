import type { Brief, Card } from "../brief.js";
import { lazily } from "../lazily.js";
import type { Slot } from "../slot.js";
import type { Clause } from "./clauses.js";
import { conceptsOf } from "./concepts.js";
import { memo } from "./memo.js";
import type { Missed } from "./missed.js";
import type { TermsOf } from "./terms.js";

/** Words that lead in what is spoken of, and are also names of things: `from`, `where`. */
const leading = lazily(() => new Set(conceptsOf("from about where when wann wo dónde cuándo acerca")));

/**
 * The words of a request that a plan leaves unserved: those that speak of a member which gives something and is not at work, of no
 * other that is, and of nothing that is given or wanted. A word of a member's name or field counts whole, one of what it does half.
 */
export function unservedOf(
  { members, given, wanted }: Brief,
  clauses: readonly Clause[],
  terms: TermsOf,
): (used: ReadonlySet<Card>) => readonly Missed[] {
  const words = (slots: Readonly<Record<string, Slot>>) =>
    Object.values(slots).flatMap(({ name, description }) => conceptsOf(`${name} ${description}`));
  const known = new Set([...words(given), ...words(wanted)]);
  const serves = memo((card: Card): ReadonlySet<string> => {
    const { all, labels } = terms(card);
    return new Set([...all, ...labels, ...words(card.takes), ...words(card.gives)]);
  });
  const givers = members.filter(({ effects }) => !effects).map((card) => terms(card));
  const said = new Map(
    clauses
      .filter(({ part }) => !part.negated)
      .flatMap(({ said, theirs }) => said.slice(0, theirs).map(({ concept, word }) => [concept, word] as const)),
  );
  const spoken = [...said]
    .filter(([one]) => one.length > 1 && !known.has(one) && !leading().has(one))
    .flatMap(([one, word]) => {
      const named = givers.some(({ name, fields }) => [name, ...fields].some((some) => some.includes(one)));
      const by = members.filter((card) => serves(card).has(one));
      return named || givers.some(({ all }) => all.has(one)) ? [{ said: word, by, worth: named ? 1 : 0.5 }] : [];
    });
  return (used) => spoken.filter(({ by }) => !by.some((card) => used.has(card)));
}
