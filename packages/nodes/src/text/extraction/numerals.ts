import { isRounded } from "@troupe/core";
import { afterNumber } from "./after-number.js";
import { beforeNumber } from "./before-number.js";
import type { Readings } from "./candidates.js";
import { currencyAfter, currencyBefore, ofThousand } from "./currencies.js";
import { dates } from "./dates.js";
import { type Digits, digitsOf } from "./digits.js";
import { even } from "./even.js";
import { outside } from "./outside.js";
import { times } from "./times.js";

/** A number as it stands in a text, its sign and its scale taken in. */
export interface Numeral {
  readonly start: number;
  readonly end: number;
  readonly value: number;
  /** How many decimals are written. */
  readonly decimals: number;
  /** Whether a currency stands beside it, or a dash for its cents. */
  readonly money: boolean;
  readonly scaled: boolean;
  /**
   * Whether it is only likely to be read so: one mark before three digits parts thousands, where nothing else shows the text's marks
   * (`1,234`), or brackets amid prose are an aside.
   */
  readonly likely: boolean;
  /** Whether a letter stands right before it, as in `M8`. */
  readonly coded: boolean;
  /** What stands behind it and its currency. */
  readonly rest: string;
}

/** How far around its digits a number's sign, currency and scale are looked for. */
const reach = 24;

const blanked = /[1-9]\d{0,2}([ \u00a0])\d{3}(?!\d)(?:\1\d{3}(?!\d))*(?![ \u00a0]\d{3}(?!\d))(?:[.,٫]\d+)?(?!\d|[.,'٫]\d)/;
const marked = /\d+(?:[.,'٫]\d+)*/;
const run = new RegExp(`${blanked.source}|${marked.source}`, "g");

interface Run {
  readonly start: number;
  readonly end: number;
  readonly digits: Digits | undefined;
}

/**
 * The numbers of a text, each read whole: what has several readings, or is a part of something else (a date, a time, a range, a
 * code), is left out. `1,234` is read as the rest of the text shows its marks, or as thousands beside a currency.
 */
export function numerals(text: string, known: Pick<Readings, "dates" | "times"> = { dates: dates(text), times: times(text) }): Numeral[] {
  const plain = even(text);
  const free = outside([...known.dates, ...known.times.filter(({ text }) => /\d[.:]\d/.test(text))]);
  const runs = [...plain.matchAll(run)].map(({ 0: written, index }) => ({
    start: index,
    end: index + written.length,
    digits: digitsOf(written),
  }));
  const own = runs.filter(free);
  const shown = shownBy(own, plain);
  return own.flatMap((one) => {
    // Where other marks part thousands, a blank parts numbers.
    const apart = shown.groups && one.digits?.group === " " ? split(one, plain) : [one];
    return apart.flatMap((one) => read(one, plain, shown) ?? []);
  });
}

const split = ({ start, end }: Run, plain: string): Run[] =>
  [...plain.slice(start, end).matchAll(new RegExp(marked, "g"))].map(({ 0: written, index }) => ({
    start: start + index,
    end: start + index + written.length,
    digits: digitsOf(written),
  }));

interface Shown {
  /** Which mark parts decimals. */
  readonly point?: string;
  /** Which marks do so beside a currency. */
  readonly ofAmounts: ReadonlySet<string>;
  /** Whether a mark but the blank parts thousands. */
  readonly groups: boolean;
}

/** What a text's plain numbers show of its marks. */
function shownBy(runs: readonly Run[], plain: string): Shown {
  const points = new Set<string>();
  const ofAmounts = new Set<string>();
  const ofMoney = new Set<string>();
  let groups = false;
  const other = (mark: string) => (mark === "." ? "," : ".");
  for (const { start, end, digits } of runs) {
    if (!digits) continue;
    const { group, point, either } = digits;
    // `3.2 Scope`: a number that opens a line may be a heading's.
    const heading =
      point !== undefined &&
      !group &&
      /(?:^|\n)[ \t]*$/.test(plain.slice(Math.max(0, start - 9), start)) &&
      /^[ \t]+\p{L}/u.test(plain.slice(end, end + 9));
    if ((point === "." || point === ",") && !heading) points.add(point);
    if (group === "." || group === ",") points.add(other(group));
    if (group && group !== " " && group !== "\u00a0") groups = true;
    if (!either && !point) continue;
    const currency =
      currencyBefore.exec(plain.slice(Math.max(0, start - reach), start)) ?? currencyAfter.exec(plain.slice(end, end + reach));
    if (currency && point) ofAmounts.add(point);
    if (!either) continue;
    if (currency && !ofThousand.test(currency[0])) ofMoney.add(other(either));
  }
  const [point] = points.size ? points : ofMoney;
  return { ...(point && (points.size || ofMoney.size) === 1 ? { point } : {}), ofAmounts, groups };
}

function read({ start, end, digits }: Run, plain: string, shown: Shown): Numeral | undefined {
  if (!digits) return;
  const before = beforeNumber(plain.slice(Math.max(0, start - reach), start), plain.slice(start, end));
  const after = before && afterNumber(plain.slice(end, end + reach), digits.part.length, before.currency !== undefined);
  if (!before || !after) return;
  const currency = before.currency ?? after.currency;
  const money = currency !== undefined || after.dash;
  const sure = resolve(digits, shown, money, currency);
  const resolved = sure ?? { whole: digits.whole, part: "" };
  // `2 150.00` and `100 200` may be two numbers.
  const loose = digits.group === " " && !money && (digits.point === "." || (!digits.part && /^\d{3}/.test(plain.slice(start, end))));
  if (loose) return;
  const part = after.cents ?? resolved.part;
  const bracketed = before.bracket && after.bracket && (money || part.length === 2) && !after.spelt;
  // In brackets behind another amount or amid prose it may be an aside as well as a loss.
  const told = before.outer || after.outer || before.follows === "nothing" || !/^(?:[.,;:!?]|\s+\p{Ll})/u.test(after.rest);
  if (bracketed && before.follows === "amount") return;
  const aside = bracketed && !told;
  const lost = bracketed && !aside;
  const negative = before.minus || after.minus || lost;
  const size = Number(`${resolved.whole}.${part || 0}e${after.power}`) * after.by;
  // Past what a number holds: `1e400`, `1e-400`, and digits that it would round away.
  if (isRounded(resolved.whole) || !Number.isFinite(size) || (size === 0 && /[1-9]/.test(resolved.whole + part))) return;
  return {
    start: start - (lost ? before.toBracket : before.toSign),
    end: end + (lost ? after.toBracket : after.length),
    value: negative && size ? -size : size,
    decimals: part.length,
    money,
    scaled: after.by !== 1,
    likely: aside || sure === undefined,
    coded: before.coded,
    rest: after.rest,
  };
}

function resolve({ whole, part, either }: Digits, { point, ofAmounts }: Shown, money: boolean, currency = "") {
  if (!either) return { whole, part };
  // `2.5 hours` says nothing of `1.234 €`, but `2.50 €` does.
  if (point === either && money) return ofAmounts.has(either) || ofThousand.test(currency) ? undefined : { whole, part: "" };
  if (point === either) return { whole: whole.slice(0, -3), part: whole.slice(-3) };
  return point !== undefined || (money && !ofThousand.test(currency)) ? { whole, part: "" } : undefined;
}
