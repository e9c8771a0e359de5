import type { Candidate } from "./candidate.js";
import { linesOf } from "./lines.js";
import { plain, similar } from "./similar.js";

const legal =
  /\b(?:GmbH|[GC]nbH|mbH|AG|KG|OHG|e\.K\.|UG|Inc|LLC|L\.L\.C\.|Ltd|Limited|PLC|Corp|Co\.|S\.?A\.?R\.?L|S\.A\.|S\.L\.|B\.?V|S\.?p\.?A|S\.?r\.?l|Oy|AB)\b\.?/;
const trade =
  /\b(?:caf[eé]|restaurant|hotel|bakery|pharmacy|market|supermarket|store|shop|garage|bistro|bar|grill|pizzeria|inn|apotheke|drogerie|tankstelle|baumarkt|bäckerei|b[aä]ckerei|metzgerei|gasthaus|markt|boulangerie|pharmacie|librairie|farmacia|panader[ií]a|ristorante|company|university|bank)\b/i;
const address =
  /\b(?:\p{L}*(?:str(?:a[sß8B]e|abe|ale|\.)?|strasse|weg|platz|allee|ring|damm)|street|avenue|ave|road|rd|lane|quay|drive|blvd|rue|calle|via)\b\.?\s*\d|\d+\s+\p{L}+.*\b(?:street|st|avenue|ave|road|rd|lane|quay|drive|blvd)\b|\b\d{5}\b|\btel\b|\bfax\b|\bphone\b|uhr\b|www\.|@/iu;
const furniture =
  /\b(?:receipt|invoice|bill|quittung|rechnung|kassenbon|beleg|kundenbeleg|total|datum|date|thank|vielen dank|willkommen|welcome|eur|euro|öffnungszeiten|offnungszeiten|kasse|artikel|menge|preis|facture|ticket)\b/i;

/** Whose addresses say nothing of who uses them. */
const mail = /^(?:gmail|googlemail|gmx|web|t-online|yahoo|outlook|hotmail|icloud|aol|mail|freenet)$/i;

/**
 * Names of organisations: lines of the head, lines with a legal form or a trade, and names in running text. What speaks for one is
 * where it stands, its form, and that the text has it again, in a web address too.
 */
export function organisations(text: string): Candidate[] {
  const lines = linesOf(text);
  const squeezed = plain(text).replace(/ /g, "");
  const domains = [
    ...text.matchAll(/(?:www\.|@|https?:\/\/)([\p{L}\d-]{3,})|(?<![\p{L}\d-])([\p{L}\d-]{3,})\.(?:com|de|org|net|co\.uk|fr|es|it)\b/giu),
  ].map(([, a, b]) => plain(a ?? b!));
  const found = lines.flatMap((line, i) => {
    const name = line.text.replace(/^[^\p{L}\d]+|[^\p{L}\d.!]+$/gu, "");
    const letters = (name.match(/\p{L}/gu) ?? []).length;
    const inHead = i < 15;
    if (letters < 3 || name.length > 60 || letters < name.replace(/\s/g, "").length * 0.6) return [];
    if (!inHead && !legal.test(name)) return [];
    const start = line.start + line.text.indexOf(name);
    return [{ start, end: start + name.length, text: name, value: name, prior: weigh(name, i, squeezed, domains) }];
  });
  const online = [...text.matchAll(/(?<=www\.|@)[\p{L}\d-]{3,}(?=\.\p{L}{2})/giu)]
    .filter(([name]) => !mail.test(name))
    .map(({ 0: name, index }) => ({ start: index, end: index + name.length, text: name, value: name, prior: 0.4 }));
  return [...found, ...named(text), ...online];
}

function weigh(name: string, line: number, squeezed: string, domains: readonly string[]): number {
  const key = plain(name).replace(/ /g, "");
  const first = plain(name)
    .split(" ")
    .find((word) => word.length > 3);
  const again = [key, first].some((k) => k && k.length > 3 && squeezed.indexOf(k) !== squeezed.lastIndexOf(k));
  const words = plain(name).split(" ");
  const online = domains.some((domain) => {
    const label = domain.replace(/ /g, "");
    return (
      similar(key, label) > 0.6 || words.some((word) => word.length > 3 && domain.split(" ").some((part) => similar(word, part) > 0.8))
    );
  });
  return (
    Math.max(0, 0.4 - 0.025 * line) +
    (line === 0 ? 0.1 : 0) +
    (legal.test(name) ? 0.3 : 0) +
    (trade.test(name) ? 0.25 : 0) +
    (online ? 0.45 : 0) +
    (again ? 0.15 : 0) -
    (address.test(name) ? 0.6 : 0) -
    (furniture.test(name) ? 0.4 : 0) -
    (/\d/.test(name) ? 0.15 : 0) -
    (/[,;!?"|]/.test(name) ? 0.15 : 0) -
    (garbled(name) ? 0.4 : 0) -
    (/^\p{Ll}/u.test(name) ? 0.1 : 0) -
    (/\w\.\p{L}{2}/u.test(name) ? 0.3 : 0) -
    (words.length > 5 ? 0.3 : 0)
  );
}

/** Whether a line looks misread: capitals amid small letters, signs amid letters, or words hardly a vowel is in. */
function garbled(name: string): boolean {
  const all = name.split(/\s+/);
  // A name of one short word may be written in any way.
  const words = all.filter((word) => word.length > (all.length > 1 ? 2 : 3) && !legal.test(word));
  const odd = words.filter(
    (word) =>
      /\p{Ll}\p{Lu}(?!\p{L}*$)|\p{Lu}{2,}\p{Ll}|\p{L}[^\p{L}\d.'’&+-]\p{L}|^\p{Lu}?\p{Ll}+\p{Lu}$/u.test(word) ||
      (word.length > 3 && !/[aeiouyäöüéèáíóú]/i.test(word)),
  );
  return odd.length > words.length / 3;
}

/** Capitalised names amid a line. */
function named(text: string): Candidate[] {
  const name =
    /\b\p{Lu}[\p{L}'’&-]*(?: (?:&|and|und|of|de) \p{Lu}[\p{L}'’-]*| \p{Lu}[\p{L}'’&-]*)*(?: (?:GmbH|AG|KG|Inc|LLC|Ltd|Corp)\b\.?)?(?:\. KG\b)?/gu;
  return [...text.matchAll(name)].flatMap(({ 0: found, index }) => {
    const opens = /(?:^|[.!?:\n]\s*)$/.test(text.slice(Math.max(0, index - 3), index));
    const own = found.split(" ").filter((word) => word.length > 2 && !legal.test(word) && !trade.test(word));
    if (!own.length || (opens && !found.includes(" "))) return [];
    return [
      {
        start: index,
        end: index + found.length,
        text: found,
        value: found,
        prior: legal.test(found) ? 0.45 : trade.test(found) ? 0.15 : 0,
      },
    ];
  });
}
