import type { Json } from "../../../schema/json.js";
import { misfits } from "../../../schema/misfits.js";
import { valuesOf } from "../../../schema/resolve.js";
import { conceptsOf } from "../../derive/concepts.js";
import { spoken, wordsOf } from "../../derive/words.js";
import { itemOf, type Slot } from "../../slot.js";
import type { Span } from "../quoted.js";
import { tongueOf } from "../tongue.js";
import { standsAgainst } from "./against.js";
import { besideName } from "./beside-name.js";
import { comesIn } from "./comes-in.js";
import { instantsIn } from "./instants.js";
import { labelsFor } from "./labels-in.js";
import type { Literal } from "./literal.js";
import { literalsIn } from "./literals-in.js";
import { inUnitOf } from "./measures.js";
import { nameOfLanguage } from "./named-codes.js";
import { labelIn, suits, wantsCode } from "./suits.js";

/** A value for a place, taken from what the request says, and where it says so. */
export interface Grounded extends Span {
  readonly value: Json;
  /** From 0 to 2: how well its kind suits the place, and how near the place's own words stand. */
  readonly score: number;
}

/** How far before and after a literal the words stand that say what it is. */
const before = 40;
const after = 24;
/** From here on a number stands by the name of a list. */
const besideList = 1.4;
/** Farther off than any word that counts. */
const far = 9;
/** Where no further value stands. */
const never = Number.POSITIVE_INFINITY;

