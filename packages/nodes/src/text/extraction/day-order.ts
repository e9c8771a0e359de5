/** Dates of two figures up to 12, `05/11/2018`: which of them is the day. */
export type DayOrder = "day first" | "month first" | "unknown";

const states = "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]";
const postal = new RegExp(`(?<!\\p{L})(?:${states}),?\\s{1,2}\\d{5}(?:-\\d{4})?(?!\\d)`, "u");
const bareDollar = /(?<![\p{L}$])\$(?=\s?[\d(.-])/u;
const elsewhere =
  /[€£¥₹]|(?<!\p{L})(?:\p{Lu}{1,3}\$|RM|EUR|GBP|CHF|AUD|CAD|NZD|SGD|HKD|MYR|INR|GST|HST|VAT|SST|ABN|TVA|IVA|MwSt|USt)(?!\p{Ll})/u;

/**
 * The order of a text's dates. Its other dates show it where one of their first two figures is past 12; where they show both it is
 * unknown. Else the day is first, but in a text with a sign of the United States: a state with its ZIP code, or amounts in
 * plain dollars and nothing that speaks of elsewhere (another currency, `GST`, `VAT`).
 */
export function dayOrder(pairs: readonly (readonly [number, number])[], text: string): DayOrder {
  const day = pairs.some(([first, second]) => first > 12 && second <= 12);
  const month = pairs.some(([first, second]) => first <= 12 && second > 12);
  if (day || month) return day && month ? "unknown" : day ? "day first" : "month first";
  return postal.test(text) || (bareDollar.test(text) && !elsewhere.test(text)) ? "month first" : "day first";
}
