/**
 * What each sign counts for a value. A sign is how much of something is there, mostly from 0 to 1; a value's score is the sum of its
 * signs by these weights, and `enough` of it makes a value taken. Set by hand, November 2026, while looking at half of 60 Malaysian
 * receipts, half of 24 German ones and half of 40 texts of our own (`bench/extract.mjs`).
 */
export const weights = {
  /** What stands beside it is what the field is called, or a word of its description, or what another field is called. */
  label: 1,
  rival: -0.8,
  rivalToo: -0.2,
  /** What stands beside it is a concept akin to the field's. */
  akin: 0.6,
  /** What stands around it means what the field means: see `similarities`. */
  similar: 1,
  /** A model names it. */
  proposed: 0.6,

  /** It is itself what stands beside values, a label. */
  called: -0.6,

  /** Amounts: a currency stands beside it; the amounts of the text make it up: see `totalEvidence`, `taxEvidence`. */
  money: 0.1,
  recurs: 0.15,
  summed: 0.3,
  madeUp: 0.12,
  paidLessChange: 0.7,
  behindPaid: -0.3,
  nothing: -0.5,
  roundedTo: 0.5,
  roundedFrom: -0.5,
  taxed: 1,

  /** Dates: its form leaves nothing in doubt; a time stands beside it; a text has its date. */
  sure: 0.1,
  timed: 0.15,
  dated: 0.3,

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
  small: -0.1,
  dotted: -0.3,
  long: -0.3,

  /** Persons: a title before it; two to four words, or one only; a company's words in it. */
  titled: 0.15,
  fullName: 0.2,
  street: -0.5,
  oneName: -0.2,
  company: -0.6,

  /** Free text: what follows a colon on its line; a code, of letters alone; a number to call; an address; a sentence. */
  labelled: 0.1,
  code: 0,
  digitless: -0.2,
  phone: 0,
  postal: 0.1,
  sentence: 0,
  /** It is of the form that the field's values have, or of another. */
  formed: 0.1,
  misformed: -1,
  /** It is also a date, an amount or a time. */
  otherKind: -0.5,
  mail: 0.3,

  /** No other value of the kind is there, for a field that is called no more than its kind; for another. */
  sole: 0.4,
  soleToo: 0.1,
  soleName: 0.2,
  soleTrade: 0.3,
  /** Its own words are what the field is called: the hotel is the `Hotel Post`. */
  within: 0.4,
} as const;

export type Sign = keyof typeof weights;
export type Signs = Readonly<Partial<Record<Sign, number>>>;

/** What a candidate needs to be taken. */
export const enough = 0.4;

export const scoreOf = (signs: Signs): number =>
  Object.entries(signs).reduce((sum, [sign, much]) => sum + weights[sign as Sign] * much!, 0);
