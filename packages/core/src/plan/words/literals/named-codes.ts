import { memo } from "../../derive/memo.js";
import { lazily } from "../../lazily.js";
import type { Literal } from "./literal.js";

const tongues = ["en", "de", "es", "fr", "it", "pt"];
const letters = Array.from("abcdefghijklmnopqrstuvwxyz");
const pairs = letters.flatMap((a) => letters.map((b) => a + b));

interface Named {
  readonly kind: "language" | "currency" | "country";
  readonly code: string;
}

/** Names of languages, currencies and countries in the languages that requests are often in, as `Intl` has them, each with its code. */
const names = lazily((): ReadonlyMap<string, Named> => {
  const found = new Map<string, Named>();
  const add = (name: string | undefined, named: Named) => {
    const key = name?.toLowerCase();
    // Names in code have no accents: `frances`, `franzoesisch`, `zloty`.
    const plain = key?.normalize("NFD").replace(/\p{M}/gu, "").replace(/ł/g, "l");
    const spelt = key?.replace(/[äöü]/g, (letter) => `${letter.normalize("NFD")[0]}e`);
    for (const one of [key, plain, spelt])
      if (one && one.length > 2 && one !== named.code.toLowerCase() && !found.has(one)) found.set(one, named);
  };
  for (const tongue of tongues) {
    const languages = new Intl.DisplayNames(tongue, { type: "language", fallback: "none" });
    const regions = new Intl.DisplayNames(tongue, { type: "region", fallback: "none" });
    for (const code of pairs) {
      const language = languages.of(code);
      const [canonical = code] = Intl.getCanonicalLocales(code);
      add(language, { kind: "language", code: canonical });
      // "ins Englische", "auf Englisch".
      if (tongue === "de" && language?.endsWith("isch"))
        for (const ending of ["e", "en"]) add(language + ending, { kind: "language", code: canonical });
      // Codes of former states, such as `DD`, have the name of today's.
      const { region } = new Intl.Locale(`und-${code}`);
      if (code !== "zz" && region) add(regions.of(code.toUpperCase()), { kind: "country", code: region });
    }
    const currencies = new Intl.DisplayNames(tongue, { type: "currency", fallback: "none" });
    for (const code of Intl.supportedValuesOf("currency")) {
      add(currencies.of(code), { kind: "currency", code });
      // "Swiss francs", "Norwegian kroner", "francos suizos".
      for (const one of counted(tongue, code)) add(one, { kind: "currency", code });
    }
  }
  for (const [name, code] of [
    ["dollar", "USD"],
    ["dollars", "USD"],
    ["pounds sterling", "GBP"],
    ["yen", "JPY"],
    ["rupees", "INR"],
  ] as const)
    add(name, { kind: "currency", code });
  return found;
});

/** What a currency is called where there is one of it, and several. */
function counted(tongue: string, currency: string): readonly string[] {
  const said = new Intl.NumberFormat(tongue, { style: "currency", currency, currencyDisplay: "name" });
  const all = [1, 2].flatMap((many) => said.formatToParts(many).flatMap(({ type, value }) => (type === "currency" ? [value] : [])));
  // "in norwegischen Kronen".
  return tongue === "de" ? [...all, ...all.map((one) => one.replace(/(?<=\p{L}e)(?= )/u, "n"))] : all;
}

/** What a language is called in another: requests bend it, `ins Englische`. */
export const nameOfLanguage = (code: string, tongue: string): string | undefined => languageNames(tongue).of(code);
const languageNames = memo((tongue: string) => new Intl.DisplayNames(tongue, { type: "language", fallback: "none" }));

const wordy = /\p{L}+(?:[-’']\p{L}+)*/gu;
const longest = 4;

/** Languages, currencies and countries that a text names, and the codes of currencies; the value is the code. */
export function namedCodesIn(text: string): readonly Literal[] {
  const words = [...text.matchAll(wordy)];
  const found: Literal[] = [];
  let until = 0;
  for (const [i, first] of words.entries()) {
    const start = first.index;
    if (start < until) continue;
    for (const last of words.slice(i, i + longest).reverse()) {
      const end = last.index + last[0].length;
      const said = text.slice(start, end);
      const named =
        names().get(said.toLowerCase()) ??
        (last === first && currencies().has(said) ? { kind: "currency" as const, code: said } : undefined);
      // Languages and countries have a capital, but for languages in Spanish.
      if (!named || (named.kind === "country" && !/^\p{Lu}/u.test(said))) continue;
      found.push({ kind: named.kind, value: named.code, text: said, start, end });
      until = end;
      break;
    }
  }
  return found;
}

const currencies = lazily((): ReadonlySet<string> => new Set(Intl.supportedValuesOf("currency")));
