import type { Json, JsonSchema } from "../../../schema/json.js";
import { misfits } from "../../../schema/misfits.js";
import { alternatives, valuesOf } from "../../../schema/resolve.js";
import { isName } from "../../derive/class-of.js";
import { conceptsOf } from "../../derive/concepts.js";
import { spoken, wordsOf } from "../../derive/words.js";
import type { Slot } from "../../slot.js";
import { senseOf } from "../sense-of.js";
import { areCodes, labelSpansIn, labelsIn } from "./labels-in.js";
import type { Literal } from "./literal.js";

type Kind = Literal["kind"];

/** Which kinds of literal suit a text place, the better the nearer to 1, by the words of its name and description. */
const telling: readonly (readonly [RegExp, Readonly<Partial<Record<Kind, number>>>])[] = [
  [/(?<![\p{L}\d])(?:e-?mails?|correo)(?![\p{L}\d])/u, { email: 1, quoted: 0.6 }],
  [/(?<![\p{L}\d])(?:phones?|tel|telephone|telefon|teléfono|fax|mobile|handy|sms|whatsapp|móvil)(?![\p{L}\d])/u, { phone: 1, quoted: 0.6 }],
  [/(?<![\p{L}\d])(?:url|uri|link|website)(?![\p{L}\d])/u, { url: 1, quoted: 0.6 }],
  [/(?<![\p{L}\d])(?:address|recipients?)(?![\p{L}\d])/u, { email: 1, phone: 0.8, quoted: 0.7, name: 0.5 }],
  [/(?<![\p{L}\d])(?:iso 639|languages?|lang|locale|sprache|idioma)(?![\p{L}\d])/u, { language: 1, quoted: 0.4 }],
  [/(?<![\p{L}\d])(?:iso 4217|currency|currencies|währung|moneda)(?![\p{L}\d])/u, { currency: 1, code: 0.8, quoted: 0.4, name: 0.3 }],
  [/(?<![\p{L}\d])(?:date ?time|timestamp|(?:date|day) and (?:the )?time)(?![\p{L}\d])/u, { instant: 1, day: 0.7, time: 0.5, quoted: 0.4 }],
  [/(?<![\p{L}\d])(?:time|hour|clock|uhrzeit|hora)(?![\p{L}\d])/u, { time: 1, quoted: 0.9, day: 0.7 }],
  [
    /(?<![\p{L}\d])(?:dates?|day|birthdate|birthday|deadline|datum|fecha|tag|checkin|checkout|check in|check out)(?![\p{L}\d])/u,
    { day: 1, quoted: 0.6 },
  ],
  [/(?<![\p{L}\d])(?:iso 3166|countr(?:y|ies)|nation|region|land|país)(?![\p{L}\d])/u, { country: 1, code: 0.7, name: 0.7, quoted: 0.6 }],
  [
    /(?<![\p{L}\d])(?:versions?|release|ratio|formation|ids?|codes?|identifiers?|numbers?|no|nr|sku|iban|isbn|key|token|symbols?|tickers?|cik|serial|uuid|nummer|clave)(?![\p{L}\d])/u,
    { code: 1, quoted: 0.9, number: 0.8, phone: 0.6 },
  ],
];
const general: Readonly<Partial<Record<Kind, number>>> = {
  quoted: 1,
  name: 0.9,
  code: 0.7,
  country: 0.7,
  language: 0.6,
  currency: 0.5,
  email: 0.5,
  day: 0.3,
  time: 0.3,
};

const whole = /^(?:texts?|data|message|content|body|input|note|document|article|letter|essay|email|mail|story|report)$/i;

/** Whether a place takes a whole text, whatever there is to say: no name stands for it, and what others make may. */
export const isWhole = ({ name, description }: Slot): boolean => whole.test(name) && !isName(description);

