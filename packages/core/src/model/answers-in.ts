import { doubledIn } from "../schema/doubled-in.js";
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
 * them, where they are wrappers. A text that was `cut` is not repaired: what that gives is a part of an answer. What a value in it says
 * twice, and otherwise, is told in `doubled`, by its name. Never throws.
 */
export async function answersIn(
  text: string,
  { cut = false, doubled = new Set() }: { readonly cut?: boolean; readonly doubled?: Set<string> } = {},
): Promise<Json[]> {
  const said = afterThought(text.slice(0, longest)).trim();
  const found: Json[] = [];
  const seen = new Set<string>();
  const take = (source: string) => {
    const value = found.length < most && source !== "" && !seen.has(source) ? parseJson(source) : undefined;
    seen.add(source);
    if (value === undefined) return;
    found.push(value);
    note(source, doubled);
  };
  take(said);
  for (const { text: part, whole } of writtenIn(said)) {
    if (whole) take(part);
    else if (!cut && found.length < most && !left.test(part)) found.push(...(await repaired(part, doubled)));
  }
  for (const fenced of said
    .split("```", 20)
    .filter((_, i) => i % 2 === 1)
    .reverse())
    take(fenced.replace(/^\w+\n/, "").trim());
  if (!cut && !found.some((value) => typeof value === "object" && value !== null)) found.push(...(await repaired(said, doubled)));
  return [...found, ...found.flatMap((value) => unwrapped(value))];
}

function note(source: string, doubled: Set<string>): void {
  const name = doubledIn(source);
  if (name !== undefined) doubled.add(name);
}

/** A repair of what begins with the first brace, with the text after the last one and without. */
async function repaired(said: string, doubled: Set<string>): Promise<Json[]> {
  const start = said.search(/[[{]/);
  if (start < 0) return [];
  const { jsonrepair } = await import("jsonrepair");
  const end = Math.max(said.lastIndexOf("}"), said.lastIndexOf("]"));
  const fence = said.indexOf("```", start);
  const found: Json[] = [];
  for (const part of new Set([said.slice(start, end + 1), said.slice(start, fence < 0 ? undefined : fence)])) {
    if (part === "" || part.length > longest / 4) continue;
    try {
      const whole = jsonrepair(part);
      const value = parseJson(whole);
      if (typeof value !== "object" || value === null) continue;
      found.push(value);
      note(whole, doubled);
    } catch {
      // No JSON, or nested deeper than the repair can follow.
    }
  }
  return found;
}
