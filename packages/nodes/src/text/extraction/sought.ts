import { concepts } from "./concepts.js";
import type { Field, Fields } from "./field.js";
import { labelMatcher } from "./label-match.js";
import { plain } from "./similar.js";

/** What to look for beside a field's value. */
export interface Sought {
  /** The concept the field is known by, if it is one. */
  readonly concept?: string;
  /** Phrases that speak for a value beside them. */
  readonly own: readonly string[];
  /** Words of the description, which speak for it less. */
  readonly hints: readonly string[];
  /** Phrases that speak against it: those of other concepts and fields of the kind. */
  readonly rivals: readonly string[];
  /** The field in a sentence, for embeddings. */
  readonly query: string;
}

/** `dueDate` as `due date`. */
export const spoken = (name: string) =>
  name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/[_-]+/g, " ")
    .toLowerCase();

export function soughtFor(name: string, fields: Fields): Sought {
  const field = fields[name]!;
  const concept = conceptOf(name, field);
  const own = phrasesOf(name, field);
  const others = Object.entries(concepts).filter(([key, { kind }]) => key !== concept && kind === (field.kind ?? "text"));
  const siblings = Object.keys(fields).filter((other) => other !== name && fields[other]!.kind === field.kind);
  const rivals = [...others.flatMap(([, { words }]) => words), ...siblings.flatMap((other) => phrasesOf(other, fields[other]!))];
  return {
    ...(concept ? { concept } : {}),
    own,
    hints: plain(field.description ?? "")
      .split(" ")
      .filter((word) => word.length > 3),
    rivals: rivals.filter((phrase) => !own.includes(phrase)),
    query: field.description ? `${spoken(name)}: ${field.description}` : spoken(name),
  };
}

function phrasesOf(name: string, field: Field): string[] {
  const concept = conceptOf(name, field);
  return [spoken(name), ...(field.labels ?? []), ...(concept ? concepts[concept]!.words : [])];
}

/** The concept whose words the name is, else those its labels are, else the one its name holds. */
function conceptOf(name: string, field: Field): string | undefined {
  const kind = field.kind ?? "text";
  const known = Object.entries(concepts).filter(([, concept]) => concept.kind === kind);
  for (const phrase of [spoken(name), ...(field.labels ?? [])].map(plain)) {
    const exact = known.find(([key, { words }]) => key === phrase || words.some((word) => plain(word) === phrase));
    if (exact) return exact[0];
  }
  const scored = known.map(([key, { words }]) => [key, labelMatcher(words)(spoken(name))] as const).sort((a, b) => b[1] - a[1]);
  return scored[0] && scored[0][1] >= 0.9 ? scored[0][0] : undefined;
}
