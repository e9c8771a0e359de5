import { addresses } from "../extraction/addresses.js";
import type { Personal } from "./kinds.js";

const house = "(?:[Nn]o:? ?)?\\d{1,5} ?[a-zA-Z]?(?:[-/]\\d{1,4})?(?: (?:bis|ter))?";
const word = "[\\p{L}\\p{M}.'’-]{1,30}";
/** A place behind a street: a postal code and a name, either first. */
const place = `(?:,? (?:[A-Z]{1,2}-)?\\d{2,5}(?:[- ]\\d{2,4})?(?: [A-Z]{2})? \\p{Lu}${word}(?: \\p{Lu}${word}){0,2}|(?:, ?\\p{Lu}${word}(?: \\p{Lu}${word}){0,2}){1,2},? (?:[A-Z]{2} )?(?:\\d{5}(?:-\\d{4})?|[A-Z]{1,2}\\d[\\dA-Z]? ?\\d[A-Z]{2}))?`;
/** Words as they stand amid a sentence, and with a capital. */
const either = (words: string) =>
  words
    .trim()
    .split(/\s+/)
    .map((one) => `[${one.charAt(0).toUpperCase()}${one.charAt(0)}]${one.slice(1).replaceAll(".", "\\.")}`)
    .join("|");
const behind = either(
  "straße strasse str. weg gasse allee platz ring damm ufer pfad gade vej gatan vägen gata veien straat laan plein kade gracht katu tie utca út caddesi cad. sokak sokağı bulvarı",
);
const before = either(
  "rue avenue av. boulevard bd. chemin allée impasse quai calle c/ avenida avda. plaza paseo via viale piazza corso rua travessa largo ul. ulica al. ulice strada bulevardul ulitsa ул. улица проспект вул.",
);
const joins = "(?:(?:de|des|du|la|le|les|los|las|l'|d'|del|della|di|da|das|do|dos|e|y) ?){0,3}";
const english =
  "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Way|Court|Ct|Square|Sq|Terrace|Close|Crescent|Boulevard|Blvd|Parkway|Pkwy|Highway|Hwy|Row|Gardens|Grove|Mews";
const streets: readonly RegExp[] = [
  `(?:\\p{Lu}${word} ){0,2}(?:\\p{Lu}[\\p{L}'’.-]{0,30} ?)?(?:${behind}) ${house}${place}`,
  `(?:${house},? )?(?:${before}) ${joins}\\p{Lu}${word}(?: ${joins}\\p{Lu}${word}){0,3}(?:,? (?:n[.º°o]? ?)?${house})?${place}`,
  `\\d{1,5}[a-zA-Z]? (?:\\p{Lu}${word} ){1,4}(?:${english})(?![\\p{L}\\d])\\.?(?:,? (?:Apt|Apartment|Flat|Suite|Unit|#) ?[\\dA-Z]{1,5})?${place}`,
  // Of a street without a word for one the place tells: Am Hafen 3, 24103 Kiel
  `(?:\\p{Lu}${word} ){1,3}${house}, (?:[A-Z]{1,2}-)?\\d{4,5} \\p{Lu}${word}`,
].map((form) => new RegExp(`(?<![\\p{L}\\d])${form}`, "gu"));

/** What a number stands in: `calle mayor` in small letters is no address, and neither is a street alone. */
const numbered = /\d/;

/** Postal addresses: a street with a number, and the place that follows. */
export function homes(text: string): Personal[] {
  const found = streets.flatMap((street) =>
    [...text.matchAll(street)].map(({ 0: one, index }) => ({ start: index, end: index + one.replace(/[.,]$/, "").length })),
  );
  return [...addresses(text), ...found]
    .filter(({ start, end }) => numbered.test(text.slice(start, end)))
    .map(({ start, end }) => ({ start, end, kind: "address" as const }));
}
