import { general } from "./concepts/akin.js";
import { concepts } from "./concepts/concepts.js";
import { knownBeside } from "./concepts/known.js";
import type { Field, Fields } from "./field.js";
import { labelMatcher } from "./label-match.js";
import { plain } from "./plain.js";
import { isTelling } from "./stop-words.js";

/** What to look for beside a field's value. */
export interface Sought {
  readonly kind: NonNullable<Field["kind"]>;
  /** The concepts that its name, its labels and its description are known by. */
  readonly concepts: ReadonlySet<string>;
  /** How well a label reads as what the field is called: 1 as its name, less as words of its description. */
  readonly own: (label: string, behind?: boolean) => number;
  /** How well one reads as what another field of the kind is called. */
  readonly others: (label: string, behind?: boolean) => number;
  /** Whether it is called no more than its kind, so that the only value of a text is likely it. */
  readonly general: boolean;
  /** The field in a sentence, for embeddings. */
  readonly query: string;
}

/** How well a part of a description must read as a concept for the field to be known by that. */
const known = 0.75;
/** Concepts that a description speaks of whatever else it says: `day on which the engineer comes`. */
const vague = new Set(["date", "time", "name"]);
/** What a word of a description counts where its whole would count 1. */
const ofDescription = 0.6;

/** `dueDate` as `due date`. */
export const spoken = (name: string) =>
  name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/[_-]+/g, " ")
    .toLowerCase();

export function soughtFor(name: string, fields: Fields): Sought {
  const field = fields[name]!;
  const siblings = Object.keys(fields).filter((other) => other !== name && (fields[other]!.kind ?? "text") === (field.kind ?? "text"));
  const ours = phrasesOf(name, field);
  const theirs = siblings.flatMap((other) => phrasesOf(other, fields[other]!)).filter((phrase) => !ours.includes(phrase));
  const whole = labelMatcher(ours);
  const words = labelMatcher(wordsOf(name, field));
  const others = labelMatcher(theirs);
  const kind = field.kind ?? "text";
  const known = conceptsOf(name, field);
  return {
    kind,
    concepts: known,
    general: kind === "email" ? siblings.length === 0 : general[kind].some((concept) => known.has(concept)),
    own: (label, behind) => Math.max(whole(label, behind), ofDescription * words(label, behind)),
    others,
    query: field.description ? `${spoken(name)}: ${field.description}` : spoken(name),
  };
}

/** What a field is called: its name, its labels, a description that is no sentence, and what stands in brackets in it. */
function phrasesOf(name: string, { labels = [], description = "" }: Field): string[] {
  const bracketed = [...description.matchAll(/\(([^)]{2,40})\)/g)].map(([, inside]) => inside!);
  const short = description.replace(/\([^)]*\)/g, " ").trim();
  return [spoken(name), ...labels, ...bracketed, ...(short && short.split(/\s+/).length <= 3 ? [short] : [])].map(plain).filter(Boolean);
}

/** The telling words of a field's description and name. */
const wordsOf = (name: string, { description = "" }: Field): string[] => [
  ...new Set(
    plain(`${spoken(name)} ${description}`)
      .split(" ")
      .filter(isTelling),
  ),
];

/** The concepts that a field's name is, else the one it holds; and those that its description or a label is. */
function conceptsOf(name: string, field: Field): ReadonlySet<string> {
  const kind = field.kind ?? "text";
  const judge = knownBeside(kind);
  const best = (phrase: string, least: number) => {
    const found = [...judge(phrase)].filter(([, much]) => much >= least).sort((a, b) => b[1] - a[1]);
    return found.filter(([, much]) => much === found[0]![1]).map(([concept]) => concept);
  };
  const named = concepts.get(kind)?.has(name) ? [name] : best(spoken(name), 0.82);
  return new Set([
    ...named,
    ...phrasesOf(name, field)
      .slice(1)
      .flatMap((phrase) => best(phrase, 0.9)),
    ...described(field, best),
  ]);
}

/** The concepts that a description as a whole speaks of. */
function described({ description }: Field, best: (phrase: string, least: number) => string[]): string[] {
  return description ? best(description, known).filter((concept) => !vague.has(concept)) : [];
}
