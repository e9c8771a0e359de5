import { broad, general } from "./concepts/akin.js";
import { concepts } from "./concepts/concepts.js";
import { saidOf } from "./concepts/known.js";
import { meansAny } from "./concepts/means-any.js";
import type { Field, Fields } from "./field.js";
import { asWhole, labelMatcher } from "./label-match.js";
import { plain } from "./plain.js";
import { sideOf } from "./sides.js";
import { isTelling } from "./stop-words.js";
import { isTrade } from "./trades.js";

/** What to look for beside a field's value. */
export interface Sought {
  readonly kind: NonNullable<Field["kind"]>;
  /** The concepts that its name, its labels and its description are known by. */
  readonly concepts: ReadonlySet<string>;
  /** Concepts that a field known by none speaks of, which say nothing against a value. */
  readonly mentioned: ReadonlySet<string>;
  /** Of a range its start (1) or its end (-1); of a letter whom it goes to (1) or who signs it (-1); 0 where the field says neither. */
  readonly side: 1 | 0 | -1;
  /** How well a label reads as what the field is called. */
  readonly own: (label: string, behind?: boolean) => number;
  /** How well a name itself reads as what the field is called, or as a word of its description. */
  readonly within: (text: string) => number;
  /** How well one reads as what another field of the kind is called. */
  readonly others: (label: string, behind?: boolean) => number;
  /** Whether it is called no more than its kind, so that the only value of a text is likely it. */
  readonly general: boolean;
  /** Whether it is an amount that was given or taken off, whose sign in a column says no more than that. */
  readonly unsigned: boolean;
  /** The field in a sentence, for embeddings. */
  readonly query: string;
}

/** How well a part of a description must read as a concept for the field to be known by that. */
const known = 0.75;
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
  const siblings = Object.entries(fields).filter(([other, { kind = "text" }]) => other !== name && kind === (field.kind ?? "text"));
  const ours = phrasesOf(name, field);
  const theirs = siblings.flatMap(([other, one]) => phrasesOf(other, one)).filter((phrase) => !ours.includes(phrase));
  const own = labelMatcher(ours);
  const words = labelMatcher(wordsOf(name, field));
  const others = labelMatcher(theirs);
  const kind = field.kind ?? "text";
  const known = conceptsOf(name, field);
  return {
    kind,
    concepts: known,
    general: kind === "email" ? siblings.length === 0 : general[kind].some((concept) => known.has(concept)),
    mentioned: new Set(known.size ? [] : saidOf(kind)(`${spoken(name)} ${field.description ?? ""}`).keys()),
    unsigned: kind === "amount" && meansAny(`${spoken(name)} ${field.description ?? ""}`, givenOff),
    side: sideOf(kind, known, `${spoken(name)} ${field.description ?? ""}`),
    own,
    within: (text) => Math.max(own(text), ofDescription * words(text)),
    others,
    query: field.description ? `${spoken(name)}: ${field.description}` : spoken(name),
  };
}

/** What is given or taken off. */
const givenOff = "paid discount refund change deposit deducted";

/** What a field is called: its name, its labels, a description that is no sentence, and what stands in brackets in it. */
function phrasesOf(name: string, { labels = [], description = "" }: Field): string[] {
  const bracketed = [...description.matchAll(/\(([^)]{2,40})\)/g)].map(([, inside = ""]) => inside);
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

/**
 * The concepts that a field's name is, else those that its labels and its description speak of. A broad one, which says little more
 * than the kind, counts only where nothing else is said: the `price` is one, the price of the seat is not.
 */
function conceptsOf(name: string, field: Field): ReadonlySet<string> {
  const kind = field.kind ?? "text";
  const judge = saidOf(kind);
  const isBroad = (concept: string) => broad[kind].includes(concept);
  const best = (phrase: string, least: number) => {
    const found = [...judge(phrase)].filter(([concept, much]) => much >= (isBroad(concept) ? asWhole : least)).sort((a, b) => b[1] - a[1]);
    const most = found[0]?.[1];
    return found.filter(([, much]) => much === most).map(([concept]) => concept);
  };
  const named = concepts.get(kind)?.has(name) ? [name] : best(spoken(name), 0.82);
  if (named.some((concept) => !isBroad(concept))) return new Set(named);
  const called = phrasesOf(name, field)
    .slice(1)
    .flatMap((phrase) => best(phrase, 0.9));
  const { description = "" } = field;
  const described = description ? best(description, known).filter((concept) => !byKindOnly(judge, description, concept)) : [];
  const issuer = kind === "organisation" && issues(`${spoken(name)} ${description}`) ? ["seller"] : [];
  return new Set([...named, ...called, ...described, ...issuer]);
}

/** Whether a description speaks of a concept only by a word that says no more than its kind: `amount that the insurer pays back`. */
function byKindOnly(judge: ReturnType<typeof saidOf>, description: string, concept: string): boolean {
  const words = plain(description).split(" ");
  const telling = words.filter(isTelling);
  const [all, some] = [judge(description).get(concept) ?? 0, judge(telling.join(" ")).get(concept) ?? 0];
  // What two words say together is more than one says.
  const alone = Math.max(0, ...words.filter((word) => !isTelling(word)).map((word) => judge(word).get(concept) ?? 0));
  return telling.length > 0 && some < known && all <= alone * (0.75 + 0.25 / words.length) + 1e-9;
}

/** What those do who send a document. */
const issuing = "issued invoice sold sends writes";

/** The most telling words of a field that is called by a trade, and is so whoever a document comes from: `name of the bakery`. */
const fewTelling = 2;

/** Whether what is said of an organisation says that it is the one that a document comes from. */
function issues(said: string): boolean {
  const words = [...new Set(plain(said).split(" "))];
  const telling = words.filter(isTelling).length;
  return (telling <= fewTelling && words.some(isTrade)) || meansAny(said, issuing);
}
