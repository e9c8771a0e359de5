import type { Kind } from "./field.js";

/**
 * What each sign counts for a value. A sign is how much of something is there, mostly from 0 to 1; a value's score is the sum of its
 * signs by these weights and `ofKind`. Set by hand, November 2026, while looking at half of 60 Malaysian receipts and half of 24 German
 * ones. Those that are not of receipts' own were then fitted to these and to the 128 texts of the bench (`bench/extract`): the likelihood
 * of the right value, or of none, among a field's candidates, with a penalty for going far from the hand's, which are not kept.
 * `bench/extract/fit.mjs` fits them again from where they are; going on so gains nothing on texts that it is not fitted to.
 */
export const weights = {
  /** What stands beside it is what the field is called, or a word of its description, or what another field is called. */
  label: 0.61,
  rival: -0.26,
  rivalToo: -0.25,
  /** What stands beside it is a concept akin to the field's. */
  akin: 0.42,
  /** Words of the field's name and description stand near it; or nearer to another value. */
  told: 0.68,
  toldElse: -0.24,
  /** The same for a field that is known by a concept. */
  toldToo: 0.48,
  toldElseToo: -0.24,
  /** What stands around it means what the field means: see `similarities`. */
  similar: 0.4,
  /** A chat model names it, or says that there is none; a decision model finds it likely, see `joined`. */
  named: 0.39,
  declined: -0.47,
  chosen: 0,
  /** Only a chat model found it, and its letters are not of a script without capitals, whose names no pattern knows. */
  unfound: -1.5,

  /** It is the end of a range, or stands in the part of a letter, that the field speaks of; or the other one. */
  ranged: 0.41,
  placed: 0.26,
  /** It is told as what is not so any more, or not at all: see `isFormer`. */
  former: -0.86,
  /** Nothing near it says which of several it is, as the field does: see `qualifiersOf`. */
  unqualified: -0.41,
  /** It stands in the head of a mail. */
  header: -0.56,

  /** Hardly anything of its form says that it is of its kind. */
  faint: -0.42,

  /** It is itself what stands beside values, a label. */
  called: -0.61,

  /** Amounts: a currency stands beside it; the amounts of the text make it up: see `totalEvidence`, `taxEvidence`. */
  money: 0.28,
  recurs: 0.15,
  summed: 0.3,
  madeUp: 0.12,
  paidLessChange: 0.7,
  behindPaid: -0.3,
  nothing: -0.5,
  roundedTo: 0.5,
  roundedFrom: -0.5,
  taxed: 1,
  /** It is the price of one of several. */
  each: -0.25,

  /** Numbers: it is written as money is. */
  priced: -0.66,

  /** Dates: its form leaves nothing in doubt; a time stands beside it; a text has its date. */
  sure: 0.26,
  timed: 0.02,
  dated: 0.32,

  /** Organisations: names of the head, the first of them foremost; a legal form; a trade; a web address like it; the text has it again. */
  head: 0.5,
  legal: 0.3,
  trade: 0.25,
  online: 0.45,
  again: 0.15,
  domain: 0.4,
  address: -0.6,
  furniture: -0.4,
  garbled: -0.4,
  digits: -0.15,
  marks: -0.15,
  /** It signs a letter and is written as a person's name. */
  personal: -0.5,
  small: -0.1,
  dotted: -0.3,
  long: -0.3,

  /** Persons: a title before it; two to four words, or one only; a company's words in it. */
  titled: 0.23,
  fullName: 0.31,
  street: -0.48,
  oneName: -0.15,
  company: -0.7,
  worded: -0.35,
  /** It is a part of a fuller name. */
  partial: -0.44,

  /** Free text: what follows a colon on its line; a code, of letters alone; a number to call; an address; a sentence. */
  labelled: 0.05,
  code: 0.09,
  digitless: -0.28,
  phone: 0.11,
  postal: 0.09,
  sentence: -0.36,
  /** It is of the form that the field's values have, or of another. */
  formed: -0.07,
  misformed: -0.6,
  /** It is also a date, an amount or a time. */
  otherKind: -0.77,
  mail: 0.6,

  /** No other value of the kind is there, for a field that is called no more than its kind; for another. */
  sole: 0.54,
  soleToo: 0.01,
  soleName: 0.1,
  soleTrade: 0.3,
  /** Its own words are what the field is called: the hotel is the `Hotel Post`. */
  within: 0.4,
} as const;

export type Sign = keyof typeof weights;
export type Signs = Readonly<Partial<Record<Sign, number>>>;

/** What speaks for a value by its kind alone. */
export const ofKind: Readonly<Record<Kind, number>> = {
  text: 0.24,
  organisation: 0.16,
  person: 0.25,
  date: 0.38,
  time: 0.71,
  amount: 0.29,
  number: 0.41,
  email: 0.3,
};

/** What a candidate needs to be taken. */
export const enough = 0.4;

/** How many times likelier a value gets by a score that is one higher, as a power of e. */
export const sharpness = 7;

export const scoreOf = (signs: Signs): number =>
  Object.entries(signs).reduce((sum, [sign, much = 0]) => sum + weights[sign as Sign] * much, 0);

/**
 * What the lead over `enough` that a value has by all else counts where a chat model said what the field is; as `named` and `declined`
 * above, and `unfound`, a logistic fit, November 2026, to what the 1.5B said of 629 fields of 111 texts.
 */
const besideWord = 0.58;

/** A score joined with what a chat model said of a field. */
export const heard = (score: number, word: Signs): number => enough + besideWord * (score - enough) + scoreOf(word);

/** What a decision model finds of a field: how likely each value it was shown is among them, and how likely none of them is. */
export interface Choice<V> {
  readonly odds: ReadonlyMap<V, number>;
  readonly none: number;
}

/**
 * How a score is joined with what a decision model finds: what counts of its lead over `enough`, of the logarithm of how likely the value is
 * among those shown, of the log-odds that it is one of them at all, and for some value being there where it is asked. A logistic fit,
 * November 2026, to fields in doubt of 64 texts that neither the signs' weights nor the tuned 135M had seen.
 */
const ofChoice = { lead: 0.63, likely: 0.37, some: 0.22, asked: 1.57 } as const;
/** The same where a chat model was heard before: fitted to 52 fields in doubt of 48 of these texts, by what the 1.5B and the tuned 135M said of them. */
const ofChoiceToo = { lead: 1, likely: 0.3, some: 0.4, asked: 2.3 } as const;
/** What a value, or none, is found likely at the least. */
const [leastLikely, leastNone] = [0.005, 0.0067];

export function joined<V>(score: number, value: V, { odds, none }: Choice<V>, isHeard: boolean): number {
  const of = isHeard ? ofChoiceToo : ofChoice;
  const likely = Math.log(Math.max(leastLikely, odds.get(value) ?? 0));
  const some = Math.log(Math.max(leastNone, 1 - none) / Math.max(leastNone, none));
  return enough + of.lead * (score - enough) + (of.likely * likely + of.some * some + of.asked) / sharpness;
}
