import { checkText } from "../../check-text.js";
import { spoken } from "../../derive/words.js";
import { lazily } from "../../lazily.js";

/** A place by what it is called. */
interface Named {
  readonly name: string;
  readonly description: string;
}

/** What a number measures, and, where a unit is named, in which scale and how many of its least units that is. */
export interface Measure {
  readonly dimension: string;
  readonly unit?: { readonly scale: string; readonly size: number };
}

type Units = Readonly<Record<string, number>>;

/** Units as they are written in English, German and Spanish, by what they measure: those of one list convert into one another. */
const units: Readonly<Record<string, readonly Units[]>> = {
  time: [
    {
      "µs|μs|microseconds?|mikrosekunden?|microsegundos?": 0.000001,
      "ms|msecs?|milliseconds?|millisekunden?|milisegundos?": 0.001,
      "s|secs?|seconds?|sekunden?|segundos?": 1,
      "mins?|minutes?|minuten?|minutos?": 60,
      "h|hrs?|hours?|stunden?|horas?": 3600,
      "days?|tage?n?|días?|dias?": 86_400,
      "weeks?|wochen?|semanas?": 604_800,
    },
    { "months?|monate?n?|mes|meses": 1, "years?|yrs?|jahre?n?|años?": 12 },
  ],
  length: [
    {
      "µm|μm|microns?|micromet(?:re|er)s?|mikrometern?|micrómetros?": 0.001,
      "mm|millimet(?:re|er)s?|milímetros?": 1,
      "cm|centimet(?:re|er)s?|zentimetern?|centímetros?": 10,
      "m|met(?:re|er)s?|metern|metros?": 1000,
      "km|kms|kilomet(?:re|er)s?|kilometern|kilómetros?": 1_000_000,
    },
    { "inch|inches|zoll": 1, "ft|foot|feet": 12, "yds?|yards?": 36, "miles?|meilen?|millas?": 63_360 },
  ],
  area: [
    {
      "cm2|cm²": 1,
      "m2|m²|sqm|sq m|square met(?:re|er)s?|quadratmetern?|metros cuadrados": 10_000,
      "hectares?|hektar|hectáreas?": 100_000_000,
    },
    { "sq ?ft|square feet": 1, "acres?": 43_560 },
  ],
  volume: [
    {
      "µl|μl|microlit(?:re|er)s?|mikrolitern?|microlitros?": 0.001,
      "ml|millilit(?:re|er)s?|mililitros?": 1,
      "cl|centilit(?:re|er)s?": 10,
      "dl|decilit(?:re|er)s?|dezilitern?|decilitros?": 100,
      "l|lit(?:re|er)s?|litern?|litros?": 1000,
      "m3|m³|cubic met(?:re|er)s?|kubikmetern?|metros cúbicos": 1_000_000,
    },
    { "pints?": 1, "gallons?": 8 },
  ],
  mass: [
    {
      "µg|μg|mcg|micrograms?|mikrogramm|microgramos?": 0.001,
      "mg|milligrams?|milligramm|miligramos?": 1,
      "g|grams?|gramm|gramos?": 1000,
      "kg|kgs|kilos?|kilograms?|kilogramm|kilogramos?": 1_000_000,
      "t|tonnes?|tons?|tonnen|toneladas?": 1_000_000_000,
    },
    { "oz|ounces?": 1, "lbs?": 16 },
  ],
  speed: [
    { "km ?/ ?h|kmh|kph|(?:km|kilomet(?:re|er)s?) per hour": 1, "m ?/ ?s|(?:m|met(?:re|er)s?) per second": 3.6 },
    { "mph|miles per hour": 1 },
  ],
  temperature: [{ "°c|celsius": 1 }, { "°f|fahrenheit": 1 }],
  data: [{ "kb|kilobytes?": 1, "mb|megabytes?": 1000, "gb|gigabytes?": 1_000_000, "tb|terabytes?": 1_000_000_000 }],
  power: [{ "w|watts?": 1, "kw|kilowatts?": 1000, "mw|megawatts?": 1_000_000 }],
  energy: [{ wh: 1, "kwh|kilowatt ?hours?|kilowattstunden?": 1000, mwh: 1_000_000 }],
  concentration: [{ "mmol ?/ ?l": 1, "mol ?/ ?l|mol per lit(?:re|er)": 1000 }],
  share: [{ "%|pct|percent|per cent|prozent|por ciento": 1 }],
  money: [
    ...["€|eur|euros?", "\\$|usd|dollars?|dólares", "£|gbp", "chf|francs|franken|francos", "jpy|yen", "inr|rupees?"],
    ...["pesos", "kronor|kroner", "zł|pln|zloty", "cny|rmb|yuan", "rubles?|roubles?|rubel", "brl|reais", "thb|baht", "liras?"],
  ].map((names) => ({ [names]: 1 })),
};

