import { type Candidate, withoutOverlaps } from "./candidate.js";
import { even } from "./even.js";
import { outside } from "./outside.js";
import { type WordedTime, wordedTimes } from "./worded-times.js";

/** Words before a time that make `9.30` one. */
const told =
  /(?<!\p{L})(?:kl\.?|klo|klokken|klockan|at|um|om|ore|alle|a las|às|godz\.?|o|u|à|στις|ώρα|saat|saati|ora|la ora|ore|von|ab|bis|til|till|tot|do|od|în jur de|в|о|с|до|kello|kella|ur|pukul|vào lúc|lúc|from|until|to|alle ore|dalle|a)[ \u00a0]$/iu;
const clock =
  /(?<![\d.,:/]|(?<![\d:.]\d\d)-)(?<hour>\d{1,2})(?:(?:[:.]|[ \u00a0]?h[ \u00a0]?|时|時|点|點|시[ \u00a0]?)(?<minute>[0-5]\d|(?<=[时時点點시][ \u00a0]?)[半반])(?::[0-5]\d)?(?:[分분])?)?(?:[ \u00a0]?(?<half>[ap])\.?m(?![\p{Script=Latin}\d])\.?|[ \u00a0]?(?<plain>(?:Uhr|hrs?|h|o'clock|uur|godz|hod)(?![\p{L}\d])|[时時点點](?![间間])|시(?!간)))?(?!\d|:\d|[.,]\d)/giu;
/** An hour alone, behind what is said of nothing else, or before it. */
const hourAlone =
  /(?<!\p{L})(?:(?:kl\.?|klo|klokken|klockan|kello|a las?|às|alle(?: ore)?|dalle|ore|la ora|ora|στις|saat|pukul|jam|lúc|الساعة|o godz\.?|godz\.?)[ \u00a0](?<told>\d{1,2})(?![\d:/%]|[.,]\d|[ \u00a0]?\p{Sc})|(?<counted>\d{1,2})[ \u00a0](?:बजे|órakor|óráig|órától|годині|π\.μ\.|μ\.μ\.)|(?:в|до|с|v|do|od|u)[ \u00a0](?<inSlavic>\d{1,2})[ \u00a0](?:часов|часа|hodin|sati)(?!\p{L}))/giu;
/** What makes `5:30` half past seventeen, before it and behind. */
const lateBefore =
  /(?:下午|晚上|午後|오후|शाम|दोपहर|(?<!\p{L})(?:délután|este|akşam|öğleden sonra|abends|nachmittags|(?:am )?(?:Abend|Nachmittag)|(?:this|that) (?:afternoon|evening)))[ \u00a0]?(?:(?:को|saat|um|gegen|ab|at|from|by)[ \u00a0])?$/iu;
const lateBehind =
  /^[ \u00a0]?(?:(?:Uhr|uur|h|часов|часа|годині|hodin)[ \u00a0])?(?:in the (?:afternoon|evening)|(?:this|that) (?:afternoon|evening)|at night|am (?:Abend|Nachmittag)|de la (?:tarde|noche)|da (?:tarde|noite)|d[ei]l? (?:pomeriggio|sera)|du soir|de l'après-midi|abends|nachmittags|'s (?:middags|avonds)|(?:på|om) (?:eftermiddagen|kvällen|ettermiddagen|aftenen|kvelden)|illalla|iltapäivällä|po południu|wieczorem|odpoledne|večer|μ\.?μ|вечера|дня|вечора|مساء|بعد الظهر)/iu;
/** What says that a time is of the first half of the day. */
const early =
  /(?<!\p{L})(?:in the morning|this morning|morgens|(?:am )?(?:Vormittag|Morgen)|vormittags|früh|du matin|de la mañana|(?:di|del) mattin[ao]|da manhã|'s (?:ochtends|morgens)|på (?:morgonen|förmiddagen)|om (?:morgenen|formiddagen|morgonen)|aamulla|rano|ráno|dopoledne|reggel|délelőtt|sabah|утра)(?!\p{L})|صباحا|सुबह|上午|早上|早晨|午前|오전/iu;

/** Times of day as `HH:MM`, twenty-four hours: `9.30 a.m.`, `21:15`, `5 pm`, `11h15`, `kl. 18.30`, `午後3時`, `half past five`. */
export function times(text: string): Candidate[] {
  const plainText = even(text);
  const alone = [...plainText.matchAll(hourAlone)].flatMap(({ 0: all, index, groups = {} }) => {
    const hour = groups.told ?? groups.counted ?? groups.inSlavic ?? "";
    const start = index + all.lastIndexOf(hour);
    const h = +hour + (+hour < 12 && isLate(plainText, start, start + hour.length) ? 12 : 0);
    const value = `${String(h).padStart(2, "0")}:00`;
    return h <= 24 ? [{ start, end: start + hour.length, text: text.slice(start, start + hour.length), value, signs: {} }] : [];
  });
  const found = [...plainText.matchAll(clock)].flatMap((match) => {
    const { hour = "", minute, half, plain } = match.groups ?? {};
    const written = text.slice(match.index, match.index + match[0].trimEnd().length);
    const before = plainText.slice(Math.max(0, match.index - 12), match.index);
    // Digits alone are no time, and `9.30` without a word may be an amount.
    if (!half && !plain && !/^\d{1,2}[ \u00a0]?[:h时時点點시]/.test(match[0]) && !(minute && told.test(before))) return [];
    const late = half?.toLowerCase() === "p" || (!half && +hour < 12 && isLate(plainText, match.index, match.index + written.length));
    const h = (half ? +hour % 12 : +hour) + (late ? 12 : 0);
    if (h > 24 || (half && +hour > 12)) return [];
    const value = `${String(h).padStart(2, "0")}:${/^\D/.test(minute ?? "") ? "30" : (minute ?? "00")}`;
    return [{ start: match.index, end: match.index + written.length, text: written, value, signs: {} }];
  });
  const written = withoutOverlaps([...found, ...alone]);
  const apart = outside(written);
  return [
    ...written,
    ...wordedTimes(plainText)
      .filter(apart)
      .flatMap((one) => halvesOf(plainText, one)),
  ].sort((a, b) => a.start - b.start);
}

const noon = 12 * 60;

/** A time in words by the half of the day that stands beside it; both where none does. */
function halvesOf(text: string, { start, end, minutes }: WordedTime): Candidate[] {
  const isEarly = early.test(text.slice(Math.max(0, start - reach), start)) || early.test(text.slice(end, end + reach));
  const halves = isLate(text, start, end) || minutes < 60 ? [noon] : isEarly ? [0] : [0, noon];
  return halves.map((half) => {
    const at = half + minutes;
    const value = `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
    return { start, end, text: text.slice(start, end), value, signs: {} };
  });
}

/** How far around a time words for the later half of the day are looked for. */
const reach = 24;
const isLate = (text: string, start: number, end: number) =>
  lateBefore.test(text.slice(Math.max(0, start - reach), start)) || lateBehind.test(text.slice(end, end + reach));
