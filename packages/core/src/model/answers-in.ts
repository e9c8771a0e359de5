import type { Json } from "../graph/json.js";

/** Past these a text is no answer but a model running wild, and repairing it could take a parser down. */
const longest = 200_000;
const deepest = 60;

/**
 * The JSON values a model's text may be meant to say, likeliest first: the text itself, what stands in a code fence, each complete
 * object or list in it, and last what a repair makes of a broken or unfinished one. Never throws.
 */
export async function answersIn(text: string): Promise<Json[]> {
  const whole = text.slice(0, longest);
  const said = whole
    .slice(Math.max(0, whole.lastIndexOf("</think>")))
    .replace("</think>", "")
    .trim();
  const found: Json[] = [];
  const seen = new Set<string>();
  const take = (source: string | undefined) => {
    if (!source || seen.has(source) || found.length >= 8) return;
    seen.add(source);
    try {
      found.push(JSON.parse(source) as Json);
    } catch {}
  };
  const within = (part: string) => (depthOf(part) <= deepest ? part.trim() : undefined);
  take(within(said));
  for (const fenced of said.split("```", 20).filter((_, i) => i % 2 === 1)) take(within(fenced.replace(/^\w+\n/, "")));
  for (const part of completeIn(said)) take(part);
  if (found.some((value) => typeof value === "object" && value !== null)) return found;
  return [...found, ...(await repaired(said))];
}

/** A repair of what begins with the first brace, with the text after the last one and without. */
async function repaired(said: string): Promise<Json[]> {
  const start = said.search(/[[{]/);
  if (start < 0) return [];
  const { jsonrepair } = await import("jsonrepair");
  const end = Math.max(said.lastIndexOf("}"), said.lastIndexOf("]"));
  const found: Json[] = [];
  for (const part of new Set([said.slice(start, end + 1), said.slice(start).replace(/```[\s\S]*$/, "")])) {
    if (part === "" || part.length > longest / 4 || depthOf(part) > deepest) continue;
    try {
      const value = JSON.parse(jsonrepair(part)) as Json;
      if (typeof value === "object" && value !== null) found.push(value);
    } catch {}
  }
  return found;
}

/** The outermost balanced objects and lists of a text, brackets in strings not counted. */
function completeIn(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  let deep = false;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === "\\") i++;
      else if (c === '"') quoted = false;
    } else if (c === '"' && depth > 0) quoted = true;
    else if (c === "{" || c === "[") {
      if (depth++ === 0) {
        start = i;
        deep = false;
      }
      deep ||= depth > deepest;
    } else if ((c === "}" || c === "]") && depth > 0 && --depth === 0 && !deep) parts.push(text.slice(start, i + 1));
  }
  return parts.sort((a, b) => b.length - a.length);
}

/** How deep brackets nest at the most, wherever they stand. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  for (const c of text) {
    if (c === "{" || c === "[") most = Math.max(most, ++depth);
    else if ((c === "}" || c === "]") && depth > 0) depth--;
  }
  return most;
}