/** What places are called that name no unit: what they measure, or that they count what no unit measures. */
const called = lazily(
  (): Readonly<Record<string, RegExp>> => ({
    time: word("duration|age|dauer|alter|duración|edad"),
    length: word("distance|height|width|thickness|diameter|radius|abstand|höhe|breite|entfernung|distancia|altura|ancho"),
    area: word("area|\\p{L}*(?:fläche|flaeche)|superficie"),
    mass: word("weight|mass|gewicht"),
    speed: word("speed|geschwindigkeit|velocidad"),
    temperature: word("temp|temperature|temperatur|temperatura"),
    money: word(
      "prices?|costs?|fees?|duty|budget|salary|wage|rent|deposit|money|\\p{L}*(?:preis|kosten|gehalt|miete|zahlung)|precio|coste|importe|presupuesto|sueldo",
    ),
    share: word("percentage|porcentaje"),
    // What is called by a year alone may be anything of that year: `lastYear`.
    year: /^(?:(?!(?:last|this|next|per|each|every|previous|prior|current|past) )\p{L}+ )?year$|^(?!vor)\p{L}*jahr$|^año$/iu,
    angle: word("latitude|longitude|lat|lon|lng|angle"),
    number: word(
      "persons?|people|guests?|passengers?|adults|children|travell?ers|visitors|seats|rooms|tickets|copies|pages|words|sentences|quotes|items|pieces|servings|portions|personen|gäste|personas|asientos|entradas|páginas",
    ),
  }),
);

/** One unit of time says when or how often, and not how long: `lastYear`, `that day`. */
const once = String.raw`(?!(?:second|minute|hour|day|week|month|year|sekunde|stunde|tag|woche|monat|jahr|segundo|minuto|hora|d[ií]a|semana|mes|año)(?!\p{L}))`;
const unended = String.raw`(?![\p{L}\d²³]|-\p{L})`;
/** What makes a speed of a length. */
const speeding = String.raw`(?!\s?\/\s?(?:s|h|sec|min)(?!\p{L})|\sper\s(?:second|minute|hour)(?!\p{L}))`;
const known = lazily(() =>
  Object.entries(units).flatMap(([dimension, scales]) =>
    scales.flatMap((scale, i) =>
      Object.entries(scale).map(([names, size]) => ({
        measure: { dimension, unit: { scale: `${dimension}${i}`, size } },
        isCompound: /\/| per /.test(names),
        ahead: new RegExp(String.raw`^[\s-]?(?:${names})${unended}${dimension === "length" ? speeding : ""}`, "iu"),
        // A letter alone is a unit only behind a word: `width m`.
        within: new RegExp(
          String.raw`(?<![\p{L}\d])(?:(?<=\p{L}\s)|(?=\P{L}|\p{L}{2}))${dimension === "time" ? once : ""}(?:${names})${unended}`,
          "iu",
        ),
      })),
    ),
  ),
);

function word(names: string): RegExp {
  return new RegExp(String.raw`(?<!\p{L})(?:${names})(?!\p{L})`, "iu");
}

/** What follows tells for how much of something else a measure is: `EUR per night`. */
const each = /(?:(?:^|\s)(?:per|pro|je|por)\s|\s?\/|\sa\s(?:day|week|month|year|hour|night)).*/su;

/** The measures that some words name, of which those of several dimensions tell none. */
function unitIn(words: string): Measure | undefined {
  const compound = known().filter(({ isCompound, within }) => isCompound && within.test(words));
  const bare = words.replace(each, "");
  const found = compound.length > 0 ? compound : known().filter(({ within }) => within.test(bare));
  const [first] = found;
  if (!first || found.some(({ measure }) => measure.dimension !== first.measure.dimension)) return undefined;
  return found.length === 1 ? first.measure : { dimension: first.measure.dimension };
}

function dimensionIn(words: string): Measure | undefined {
  const [found, ...more] = Object.entries(called()).filter(([, names]) => names.test(words.replace(each, "")));
  return found && more.length === 0 ? { dimension: found[0] } : undefined;
}

/** What a place measures, by a unit that its name or its description names, else by what it is called. */
export function measureOf({ name, description }: Named): Measure | undefined {
  // The least of something is called so before it or alone, minutes behind it: `minTemp`, `walkMin`.
  const said = spoken(name).replace(/^min(?: (?=\p{L})|$)/u, "");
  return unitIn(said) ?? unitIn(description) ?? dimensionIn(said) ?? dimensionIn(description);
}

/**
 * Whether two places of numbers measure different things, or one thing in different units: what is in hours is none of a place for
 * minutes.
 *
 * @example
 * differ(measureOf({ name: "weight", description: "" }), measureOf({ name: "price", description: "in EUR" })); // true
 */
export const differ = (one: Measure | undefined, other: Measure | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  (one.dimension !== other.dimension ||
    (one.unit !== undefined && other.unit !== undefined && (one.unit.scale !== other.unit.scale || one.unit.size !== other.unit.size)));

/** What stands between less than one and its unit: `half an hour`. Behind more it says for how much that is: `480 a day`. */
const article = /^(?:an?|eine?|una?)\s+/iu;

/**
 * A number that a text says with a unit, or without, in the unit that a place is named for. As it is where either names none; undefined
 * where they measure different things, or in units that do not convert.
 *
 * @example
 * inUnitOf({ name: "daysOverdue", description: "" }, 3, " weeks overdue"); // 21
 * inUnitOf({ name: "guests", description: "" }, 1800, " euros"); // undefined
 */
export function inUnitOf(place: Named, value: number, after: string): number | undefined {
  checkText("inUnitOf", after);
  const words = after.trimStart();
  const unit = Math.abs(value) < 1 ? words.replace(article, "") : words;
  const said = known().find(({ ahead }) => ahead.test(unit))?.measure;
  const wanted = said && measureOf(place);
  if (!said || !wanted) return value;
  if (said.dimension !== wanted.dimension) return undefined;
  if (!wanted.unit) return value;
  return said.unit.scale === wanted.unit.scale ? (value * said.unit.size) / wanted.unit.size : undefined;
}