/** Words that lead to a value, by what places for such values are called. */
const leading: readonly (readonly [RegExp, RegExp])[] = [
  [
    /(?<![\p{L}\d])(?:from|origin|source|start|departure|pickup|begin|von|desde|check ?in)(?![\p{L}\d])/iu,
    /(?<![\p{L}\d])(?:from|between|starting|von|vom|desde|del?|(?:is|are|was|were|ist|sind|war|est[aá]n?) (?:in|auf|en))\s*["'“]?$/iu,
  ],
  [
    /(?<![\p{L}\d])(?:to|destination|target|end|arrival|return|dropoff|into|nach|hasta|check ?out)(?![\p{L}\d])/iu,
    /(?<![\p{L}\d])(?:to|into|until|till|and|nach|bis|ins|(?<!(?:is|are|was|were|ist|sind|war) )in|al?|hasta)\s*["'“]?$/iu,
  ],
  [
    /(?<![\p{L}\d])(?:location|city|place|area|town|region|address|ort|stadt|ciudad|lugar|where)(?![\p{L}\d])/iu,
    /(?<![\p{L}\d])(?:in|at|near|around|of|for|from|bei|aus|en)\s*["'“]?$/iu,
  ],
  [/(?<![\p{L}\d])(?:artist|author|director|writer|by|autor)(?![\p{L}\d])/iu, /(?<![\p{L}\d])(?:by|von|por|artist|author)\s*["'“]?$/iu],
];

/** Two numbers and what they are, in one order: `1200 by 800 pixels (width by height)`. */
const pairs =
  /(?<![\d.,])(\d[\d.,]*)\s*\p{L}*\s*(?:by|x|×|mal|por)\s*(\d[\d.,]*)[^()\d]{0,24}\([^()]{0,24}?(\p{L}+)\s*(?:by|x|×|mal|por|and|und|y|,)\s*(?:the )?(\p{L}+)\)/giu;

/** A number and what it measures, in words behind it: `64 pixels wide and 48 high`. */
const measured =
  /(?<![\d.,])\d[\d.,]*\s*(?:\p{L}+\s+)?(?:(?<width>wide|breit|de ancho)|(?<height>high|tall|hoch|de alto)|(?<depth>deep|tief|de fondo)|(?<thickness>thick|dick|de grosor))(?![\p{L}\d])/giu;

/** The words that say what the numbers of such pairs, and such measured ones, are, by where these stand. */
const pairedIn = (text: string): ReadonlyMap<number, string> =>
  new Map([
    ...[...text.matchAll(measured)].flatMap(({ index, groups = {} }) =>
      Object.keys(groups).flatMap((noun) => (groups[noun] === undefined ? [] : [[index, noun] as const])),
    ),
    ...[...text.matchAll(pairs)].flatMap((pair) => {
      const [all, one = "", other = "", first = "", second = ""] = pair;
      return [[pair.index, first] as const, [pair.index + all.indexOf(other, one.length), second] as const];
    }),
  ]);

/**
 * What a text says for a place, the likeliest first: of the kinds that suit its type, name and description. Nothing is in it that the
 * text does not say; what does not pass the place's schema is left out.
 *
 * @example
 * groundedFor({ name: "to", schema: { type: "string" }, required: true, description: "ISO 639-1 code" }, "into Italian")[0].value; // "it"
 */
export function groundedFor(slot: Slot, text: string, said: readonly Literal[] = literalsIn(text)): readonly Grounded[] {
  const label = labelIn(slot, text);
  if (label && slot.into && !labelsFor(slot, text, valuesOf(slot.schema) ?? []).includes(String(label.value))) return [];
  if (label) return [{ ...label, score: 1.5, ...placeOf(typeof label.value === "string" ? label.value : slot.name, text) }];
  const item = itemOf(slot.schema);
  if (item) {
    const one = { ...slot, schema: item };
    // Among codes a number is none of them.
    const isCodes = said.some(({ kind }) => kind === "code") && suits(one, "code") > suits(one, "number");
    const apt = isCodes ? said.filter(({ kind }) => kind !== "number") : said;
    const each = groundedFor(one, text, apt).filter(({ score }) => score >= 0.7);
    const ordered = outermost(each).sort((a, b) => a.start - b.start);
    const value = ordered.map((one) => one.value);
    const [first, last] = [ordered[0], ordered.at(-1)];
    if (!first || !last) return [];
    // One number alone is hardly a list of numbers, unless its name stands by it.
    const isLone = value.length === 1 && typeof first.value === "number" && first.score < besideList;
    if (isLone || misfits(slot.schema, value).length > 0) return [];
    return [{ value, score: Math.max(...ordered.map(({ score }) => score)), start: first.start, end: last.end }];
  }
  const beside = besideName(slot, text);
  const tongue = tongueOf(text);
  const pairedWords = pairedIn(text);
  return [
    ...(beside && misfits(slot.schema, beside.value).length === 0
      ? [{ value: beside.value, start: beside.start, end: beside.end, score: beside.sure + 0.5 }]
      : []),
    ...aroundIn(text, suits(slot, "instant") > 0 ? withInstants(text, said) : said).flatMap(({ one, from, to }): Grounded[] => {
      // In German every noun has a capital.
      const suited = suits(slot, one.kind) * (tongue === "de" && one.kind === "name" ? 0.4 : 1);
      if (suited === 0 || (one.kind === "language" && slot.into && comesIn(text, one, slot.into))) return [];
      const plain = valueFor(slot, one, text, tongue);
      const isBelow = typeof plain === "number" && standsAgainst(slot.description, text.slice(from, one.start), text.slice(one.end, to));
      const value = isBelow ? -Math.abs(plain) : plain;
      if (value === undefined || misfits(slot.schema, value).length > 0) return [];
      const near = nearness(one, from, to);
      if (near <= 0 && isPointing(one, text)) return [];
      return [{ value, start: one.start, end: one.end, score: suited + near }];
    }),
  ].sort((a, b) => b.score - a.score || digits(b) - digits(a) || a.start - b.start);

  function nearness({ kind, start, end, unit }: Literal, from: number, to: number): number {
    const paired = kind === "number" ? pairedWords.get(start) : undefined;
    if (paired !== undefined) return conceptsOf(slot.name).some((word) => conceptsOf(paired).includes(word)) ? 1 : 0;
    const named = new Set(conceptsOf(slot.name));
    const described = new Set(
      conceptsOf(slot.description)
        .slice(0, 12)
        .filter((word) => !named.has(word)),
    );
    const ahead = conceptsOf(text.slice(from, start)).reverse();
    const behind = conceptsOf(text.slice(end, to));
    const close = (words: ReadonlySet<string>) => {
      const at = Math.min(...[ahead, behind].map((some) => some.findIndex((word) => words.has(word))).map((i) => (i < 0 ? far : i)));
      return at < 2 ? 1 - (kind === "number" ? 0.2 * at : 0) : at < 4 && ahead.slice(2, 4).some((word) => words.has(word)) ? 0.5 : 0;
    };
    const byName = kind === "number" ? 0.5 * close(named) + 0.15 * close(described) : Math.max(0.5 * close(named), 0.25 * close(described));
    const said = kind === "day" ? spoken(slot.name).replace(stays, "") : spoken(slot.name);
    const led = leads(said, text.slice(0, start)) ? 0.4 : 0;
    const rate = /percent|pct|rate|share|discount|tax|prozent/i.test(`${slot.name} ${slot.description}`);
    const counted = unit === undefined ? 0 : (unit === "%") === rate ? 0.3 : -0.3;
    return Math.min(1, Math.max(byName, led) + counted);
  }
}

/** Whether a number in words rather points at what is known than says how many: `the two offers`, `one flight`. */
export const isPointing = ({ kind, start, text }: Literal, whole: string): boolean =>
  kind === "number" && (/^one$/i.test(text) || (/^\p{L}/u.test(text) && pointing.test(whole.slice(Math.max(0, start - before), start))));
const pointing = /(?<![\p{L}\d])(?:the|these|those|both|our|my|die|den|der|beiden|diese[nr]?|los|las|estos|estas)\s+$/iu;

/** Of two codes the one with digits: `back to 3.8.1, PROD is down`. */
const digits = ({ value }: Grounded): number => (/\d/.test(String(value)) ? 1 : 0);

/** Whether the words before a value lead to what a place is called: `from` to an origin, `into` to a target. */
export const leads = (called: string, front: string): boolean =>
  leading.some(([place, lead]) => place.test(called) && lead.test(front.slice(-before)));

const withInstants = (text: string, said: readonly Literal[]): readonly Literal[] =>
  [...said, ...instantsIn(text, said)].sort((a, b) => a.start - b.start);

/** A guest arrives before leaving, a traveller after: which day is which no word before it tells. */
const stays = /(?<![\p{L}\d])(?:arrival|departure)(?![\p{L}\d])/gu;

/** Where the words stand around each of what a text says: those that are near, and none beyond another value, since they are said of that. */
function aroundIn(
  text: string,
  said: readonly Literal[],
): readonly { readonly one: Literal; readonly from: number; readonly to: number }[] {
  const values = said.filter(({ kind }) => kind === "number" || kind === "day" || kind === "time");
  let past = 0;
  return said.map((one) => {
    const { start, end } = one;
    while ((values[past]?.end ?? never) <= start) past++;
    let next = past;
    while ((values[next]?.start ?? never) < end) next++;
    const last = values[past - 1]?.end ?? 0;
    const from = last + (past === 0 ? 0 : unitAfter(text.slice(last, Math.min(start, last + before))));
    return { one, from: Math.max(start - before, from), to: Math.min(end + after, values[next]?.start ?? text.length) };
  });
}

/** How long what follows a value is that says in what it is counted: of `500 ml at`, ` ml`. */
const unitAfter = (between: string): number => /^[\s-]*[\p{L}%]+(?=[^\p{L}]+\p{L})/u.exec(between)?.[0].length ?? 0;

/** Where a text says some words, in whatever form: from the first of them to the last. */
function placeOf(words: string, text: string): Span {
  const stems = new Set(wordsOf(words));
  const said = [...text.matchAll(/[\p{L}\p{N}]+/gu)].filter(([word]) => wordsOf(word).some((one) => stems.has(one)));
  const [first, last] = [said[0], said.at(-1)];
  return first && last ? { start: first.index, end: last.index + last[0].length } : { start: 0, end: 0 };
}

function valueFor(slot: Slot, { kind, value, text, unit, end }: Literal, whole: string, tongue: string): Json | undefined {
  if (typeof value === "number" && kind === "number" && slot.schema.type !== "string")
    return inUnitOf(slot, value, unit ?? whole.slice(end, end + after));
  if (kind === "number") return suits(slot, "number") === 1 && slot.schema.type !== "string" ? value : text;
  if (kind === "currency" || ((kind === "language" || kind === "country") && wantsCode(slot))) return value;
  if (kind === "language")
    return nameOfLanguage(String(value), /(?<![\p{L}\d])English(?![\p{L}\d])/u.test(slot.description) ? "en" : tongue) ?? text;
  return value;
}

/** Of values whose spans overlap the best. */
function outermost(all: readonly Grounded[]): Grounded[] {
  const taken: Grounded[] = [];
  for (const one of all) if (!taken.some(({ start, end }) => one.start < end && one.end > start)) taken.push(one);
  return taken;
}
