/** What stands behind the digits of a number and is a part of it, as far as `length`: `½`, `million`; and what it counts. */
export interface BehindDigits {
  readonly value: number;
  readonly length: number;
  readonly unit?: string;
}

const signs: Readonly<Record<string, string>> = { $: "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR" };
export const percent = /^\s?(?:%|percent(?![\p{L}\d])|per cent(?![\p{L}\d])|prozent(?![\p{L}\d])|por ciento(?![\p{L}\d]))/iu;

const marks: ReadonlyMap<string, number> = new Map([
  ["½", 0.5],
  ["¼", 0.25],
  ["¾", 0.75],
  ["⅛", 0.125],
  ["⅓", 1 / 3],
  ["⅔", 2 / 3],
]);
const fraction = /^\s?([½¼¾⅛⅓⅔])|^\s([1-9])\/([2-689]|1[06])(?![\p{L}\d/])|^\s(?:and|y)\s(?:a\s)?(?:half|medi[oa])(?!\p{L})/iu;
/** Words that multiply what stands before them, by their powers of ten. */
const scales: readonly (readonly [number, RegExp])[] = [
  [9, /^\s?(?:mil millones|milliarden?|mrd\.?|bn|billions?)(?![\p{L}\d])/iu],
  [6, /^\s?(?:million(?:s|en)?|mill[oó]n|millones|mio\.?)(?![\p{L}\d])/iu],
  [3, /^\s?(?:k|thousand|tausend|tsd\.?)(?![\p{L}\d])/iu],
  [2, /^\s(?:hundred|hundert)(?![\p{L}\d])/iu],
];
/** Letters that multiply money: `$2m`, `3m€`. */
const moneyed: readonly (readonly [number, RegExp])[] = [
  [9, /^b(?![\p{L}\d])/iu],
  [6, /^mn?(?![\p{L}\d])/iu],
];
const dozen = /^\s(?:dozen|dutzend|docenas?)(?![\p{L}\d])/iu;
const sign = /^\s?([$€£¥₹])/u;

/** Reads on from a number's digits; `mark` is the sign of a currency before them. */
export function behindDigits(digits: number, text: string, mark: string | undefined): BehindDigits {
  let length = 0;
  const take = (pattern: RegExp) => {
    const found = pattern.exec(text.slice(length));
    if (found) length += found[0].length;
    return found;
  };
  const part = Number.isInteger(digits) ? take(fraction) : null;
  const [, shown = "", over, under] = part ?? [];
  const more = marks.get(shown) ?? (over ? Number(over) / Number(under) : part ? 0.5 : 0);
  const money = mark !== undefined || /^[bm]n?\s?[$€£¥₹]/iu.test(text);
  let power = 0;
  // Two at the most: `2 hundred thousand`.
  for (let i = 0; i < 2; i++) power += [...scales, ...(money ? moneyed : [])].find(([, words]) => take(words))?.[0] ?? 0;
  const by = take(dozen) ? 12 : 1;
  const rest = text.slice(length);
  const unit = percent.test(rest) ? "%" : signs[mark ?? sign.exec(rest)?.[1] ?? ""];
  return { value: Number(`${digits + more}e${power}`) * by, length, ...(unit ? { unit } : {}) };
}
