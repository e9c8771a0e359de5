import type { Candidate } from "./candidate.js";
import { even } from "./even.js";

/** Words before a time that make `9.30` one. */
const told =
  /(?<!\p{L})(?:kl\.?|klo|klokken|klockan|at|um|om|ore|alle|a las|às|godz\.?|o|u|à|στις|ώρα|saat|saati|ora|la ora|ore|von|ab|bis|til|till|tot|do|od|în jur de|в|о|с|до|kello|kella|ur|pukul|vào lúc|lúc|from|until|to|alle ore|dalle|a)[ \u00a0]$/iu;
const clock =
  /(?<![\d.,:/]|(?<![\d:.]\d\d)-)(?<hour>\d{1,2})(?:(?:[:.]|[ \u00a0]?h[ \u00a0]?|时|時|点|點|시[ \u00a0]?)(?<minute>[0-5]\d)(?::[0-5]\d)?(?:[分분])?)?(?:[ \u00a0]?(?<half>[ap])\.?m\b\.?|[ \u00a0]?(?<plain>(?:Uhr|hrs?|h|o'clock|uur|godz|hod)(?![\p{L}\d])|[时時点點시](?!\p{L})))?(?![\d:]|[.,]\d)/giu;
const afternoon = /(?:下午|晚上|午後|오후)[ \u00a0]?$/;

/** Times of day as `HH:MM`, twenty-four hours: `9.30 a.m.`, `21:15`, `5 pm`, `11h15`, `kl. 18.30`, `午後3時`. */
export function times(text: string): Candidate[] {
  const plainText = even(text);
  return [...plainText.matchAll(clock)].flatMap((match) => {
    const { hour, minute, half, plain } = match.groups!;
    const written = text.slice(match.index, match.index + match[0].trimEnd().length);
    const before = plainText.slice(Math.max(0, match.index - 12), match.index);
    // Digits alone are no time, and `9.30` without a word may be an amount.
    if (!half && !plain && !/^\d{1,2}[ \u00a0]?[:h时時点點시]/.test(match[0]) && !(minute && told.test(before))) return [];
    const late = half?.toLowerCase() === "p" || (!half && +hour! < 12 && afternoon.test(before));
    const h = (half ? +hour! % 12 : +hour!) + (late ? 12 : 0);
    if (h > 24 || (half && +hour! > 12)) return [];
    const value = `${String(h).padStart(2, "0")}:${minute ?? "00"}`;
    return [{ start: match.index, end: match.index + written.length, text: written, value, signs: {} }];
  });
}
