import type { Candidate } from "./candidate.js";
import { likeness } from "./likeness.js";
import { linesOf } from "./lines.js";
import { outer } from "./outer.js";
import { plain } from "./similar.js";

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
  const online = onlineAs(outer([...new Set(domains)], 200));
  const named = lines.flatMap((line, i) => {
    // Letters and digits with what stands between them.
    const name = /[\p{L}\d](?:.*[\p{L}\d.!])?/su.exec(line.text)?.[0] ?? "";
    const letters = name.length > 60 ? 0 : (name.match(/\p{L}/gu) ?? []).length;
    if (letters < 3 || letters < name.replace(/\s/g, "").length * 0.6 || (i >= 15 && !legal.test(name))) return [];
    return [{ name, i, start: line.start + line.text.indexOf(name) }];
  });
  const found = outer(named).map(({ name, i, start }) => ({
    start,
    end: start + name.length,
    text: name,
    value: name,
    prior: weigh(name, i, squeezed, online),
  }));
  const addresses = [...text.matchAll(/(?<=www\.|@)[\p{L}\d-]{3,}(?=\.\p{L}{2})/giu)]
    .filter(([name]) => !mail.test(name))
    .map(({ 0: name, index }) => ({ start: index, end: index + name.length, text: name, value: name, prior: 0.4 }));
  return [...found, ...namesAmid(text), ...addresses];
}

function weigh(name: string, line: number, squeezed: string, isOnline: (name: string) => boolean): number {
  const key = plain(name).replace(/ /g, "");
  const first = plain(name)
    .split(" ")
    .find((word) => word.length > 3);
  const again = [key, first].some((k) => k && k.length > 3 && squeezed.indexOf(k) !== squeezed.lastIndexOf(k));
  const words = plain(name).split(" ");
  return (
    Math.max(0, 0.4 - 0.025 * line) +
    (line === 0 ? 0.1 : 0) +
    (legal.test(name) ? 0.3 : 0) +
    (trade.test(name) ? 0.25 : 0) +
    (isOnline(name) ? 0.45 : 0) +
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

/** A test for a name, or a word of it, being like the domain of a web address. */
function onlineAs(domains: readonly string[]): (name: string) => boolean {
  const wholes = likeness(domains.map((domain) => domain.replace(/ /g, "")));
  const parts = likeness([...new Set(domains.flatMap((domain) => domain.split(" ")))]);
  return (name) =>
    wholes(plain(name).replace(/ /g, "")).some(([, like]) => like > 0.6) ||
    plain(name)
      .split(" ")
      .some((word) => word.length > 3 && parts(word).some(([, like]) => like > 0.8));
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
function namesAmid(text: string): Candidate[] {
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
