import type { Json } from "@troupe/core";
import type { Parameter } from "../parameter.js";
import { boundOf, boundSaid } from "./bounds.js";
import { candidatesFor, readingsOf } from "./candidates-for.js";
import type { Mention, Said } from "./said.js";
import { speaksFor } from "./speaks-for.js";

/** What a parameter's claim to a number is worth: that it is required comes first; then what the request and the model say. */
const required = 3;
const written = 0.7;
/** An optional parameter has to be spoken for as much, more where the model left it out. */
const optional = 0.5;
const unwritten = 0.8;

/** With these words one number may stand for several arguments. */
const several = /\b(?:both|each|every|same|equal|equally|all|square|cube|beide|gleich\p{L}*|cada|ambos)\b/iu;

interface Claim {
  readonly one: Parameter;
  readonly mention: Mention;
  readonly value: number;
  readonly worth: number;
}

/**
 * The numbers of a request for the parameters that take one each: a number that is said once fills one argument, the one that the model
 * wrote it for and the request's words speak for. What has no number of its own is left out.
 */
export function numbersFor(
  fields: readonly Parameter[],
  given: Readonly<Record<string, Json>>,
  said: Said,
  taken: ReadonlySet<Mention>,
): ReadonlyMap<string, number> {
  const numeric = fields.filter(isNumeric);
  const free = said.numbers.filter((one) => !taken.has(one));
  // Of those that share out so many numbers, none needs more than so many to choose from.
  const claims = numeric.flatMap((one) => {
    const spoken = speaksFor(one, numeric, said);
    const bound = boundOf(one.name);
    // `Under 50` says the most that a price may be, and never the least.
    const isOpposite = (mention: Mention) => bound !== undefined && (boundSaid(said.text, mention) ?? bound) !== bound;
    const own = free.filter((mention) => !isOpposite(mention)).flatMap((mention) => claimOf(one, mention, spoken, given) ?? []);
    return own.sort((a, b) => b.worth - a.worth).slice(0, numeric.length);
  });
  const found = new Map(best(claims).map(({ one, value }) => [one.name, value]));
  for (const one of numeric) {
    const value = given[one.name];
    if (found.has(one.name) || typeof value !== "number" || !candidatesFor(one, said)?.includes(value)) continue;
    // A part of a date stands in no number's place; and some requests say that one number is for several.
    const isMention = said.numbers.some((mention) => readingsOf(mention, one).includes(value));
    if (!isMention || (!one.optional && several.test(said.text))) found.set(one.name, value);
  }
  return found;
}

export const isNumeric = ({ type, labels, either }: Parameter): boolean => !labels && !either && (type === "number" || type === "integer");

function claimOf(
  one: Parameter,
  mention: Mention,
  speaks: (mention: Mention) => number,
  given: Readonly<Record<string, Json>>,
): Claim | undefined {
  const readings = readingsOf(mention, one);
  const [first] = readings;
  if (first === undefined) return undefined;
  const isWritten = readings.includes(given[one.name] as number);
  const value = isWritten ? (given[one.name] as number) : first;
  const spoken = speaks(mention);
  if (!isWritten && spoken < (one.optional ? unwritten : 0.3)) return undefined;
  const worth = (isWritten ? written : 0) + spoken + (one.optional ? -optional : required);
  return worth > 0 ? { one, mention, value, worth } : undefined;
}

/** Of claims those that go together, and are worth most: the greatest first, then exchanged as long as it gains. */
function best(claims: readonly Claim[]): readonly Claim[] {
  const fits = (some: readonly Claim[], one: Claim) => some.every((other) => other.one !== one.one && other.mention !== one.mention);
  const sorted = [...claims].sort((a, b) => b.worth - a.worth);
  const filled = (some: readonly Claim[]) => {
    const all = [...some];
    for (const one of sorted) if (fits(all, one)) all.push(one);
    return all;
  };
  const worth = (some: readonly Claim[]) => some.reduce((sum, one) => sum + one.worth, 0);
  let chosen = filled([]);
  for (;;) {
    const others = claims.map((one) => filled([one, ...chosen.filter((other) => fits([one], other))]));
    const better = others.reduce((most, other) => (worth(other) > worth(most) + 1e-9 ? other : most), chosen);
    if (better === chosen) return chosen;
    chosen = better;
  }
}
