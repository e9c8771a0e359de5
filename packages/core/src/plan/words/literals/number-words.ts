import type { Tongue } from "../tongue.js";

const english = {
  units:
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
  tens: "twenty thirty forty fifty sixty seventy eighty ninety",
};
const german = {
  units:
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
  tens: "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
};
const spanish = {
  units:
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve",
  tens: "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
};

const units = [english, german, spanish].flatMap(({ units }) => units.split(" ").map((word, i) => [word, i] as const));
const tens = [english, german, spanish].flatMap(({ tens }) => tens.split(" ").map((word, i) => [word, 20 + 10 * i] as const));
const joined = german.tens.split(" ").flatMap((ten, i) =>
  german.units
    .split(" ")
    .slice(1, 10)
    .map((unit, j) => [`${j === 0 ? "ein" : unit}und${ten}`, 21 + 10 * i + j] as const),
);
const twenties = "veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
  .split(" ")
  .map((word, i) => [word, 21 + i] as const);
const hundreds = "dosc tresc cuatroc quin seisc setec ochoc novec"
  .split(" ")
  .flatMap((word, i) => ["ientos", "ientas"].map((end) => [word + end, 100 * (i + 2)] as const));
const simple = new Map([...units, ...tens, ...joined, ...twenties, ...hundreds]);
const multiples = new Map([
  ...["dozen", "dutzend", "docena", "docenas"].map((word) => [word, 12] as const),
  ...["hundred", "hundert", "cien", "ciento"].map((word) => [word, 100] as const),
  ...["thousand", "tausend", "mil"].map((word) => [word, 1000] as const),
  ...["million", "millionen", "millón", "millones"].map((word) => [word, 1_000_000] as const),
]);
const fractions = new Map([
  ["half", 0.5],
  ["halb", 0.5],
]);

/**
 * A number in words, in English, German or Spanish: `twenty-five`, `two hundred`, `fünfzehn`, `treinta y dos`; undefined where the
 * words are none.
 */
export function numberOf(words: string): number | undefined {
  const parts = words.toLowerCase().split(/[\s-]+/);
  let [total, current, known] = [0, 0, false];
  for (const [i, part] of parts.entries()) {
    const value = simple.get(part);
    const times = multiples.get(part);
    const fraction = fractions.get(part);
    if (part === "and" || part === "y") continue;
    const [before = "", next = ""] = [parts[i - 1], parts[i + 1]];
    if (/^an?$/.test(part)) {
      // Of `two and a half`, `half a million`.
      if (!fractions.has(next) && !fractions.has(before)) return undefined;
    } else if (fraction !== undefined) {
      const joint = /^an?$/.test(before) ? parts[i - 2] : before;
      if (known && joint !== "and" && joint !== "y") return undefined;
      [current, known] = [current + fraction, true];
    } else if (value !== undefined) {
      // Two units in a row are two numbers.
      if (current % 10 !== 0 || (current % 100 !== 0 && value >= 10)) return undefined;
      [current, known] = [current + value, true];
    } else if (times !== undefined) {
      if (times > 100) [total, current] = [total + (current || 1) * times, 0];
      else current = (current || 1) * times;
      known = true;
    } else return undefined;
  }
  return known ? total + current : undefined;
}

/** Words of numbers, and those that join them. */
export const isNumberWord = (word: string): boolean => simple.has(word) || multiples.has(word) || fractions.has(word);

/** Words of numbers that mean something else in another language: `once the pauses are gone`, `null values`, `ten cuidado`. */
const ofOne: Readonly<Record<string, Tongue>> = { ten: "en", null: "de", elf: "de", once: "es" };

/** Whether a word may be a number in a text of this language. */
export const mayCount = (word: string, tongue: Tongue): boolean => (ofOne[word.toLowerCase()] ?? tongue) === tongue;
