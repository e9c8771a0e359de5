import { isAddress } from "./address-lines.js";
import type { Candidate } from "./candidate.js";
import { isLabel } from "./concepts/known.js";
import { isFurniture } from "./furniture.js";
import { legalForm } from "./legal-forms.js";
import { likeness } from "./likeness.js";
import { linesOf } from "./lines.js";
import { headLines, nameLines } from "./name-lines.js";
import { namesAmid } from "./names-amid.js";
import { outer } from "./outer.js";
import { plain } from "./plain.js";
import { isTrade } from "./trades.js";
import type { Signs } from "./weights.js";

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
    ...text.matchAll(
      /(?:www\.|@|https?:\/\/)([\p{L}\d-]{3,})|(?<![\p{L}\d-])([\p{L}\d-]{3,})\.(?:com|de|org|net|co\.uk|fr|es|it)(?![\p{Script=Latin}\d])/giu,
    ),
  ].map(([, a, b]) => plain(a ?? b ?? ""));
  const online = onlineAs(outer([...new Set(domains)], 200));
  const named = outer(nameLines(lines));
  let order = 0;
  const found = named.map(({ start, end, line }): Candidate => {
    const name = text.slice(start, end).replace(/\s+/g, " ");
    const form = signsOf(name, squeezed, online);
    const bare = !form.address && !form.furniture && !form.garbled;
    const head = line < headLines ? 1 / (1 + 0.35 * order) : 0;
    if (bare) order++;
    return { start, end, text: text.slice(start, end), value: name, signs: { ...form, head } };
  });
  const addresses = [...text.matchAll(/(?<=www\.)[\p{L}\d-]{3,}(?=\.\p{L}{2})/giu)]
    .filter(([name]) => !mail.test(name))
    .map(({ 0: name, index }) => ({ start: index, end: index + name.length, text: name, value: name, signs: { domain: 1 } }));
  return [...found, ...namesAmid(text), ...addresses];
}

/** How a person is spoken to in a letter. */
const honorific = /(?:様|さん|님|씨|女士)$/;

function signsOf(name: string, squeezed: string, isOnline: (name: string) => boolean): Signs {
  const words = plain(name).split(" ");
  const first = words.find((word) => word.length > 3);
  const again = [words.join(""), first].some((k) => k && k.length > 3 && squeezed.indexOf(k) !== squeezed.lastIndexOf(k));
  const legal = legalForm.test(name);
  const tests = {
    legal,
    called: isLabel(name) || honorific.test(name),
    trade: words.some(isTrade),
    online: isOnline(name),
    again,
    address: isAddress(name),
    furniture: !legal && isFurniture(name),
    digits: /\d/.test(name),
    marks: /[,;!?"|]/.test(name),
    garbled: garbled(name),
    small: /^\p{Ll}/u.test(name),
    dotted: !legal && /[\p{L}\d]\.\p{L}{2}/u.test(name),
    long: !legal && words.length > 5,
  };
  return Object.fromEntries(Object.entries(tests).flatMap(([sign, is]) => (is ? [[sign, 1]] : [])));
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
  const words = all.filter((word) => word.length > (all.length > 1 ? 2 : 3) && !legalForm.test(word));
  // `t O O m B a U GmbH`; a name spaced out, `A L D I`, is read well.
  const letters = all.map((word) => word.replace(/[^\p{L}\d]/gu, "").length);
  const single = letters.filter((length) => length === 1).length;
  if (single > all.length * 0.7 && letters.some((length) => length > 1)) return true;
  const odd = words.filter(
    (word) =>
      /\p{Ll}\p{Lu}(?!\p{L}*$)|\p{Lu}{2,}\p{Ll}|\p{L}[^\p{L}\d.'’&+()-]\p{L}|^\p{Lu}?\p{Ll}+\p{Lu}$/u.test(word) ||
      /\p{L}\d+\p{L}/u.test(word) ||
      (word.length > 3 && /^\p{Script=Latin}+$/u.test(word) && !/[aeiouyäöüéèáíóú]/i.test(word)),
  );
  return odd.length > words.length / 3;
}
