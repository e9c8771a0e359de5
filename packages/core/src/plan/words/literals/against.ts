import { conceptOf } from "../../derive/concepts.js";
import { lazily } from "../../lazily.js";

const link = String.raw`(?:\s*[:=]|(?:[ ](?:is|are|for|means?|being|ist|sind|heißt|bedeutet|für|es|son|para|significan?))+)(?: (?:towards?|to|nach|hacia))?(?: (?:the|an?|el|la|una?|eine?))? (\p{L}+)`;
const counted = "(?: (?:values?|numbers?|ones|werte|zahlen|valores|números))?";
const signs = { negative: "(?:negativ(?:e[nrs]?|[oa]s?)?|minus|below zero)", positive: "positiv(?:e[nrs]?|[oa]s?)?" };
/** Words that say of numbers below nothing whether there may be any. */
const rules = /^(?:not|nicht|no|(?:dis|un)?allowed|permitted|forbidden|refused|rejected|invalid|valid|possible|erlaubt|ungültig|möglich)$/;

/** What a description says that numbers below nothing stand for, or those above: `negative is down`, `negative turns left`, `west is negative`. */
const toldOf = (sign: string) => {
  const side = sides().flat(2).join("|");
  return [
    new RegExp(String.raw`(?<![\p{L}\d-])${sign}${counted}${link}`, "giu"),
    new RegExp(String.raw`(?<![\p{L}\d-])${sign}[^,.;]{0,20}? (${side})(?![\p{L}\d])`, "giu"),
    new RegExp(String.raw`(?<![\p{L}\d])(\p{L}+)(?: (?:is|are|ist|sind|es|son)|\s*=) ${sign}(?![\p{L}\d])`, "giu"),
  ];
};
const told = lazily(() => ({ negative: toldOf(signs.negative), positive: toldOf(signs.positive) }));

/** Two sides that face one another, by what they are called. */
const sides = lazily((): readonly (readonly [readonly string[], readonly string[]])[] =>
  [
    [
      "down downward downwards lower below unten runter hinunter herunter abwärts tiefer abajo",
      "up upward upwards higher above oben rauf hinauf herauf aufwärts höher arriba",
    ],
    ["left links izquierda", "right rechts derecha"],
    ["west western westlich westen oeste", "east eastern östlich osten este"],
    ["south southern südlich süden sur", "north northern nördlich norden norte"],
    ["back backward backwards zurück rückwärts atrás", "forward forwards vorwärts vor adelante"],
    ["earlier before früher vorher antes", "later after später danach después"],
    ["slower langsamer", "faster schneller"],
  ].map(([one = "", other = ""]) => [one.split(" "), other.split(" ")] as const),
);

/**
 * Whether a number is one below nothing, by what a description says of such, and by the nearer of the words before and behind it that name a
 * side: `three semitones down`.
 */
export function standsAgainst(description: string, before: string, behind: string): boolean {
  const saidIn = (patterns: readonly RegExp[]) =>
    patterns
      .flatMap((one) => [...description.matchAll(one)].map(([, word = ""]) => word.toLowerCase()))
      .filter((word) => !rules.test(word));
  const [negative, positive] = [saidIn(told().negative), saidIn(told().positive)];
  const isOf = (own: readonly string[], others: readonly string[]) => (word: string) =>
    own.some((side) => word === side || alike(side).includes(word) || conceptOf(word) === conceptOf(side)) ||
    others.some((side) => facing(side).includes(word));
  const [ahead, after] = [wordsIn(before).reverse(), wordsIn(behind)];
  const nearest = (is: (word: string) => boolean) =>
    Math.min(...[ahead, after].map((words) => words.findIndex(is)).map((at) => (at < 0 ? Number.POSITIVE_INFINITY : at)));
  return nearest(isOf(negative, positive)) < nearest(isOf(positive, negative));
}

const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
const alike = (side: string): readonly string[] =>
  sides()
    .flat()
    .find((some) => some.includes(side)) ?? [];
const facing = (side: string): readonly string[] =>
  sides().flatMap(([one, other]) => (one.includes(side) ? other : other.includes(side) ? one : []));
