import type { Candidate } from "./candidate.js";

const currency = "€|\\$|£|¥|EUR(?:O|OS)?\\b|USD\\b|GBP\\b|CHF\\b|dollars?\\b|pounds?\\b|euros?\\b|francs?\\b";
const amount = new RegExp(
  `(?<before>(?:${currency})\\s?)?(?<![\\d.,/:-])(?<![.,/:] )(?<number>[-−–]?(?:[1-9]\\d{0,2}(?:[.,'’\\u00a0\\u202f]\\d{3})+|\\d+)(?<cents>[.,]\\d{2})?)(?![\\d%]|[.,:/-]\\d|\\s?%)-?(?<after>\\s?(?:${currency}))?(?!\\s?/)`,
  "giu",
);

/** Amounts of money: numbers with two decimals, or beside a currency. `1.234,56` and `1,234.56` are the same number. */
export function amounts(text: string): Candidate[] {
  return [...text.matchAll(amount)].flatMap((match) => {
    const { before, after, number, cents } = match.groups!;
    if (!cents && !before && !after) return [];
    const start = match.index + (before?.length ?? 0);
    const value = parseNumber(number!, cents);
    return [{ start, end: start + number!.length, text: number!, value, prior: before || after ? 0.1 : 0 }];
  });
}

function parseNumber(number: string, cents = ""): number {
  const whole = number.slice(0, number.length - cents.length).replace(/\D/g, "");
  return Number(`${/^[-−–]/.test(number) ? "-" : ""}${whole}.${cents.slice(1) || 0}`);
}

/** Numbers of any kind; a decimal comma counts as a point. */
export function numbers(text: string): Candidate[] {
  return [...text.matchAll(/(?<![\p{L}\d.,:/-])[-−]?\d+(?:[.,]\d{3}(?!\d))*(?:[.,]\d+)?(?![\d:/]|[.,]\d|-\d)/gu)].map(
    ({ 0: found, index }) => {
      const parts = /^(.*?)(?:[.,](\d{1,2}|\d{4,}))?$/.exec(found)!;
      const value = Number(`${found.startsWith("-") || found.startsWith("−") ? "-" : ""}${parts[1]!.replace(/\D/g, "")}.${parts[2] ?? 0}`);
      return { start: index, end: index + found.length, text: found, value, prior: 0 };
    },
  );
}
