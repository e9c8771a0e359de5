import type { Candidate } from "./candidate.js";
import { isLabel } from "./concepts/known.js";
import { legalForm } from "./legal-forms.js";
import { outer } from "./outer.js";
import { plain } from "./plain.js";
import { isTrade } from "./trades.js";

const name =
  /(?<![\p{L}\d])\p{Lu}[\p{L}'’&-]*(?: (?:&|and|und|of|de|des|da|do|di|della|van|der|y|et|e|i|och|og) \p{Lu}[\p{L}'’-]*| \p{Lu}[\p{L}'’&-]*)*(?: (?:GmbH|AG|KG|Inc|LLC|Ltd|Corp)\b\.?)?(?:\. KG\b)?/gu;

/** Capitalised names amid a line. */
export function namesAmid(text: string): Candidate[] {
  const found = [...text.matchAll(name)].filter(
    ({ 0: found, index }) => found.includes(" ") || !/(?:^|[.!?:\n]\s*)$/.test(text.slice(Math.max(0, index - 3), index)),
  );
  return outer(found).flatMap(({ 0: found, index }) => {
    const words = found.split(" ");
    const legal = legalForm.test(found);
    const trade = words.some((word) => isTrade(plain(word)));
    if (!words.some((word) => word.length > 2 && !legalForm.test(word) && !isTrade(plain(word)))) return [];
    const signs = { ...(legal ? { legal: 1.5 } : trade ? { trade: 0.6 } : {}), ...(isLabel(found) && { called: 1 }) };
    return [{ start: index, end: index + found.length, text: found, value: found, signs }];
  });
}
