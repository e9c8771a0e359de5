import { plain } from "./similar.js";

/** The months' names, and short forms, in the languages of `concepts`. */
const names: readonly (readonly [string, string])[] = [
  ["january|januar|jänner|jenner|janvier|enero|gennaio", "jan|jän|janv|ene|gen"],
  ["february|februar|feber|février|febrero|febbraio", "feb|febr|fév|févr"],
  ["march|märz|maerz|mars|marzo", "mar|mär|mrz"],
  ["april|avril|abril|aprile", "apr|avr|abr"],
  ["may|mai|mayo|maggio", "may|mag"],
  ["june|juni|juin|junio|giugno", "jun|giu"],
  ["july|juli|juillet|julio|luglio", "jul|juil|juill|lug"],
  ["august|août|agosto", "aug|ago"],
  ["september|septembre|septiembre|setiembre|settembre", "sep|sept|set|sett"],
  ["october|oktober|octobre|octubre|ottobre", "oct|okt|ott"],
  ["november|novembre|noviembre", "nov"],
  ["december|dezember|décembre|diciembre|dicembre", "dec|dez|déc|dic"],
];

/** Short forms that only dates have; the others (`set`, `ago`, `mag`) are words as well. */
const telling = new Set("jan feb febr mar apr jun jul aug sep sept oct okt nov dec dez".split(" "));

export interface Month {
  /** From 1. */
  readonly month: number;
  /** Whether it is a month's by itself, without a year beside it. */
  readonly sure: boolean;
}

const months: ReadonlyMap<string, Month> = new Map(
  names.flatMap(([long, short], i) => [
    ...short.split("|").map((form) => [plain(form), { month: i + 1, sure: telling.has(form) }] as const),
    ...long.split("|").map((form) => [plain(form), { month: i + 1, sure: true }] as const),
  ]),
);

/** The month that a word names, its accents and capitals aside. */
export const monthOf = (word: string): Month | undefined => months.get(plain(word));
