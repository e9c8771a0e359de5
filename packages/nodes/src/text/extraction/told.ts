import type { Candidate } from "./candidate.js";
import { firstFrom } from "./first-from.js";
import type { Prose, Word } from "./prose.js";
import type { Scope } from "./scopes.js";
import { tells, termsOf } from "./terms.js";

/** What a label's words count that are none of the field's. */
const notOurs = 0.3;
/** The longest label before a colon. */
const longestLabel = 40;
/** What a term that a text says nowhere counts against the others. */
const unsaid = 0.35;

/**
 * How much of what a field says of itself stands near each candidate, from 0 to 1: the words of its name and its description, in the
 * same language or another. A word that stands near many candidates tells little, and a label that says more than the field less:
 * `Hours on site` is not the site.
 */
export function toldBy(
  prose: Prose,
  candidates: readonly Candidate[],
  scopes: (candidate: Candidate) => readonly Scope[],
): (said: string) => ReadonlyMap<Candidate, number> {
  const labelled = candidates.map((candidate) => ({ candidate, label: labelOf(prose, candidate) }));
  const values = new Set(candidates.flatMap(({ value, signs }) => (signs.faint ? [] : [value]))).size;
  return (said) => {
    const terms = termsOf(said);
    const sayings = terms.map((term) => new Set([...prose.meanings].flatMap(([word, meanings]) => (term(word, meanings) ? [word] : []))));
    const heard = sayings.map((saying) => {
      const places = saying.size ? prose.words.filter(({ text }) => saying.has(text)) : [];
      const starts = places.map(({ start }) => start);
      const stands = (from: number, to: number) => (places[firstFrom(starts, from)]?.end ?? Number.POSITIVE_INFINITY) <= to;
      const near = candidates.map((candidate) =>
        places.length ? Math.max(0, ...scopes(candidate).map(([from, to, weight]) => (stands(from, to) ? weight : 0))) : 0,
      );
      const shared = new Set(candidates.flatMap(({ value, signs }, i) => (near[i] && !signs.faint ? [value] : []))).size;
      const telling = near.some((much) => much > 0) ? 1 - Math.log(Math.max(1, shared)) / Math.log(Math.max(1, values) + 1) : 0;
      return { near, telling };
    });
    const most = heard.reduce((sum, { telling }) => sum + (telling || unsaid), 0);
    const ofLabel = (label: readonly Word[]) => {
      const ours = label.filter(({ text }) => sayings.some((saying) => saying.has(text))).length;
      return ours ? notOurs + (1 - notOurs) * (ours / label.length) : 1;
    };
    return new Map(
      labelled.map(({ candidate, label }, i) => {
        const much = heard.reduce((sum, { near, telling }) => sum + (near[i] ?? 0) * telling, 0);
        return [candidate, much ? (ofLabel(label) * much) / most : 0];
      }),
    );
  };
}

const label = /(?:^|\t| {2})([^\s:：][^:：\t]*?)[:：]\s*$/u;

/** The telling words of a candidate's label, if it has one with a colon. */
function labelOf({ text, lines, lineAt, within }: Prose, { start }: Candidate): readonly Word[] {
  const opens = Math.max(lines[lineAt(start)]?.start ?? start, start - longestLabel);
  const found = label.exec(text.slice(opens, start));
  return found ? within(opens + found.index, start).filter(({ text }) => tells(text)) : [];
}
