import { isRounded } from "@troupe/core";

/**
 * A JSON text in which numbers with more digits than a number holds are texts, as ids of databases are: they fit where a text is taken, and
 * are refused where a number is. Read as numbers they would be others, without a word.
 */
export function unrounded(json: string): string {
  if (!/\d{16}/.test(json)) return json;
  let inText = false;
  return json.replace(/\\.|"|-?\d[\d.eE+-]*/gs, (token) => {
    if (token === '"') inText = !inText;
    return !inText && isRounded(token) ? `"${token}"` : token;
  });
}
