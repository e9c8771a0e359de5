import type { Json } from "../schema/json.js";
import { afterThought } from "./after-thought.js";
import { parseJson } from "./parse-json.js";
import { unwrapped } from "./unwrapped.js";
import { writtenIn } from "./written-in.js";

/** Past this a text is no answer but a model running wild. */
const longest = 200_000;
/** Values looked at, at the most: a model that writes more has not answered. */
const most = 16;

/** What stands for something that was left out is no break. */
const left = /\.\.\.|…/;

/**
 * The JSON values a model's text may be meant to say, likeliest first: the text itself, what stands in it, complete or as a repair makes
 * it of what is broken or unfinished, the last first and what it calls an example after that. After all of these come the values inside
 * them, where they are wrappers. A text that was `cut` is not repaired: what that gives is a part of an answer. Never throws.
 */
export async function answersIn(text: string, { cut = false }: { readonly cut?: boolean } = {}): Promise<Json[]> {
  const said = afterThought(text.slice(0, longest)).trim();
  const found: Json[] = [];
  const seen = new Set<string>();
  const take = (source: string) => {
    const value = found.length < most && source !== "" && !seen.has(source) ? parseJson(source) : undefined;
    seen.add(source);
    if (value !== undefined) found.push(value);
  };
  take(said);
  for (const { text: part, whole } of writtenIn(said)) {
    if (whole) take(part);
    else if (!cut && found.length < most && !left.test(part)) found.push(...(await repaired(part)));
  }
  for (const fenced of said
    .split("```", 20)
    .filter((_, i) => i % 2 === 1)
    .reverse())
    take(fenced.replace(/^\w+\n/, "").trim());
  if (!cut && !found.some((value) => typeof value === "object" && value !== null)) found.push(...(await repaired(said)));
  return [...found, ...found.flatMap((value) => unwrapped(value))];
}

/** A repair of what begins with the first brace, with the text after the last one and without. */
async function repaired(said: string): Promise<Json[]> {
  const start = said.search(/[[{]/);
  if (start < 0) return [];
  const { jsonrepair } = await import("jsonrepair");
  const end = Math.max(said.lastIndexOf("}"), said.lastIndexOf("]"));
  const fence = said.indexOf("```", start);
  const found: Json[] = [];
  for (const part of new Set([said.slice(start, end + 1), said.slice(start, fence < 0 ? undefined : fence)])) {
    if (part === "" || part.length > longest / 4) continue;
    try {
      const value = parseJson(jsonrepair(part));
      if (typeof value === "object" && value !== null) found.push(value);
    } catch {
      // No JSON, or nested deeper than the repair can follow.
    }
  }
  return found;
}
