import { currencyAfter, unlistedAfter } from "./currencies.js";
import { scaleOf } from "./scales.js";

/** What stands after a number and is of it. Lengths are in characters after its digits. */
export interface After {
  readonly minus: boolean;
  readonly bracket: boolean;
  /** Whether the currency stands behind the bracket: `(45,00) €`. */
  readonly outer: boolean;
  readonly currency?: string;
  /** Whether the currency is a word: `euros`. */
  readonly spelt: boolean;
  /** Whether a dash stands for the cents: `120,-`. */
  readonly dash: boolean;
  /** Cents behind the currency: `12€50`. */
  readonly cents?: string;
  /** The power of ten it is multiplied by, and what by else. */
  readonly power: number;
  readonly by: number;
  /** As far as the sign, the scale or the dash. */
  readonly length: number;
  readonly toBracket: number;
  readonly rest: string;
}

/** Reads on from a number's digits; nothing where these are a part of something else. */
export function afterNumber(right: string, decimals: number, money: boolean): After | undefined {
  let [rest = ""] = right.split("\n", 1);
  const whole = rest.length;
  let [length, toBracket] = [0, 0];
  const take = (found: string) => {
    rest = rest.slice(found.length);
    return whole - rest.length;
  };
  const power = /^[eE]([+-]?\d{1,3})(?![\p{L}\d]|[.,]\d)/u.exec(rest);
  if (power) length = take(power[0]);
  const cents = decimals === 0 && !money ? /^\p{Sc}(\d\d)(?!\d|[.,]\d)/u.exec(rest) : null;
  let currency = cents?.[0].slice(0, -2);
  if (cents) length = take(cents[0]);
  const dash = (decimals === 0 ? /^(?:[.,:](?:--?|—)|\/[-=])(?![\p{L}\d-])/u : /^\/[-=](?![\p{L}\d-])/u).exec(rest);
  if (dash) length = take(dash[0]);
  // Another digit after a mark, a range, a fraction, a size (`2x500`, `2h30`), a power of ten; cents.
  if (/^ ?[¢￠]|^[.,:/'·_-]?\d|^\p{Sc}\d|^\p{L}{1,2}\d|^ ?\p{No}|^ \d+\/\d|^ ?[x×·*] ?10(?:\^|\p{No})|^\^/u.test(rest)) return;
  let minus = false;
  let by = 1;
  let bracket = false;
  let outer = false;
  let said: RegExpExecArray | null = null;
  for (;;) {
    rest = rest.replace(/^\u200e+/, "");
    const known = money || currency !== undefined;
    const scale = by === 1 && !bracket ? scaleOf(rest, known || currencyAfter.test(rest.slice(1))) : undefined;
    if (!minus && rest.startsWith("-") && (decimals > 0 || known) && !/^-[\p{L}-]/u.test(rest)) {
      if (/^-[ \u00a0]?\d/.test(rest)) return;
      minus = true;
      length = take("-");
    } else if (scale) {
      by = scale.by;
      length = take(rest.slice(0, scale.length));
      const linked = rest.replace(/^ (?:de |di |of |d')/, " ");
      if (currencyAfter.test(linked)) rest = linked;
    } else if (
      currency === undefined &&
      (said = currencyAfter.exec(rest)) &&
      (decimals > 0 || dash || !/^ ?\d/.test(rest.slice(said[0].length)))
    ) {
      [currency, outer] = [said.groups?.currency, bracket];
      take(said[0]);
    } else if (!bracket && /^[ \u00a0]?\)/.test(rest)) {
      bracket = true;
      toBracket = take(rest.slice(0, rest.indexOf(")") + 1));
    } else break;
  }
  if (decimals === 2 && unlistedAfter.test(rest)) return;
  // `10k` and `5M` are a scale or a unit.
  if (by === 1 && decimals !== 2 && length + rest.length === whole && /^[kKM](?![\p{L}\p{N}])/u.test(rest)) return;
  return {
    ...{ minus, bracket, outer, by, power: Number(power?.[1] ?? 0), dash: dash !== null, length, toBracket, rest },
    ...(currency === undefined ? {} : { currency }),
    spelt: /\p{Ll}{4}/u.test(currency ?? ""),
    ...(cents?.[1] === undefined ? {} : { cents: cents[1] }),
  };
}
