import { currencyBefore, unlistedBefore } from "./currencies.js";

/** What stands before a number and is of it. Lengths are in characters before its digits. */
export interface Before {
  readonly minus: boolean;
  readonly bracket: boolean;
  /** Whether a currency stands before the bracket: `$(45.00)`. */
  readonly outer: boolean;
  /** Whether a word or another amount stands right before it all. */
  readonly follows: "word" | "amount" | "nothing";
  readonly currency?: string;
  readonly coded: boolean;
  /** As far as the sign. */
  readonly toSign: number;
  readonly toBracket: number;
}

/** Reads backward from a number's digits; nothing where these are a part of something else. */
export function beforeNumber(left: string, written: string): Before | undefined {
  let rest = left.slice(left.lastIndexOf("\n") + 1);
  const whole = rest.length;
  let sign = "";
  let bracket = false;
  let outer = false;
  let currency: string | undefined;
  let [toSign, toBracket] = [0, 0];
  for (;;) {
    rest = rest.replace(/\u200e+$/, "");
    const money = currency === undefined && /[\p{L}\p{Sc}./]/u.test(rest.slice(-4)) ? currencyBefore.exec(rest)?.[0] : undefined;
    if (!sign && /[-+]$/.test(rest)) {
      sign = rest.slice(-1);
      rest = rest.slice(0, -1);
      toSign = whole - rest.length;
    } else if (money !== undefined) {
      [currency, outer] = [money, bracket];
      rest = rest.slice(0, -money.length);
    } else if (!bracket && rest.endsWith("(")) {
      bracket = true;
      rest = rest.slice(0, -1);
      toBracket = whole - rest.length;
    } else break;
  }
  const bare = rest.length === whole;
  // A sign right after letters or digits is a hyphen: `WO-4827`, `10-20`. A currency right after digits is theirs: `12€50`.
  if (/\d['.,:/·_-]?$|[\^±]$/.test(rest) || (sign && /[\p{L}\p{N}-]$/u.test(rest))) return;
  // `5 € 50` may be one amount; behind `5.00 €` the currency is spoken for.
  if (/\s$/.test(currency ?? "") && !/[.,]/.test(written) && (/[.,]\d\d ?$/.test(rest) || (/\d ?$/.test(rest) && /^\d\d$/.test(written))))
    return;
  if (bare && /(?<!\p{L})[.,'/]$|\/$|\d\/ $/u.test(rest)) return;
  if (bare && /[.,]\d\d$/.test(written) && unlistedBefore.test(rest)) return;
  // Recognised pages part a number at its mark: `1, 99`.
  if (bare && /\d[.,] $/.test(rest) && /^(?:\d\d|\d{3}(?:[.,]\d\d)?)$/.test(written)) return;
  const coded = bare && /(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}])\p{L}$/u.test(rest);
  const follows = /\d ?(?:\p{Lu}{1,3}|\p{Sc})? ?$/u.test(rest) ? "amount" : /\p{L}[ \u00a0]*$/u.test(rest) ? "word" : "nothing";
  return { minus: sign === "-", bracket, outer, follows, ...(currency === undefined ? {} : { currency }), coded, toSign, toBracket };
}
