import type { Candidate } from "./candidate.js";
import { isLabel } from "./concepts/known.js";
import { legalEnd, legalForm } from "./legal-forms.js";
import { outer } from "./outer.js";
import { plain } from "./plain.js";
import { isTrade } from "./trades.js";

const name =
  /(?<![\p{L}\d])\p{Lu}[\p{L}'’&-]*(?: (?:&|and|und|of|de|des|da|do|di|della|van|der|y|et|e|i|och|og) \p{Lu}[\p{L}'’-]*| \p{Lu}[\p{L}'’&-]*)*(?: (?:GmbH|AG|KG|Inc|LLC|Ltd|Corp)\b\.?)?(?:\. KG\b)?/gu;

/** A legal form with a name in quotes: `ООО «Медиа Форум»`. */
const quoted = /(?<![\p{L}\d])(?:\p{Lu}{2,4} )?[«„“"][\p{L}\d][^»“”"\n]{1,40}[»“”"]/gu;

/** Capitalised names amid a line, and what stands in quotes behind a legal form. */
export function namesAmid(text: string): Candidate[] {
  const found = [...text.matchAll(name)].filter(({ 0: found, index }) => found.includes(" ") || !opens(text, index));
  const named = [...text.matchAll(quoted)].filter(({ 0: found }) => legalForm.test(found));
  return outer([...found, ...named].sort((a, b) => a.index - b.index)).flatMap(({ 0: found, index }) => {
    // A single capital at its end may begin one: `A.Ş.`
    const whole = / \p{Lu}$/u.test(found) ? found.slice(0, -2) : found;
    const end = index + whole.length;
    const form = legalEnd.exec(text.slice(end, end + longestForm))?.[0] ?? found.slice(whole.length);
    const first = found.indexOf(" ") + 1;
    // A word that opens a sentence may be none of the name: `Contact Acme Corp`.
    const opened = first > 0 && /[.!?] $/.test(text.slice(Math.max(0, index - 2), index)) && found.includes(" ", first);
    return [candidateAt(index, whole + form), ...(opened ? [candidateAt(index + first, whole.slice(first) + form)] : [])].flatMap(
      (one) => one ?? [],
    );
  });
}

/** The longest legal form behind a name. */
const longestForm = 16;

const opens = (text: string, index: number) => /(?:^|[.!?:\n]\s*)$/.test(text.slice(Math.max(0, index - 3), index));

function candidateAt(start: number, name: string): Candidate | undefined {
  const words = name.split(" ");
  const legal = legalForm.test(name);
  const trade = words.some((word) => isTrade(plain(word)));
  if (!words.some((word) => word.length > 2 && !legalForm.test(word) && !isTrade(plain(word)))) return;
  const form = legal ? { legal: 1.5 } : trade ? { trade: 0.6 } : {};
  const bare = words.length === 1 && !trade ? { oneName: 1 } : {};
  return { start, end: start + name.length, text: name, value: name, signs: { ...form, ...bare, ...(isLabel(name) && { called: 1 }) } };
}