/** How well a kind of literal suits a place, from 0 (not at all) to 1. */
export function suits(slot: Slot, kind: Kind): number {
  const types = alternatives(slot.schema, slot.schema);
  if (types.some((one) => one["x-media"] !== undefined)) return 0;
  if (types.some(({ type }) => type === "number" || type === "integer")) return kind === "number" ? 1 : 0;
  if (types.length > 0 && !types.some(({ type }) => type === "string" || type === undefined)) return 0;
  const format = formatOf(slot);
  if (format === "date") return kind === "day" ? 1 : 0;
  if (format === "time") return kind === "time" ? 1 : 0;
  if (format === "date-time") return kind === "instant" ? 1 : 0;
  if (format === "email") return kind === "email" ? 1 : 0;
  if (format === "uri") return kind === "url" ? 1 : 0;
  if (isWhole(slot)) return kind === "quoted" ? 1 : kind === "email" && /mail/i.test(slot.name) ? 0.9 : 0;
  return (kindsOf(slot) ?? general)[kind] ?? 0;
}

/** The format of a place, or the one whose values its pattern takes: there is none for times in nobody's zone, as zod has them. */
export const formatOf = ({ schema }: Slot): string | undefined => {
  const takes = (one: JsonSchema, value: string) => misfits(one, value).length === 0;
  const byPattern = (one: JsonSchema) =>
    one.pattern === undefined || takes(one, "2027-03-04")
      ? undefined
      : Object.entries({ "date-time": "2027-03-04T14:00:00", time: "14:00" }).find(([, value]) => takes(one, value))?.[0];
  return alternatives(schema, schema)
    .map((one) => (typeof one.format === "string" ? one.format : byPattern(one)))
    .find(Boolean);
};

/** The kinds that a place's name tells, or where it tells none its description. */
function kindsOf({ name, description }: Slot): Readonly<Partial<Record<Kind, number>>> | undefined {
  const by = (said: string) => telling.find(([words]) => words.test(said))?.[1];
  return by(spoken(name)) ?? by(spoken(description).slice(0, 80));
}

/** Whether a place takes one thing of a kind, such as an address, a code or a day, and no whole text. */
export const isAtom = (slot: Slot): boolean => !isWhole(slot) && kindsOf(slot) !== undefined;

/** Whether a place takes the code of a language, currency or country, rather than its name. */
export const wantsCode = ({ name, description }: Slot): boolean =>
  /(?<![\p{L}\d])(?:codes?|iso|iata)(?![\p{L}\d])/iu.test(`${spoken(name)} ${description}`);

/**
 * The label of a closed place that a text says and does not deny, or a yes or no where it says the words of a yes-or-no place; undefined
 * where it says none, or several.
 */
export function labelIn(slot: Slot, text: string): { readonly value: Json } | undefined {
  const values = valuesOf(slot.schema);
  if (!values) return undefined;
  if (values.length === 1) return { value: values[0] as Json };
  const said = new Set(wordsOf(text));
  const says = (words: readonly string[]) => words.length > 0 && words.every((word) => said.has(word));
  if (values.every((value) => typeof value === "boolean")) return yesOrNo(slot, text);
  // What is a code of a language may be a word of another: `en`.
  const named = areCodes(values)
    ? []
    : values.filter((value) => typeof value === "string" && says(wordsOf(value)) && !isDenied(value, text));
  // "premium economy" says more than "economy".
  const most = Math.max(...named.map((value) => wordsOf(String(value)).length));
  const best = named.filter((value) => wordsOf(String(value)).length === most);
  const meant = named.length > 0 ? best : labelsIn(text, values).filter((value) => !isDenied(value, text));
  return meant.length === 1 ? { value: meant[0] as Json } : undefined;
}

const isDenied = (label: string, text: string): boolean =>
  labelSpansIn(text, [label]).some(({ start, end }) => senseOf(text, start, end) === false);

/** A yes where a text says the words of a place, a no where it denies one: `non-smoker`, `without a garage`, `Nichtraucher`. */
function yesOrNo({ name }: Slot, text: string): { readonly value: boolean } | undefined {
  const words = conceptsOf(name);
  const said = [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((one) => {
    const [word] = one;
    const bare = word.replace(/^(?:nicht|non)(?=\p{L}{4})/iu, "");
    const sense = () => (bare === word ? senseOf(text, one.index, one.index + word.length) : false);
    return { says: conceptsOf(bare), sense };
  });
  const found = words.flatMap((word) => said.find(({ says }) => says.includes(word)) ?? []);
  if (words.length === 0 || found.length < words.length) return undefined;
  const senses = found.map(({ sense }) => sense());
  return senses.includes(undefined) ? undefined : { value: !senses.includes(false) };
}
