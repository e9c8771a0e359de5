import { lostInJson } from "@troupe/core";

/** What reading a JSON text would lose without a word, in words; undefined where it loses nothing. */
export function lostSaid(json: string): { readonly what: string; readonly line: number } | undefined {
  const lost = lostInJson(json);
  if (!lost) return undefined;
  const { what, text, line } = lost;
  return { what: what === "name" ? `The key "${text}" stands twice` : `The number ${text} has more digits than are kept`, line };
}
