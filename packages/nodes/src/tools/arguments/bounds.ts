import { spoken } from "./words-said.js";

/** The end of a range: the least that something may be, or the most. */
export type Bound = "least" | "most";

const called: Readonly<Record<Bound, RegExp>> = {
  least: /\b(?:min|minimum|minimal|least|lowest|lower (?:bound|limit))\b/i,
  most: /\b(?:max|maximum|maximal|most|highest|upper (?:bound|limit))\b/i,
};

/** What leads to a number that others are compared with: `under 50`, `at least 3`. */
const over = "over|above|more than|greater than|higher than|exceeding|über|mehr als|plus de|más de|più di";
const under = "under|below|less than|fewer than|lower than|cheaper than|unter|weniger als|moins de|menos de|meno di";
const not = "(?:no|not|nicht)";
const of = "(?: of| price of)?";
const led: Readonly<Record<Bound, RegExp>> = {
  least: new RegExp(
    `(?<!\\p{L})(?:(?<!${not} )(?:${over})|${not} (?:${under})|at least|minimum${of}|mindestens|wenigstens|au moins|al menos|almeno)[^\\p{L}\\d]*$`,
    "iu",
  ),
  most: new RegExp(
    `(?<!\\p{L})(?:(?<!${not} )(?:${under})|${not} (?:${over})|at most|up to|maximum${of}|max\\.?|höchstens|maximal|au plus|como máximo|al massimo)[^\\p{L}\\d]*$`,
    "iu",
  ),
};
/** The same behind one, its unit between: `50 euros or less`. */
const followed: Readonly<Record<Bound, RegExp>> = {
  least: /^[^\d.,;]{0,16}?(?<!\p{L})or (?:more|over|above|higher|better|up)(?!\p{L})/iu,
  most: /^[^\d.,;]{0,16}?(?<!\p{L})or (?:less|under|below|lower|fewer|cheaper)(?!\p{L})/iu,
};
const reach = 24;

const boundIn = (told: (bound: Bound) => boolean): Bound | undefined => {
  const [bound, ...others] = (["least", "most"] as const).filter(told);
  return others.length ? undefined : bound;
};

/** Which end of a range a parameter is, by its name. */
export const boundOf = (name: string): Bound | undefined => boundIn((bound) => called[bound].test(spoken(name)));

/** Which end of a range a text says that a number in it is. */
export const boundSaid = (text: string, { start, end }: { readonly start: number; readonly end: number }): Bound | undefined =>
  boundIn((bound) => led[bound].test(text.slice(Math.max(0, start - reach), start)) || followed[bound].test(text.slice(end, end + reach)));
