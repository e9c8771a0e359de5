import { plain } from "./plain.js";

/** The months' names, as recognised pages have them too, and short forms, in English, German, French, Spanish and Italian. */
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

/** Languages whose months `Intl` knows by name, in the form that stands beside a day too. Short names count with a year only: some are words elsewhere. */
const languages = "pt nl sv da nb fi pl cs sk hu ro sl tr ru uk bg el id ca et lv lt sr sr-Latn is ar hi he".split(" ");

let months: ReadonlyMap<string, Month> | undefined;

/** Letters of a name that is hardly another word. */
const longName = 4;

/** Made when first asked for: nothing works at import. */
function allMonths(): ReadonlyMap<string, Month> {
  const found = new Map<string, Month>();
  const clashing = new Set<string>();
  for (const [name, month] of languages.flatMap(namesIn)) {
    if ((found.get(name)?.month ?? month) !== month) clashing.add(name);
    found.set(name, { month, sure: name.length >= longName });
  }
  for (const name of clashing) found.delete(name);
  for (const [i, [long, short]] of names.entries()) {
    for (const form of short.split("|")) found.set(plain(form), { month: i + 1, sure: telling.has(form) });
    for (const form of long.split("|")) found.set(plain(form), { month: i + 1, sure: true });
  }
  return found;
}

/** The names of the months in a language, alone and beside a day. */
function namesIn(language: string): (readonly [string, number])[] {
  const forms = [{ month: "long" }, { month: "long", day: "numeric" }] as const;
  return forms.flatMap((form) => {
    const format = new Intl.DateTimeFormat(language, { timeZone: "UTC", ...form });
    return Array.from({ length: 12 }, (_, i) => {
      const written = format.formatToParts(Date.UTC(2026, i, 8)).find(({ type }) => type === "month")?.value ?? "";
      return [plain(written), i + 1] as const;
    }).filter(([name]) => /^(?:[\p{L}\p{M}]{3,}|\p{Script=Devanagari}{2})$/u.test(name));
  });
}

/** The month that a word names, its accents and capitals aside. */
export function monthOf(word: string): Month | undefined {
  months ??= allMonths();
  return months.get(plain(word));
}
