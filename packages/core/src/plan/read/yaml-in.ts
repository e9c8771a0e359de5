import type { Json } from "../../graph/json.js";
import { parseJson } from "../../model/parse-json.js";

/** A plan in YAML is no longer; brackets run no deeper. */
const longest = 20_000;
const deepest = 20;
/** Placeholders that YAML would take for something else: a comment, a mapping, a tag. */
const placeholder = /^(\s{0,40}(?:- )?(?:[\w-]{1,60}: +)?)(#\S.{0,200}|\{\{.{1,200}\}\}|[@`%].{1,200})$/;

/** The value of a text that is YAML, or of a fenced part or the end of it that is; undefined where there is none. */
export async function yamlIn(text: string): Promise<Json | undefined> {
  const fenced = text.split("```")[1]?.replace(/^\w*\n/, "");
  const said = fenced ?? text.slice(Math.max(0, text.search(/^(?:- |[A-Za-z_]\w{0,40}:)/m)));
  if (said.length > longest || said.trim() === "" || new RegExp(`[[{]\\s*(?:[[{]\\s*){${deepest}}`).test(said)) return undefined;
  const lines = said.split("\n").map((line) => line.replace(placeholder, (_, lead, value) => `${lead}${JSON.stringify(value)}`));
  const { parse } = await import("yaml");
  try {
    // Through JSON, so that nothing but plain values comes out.
    return parseJson(JSON.stringify(parse(lines.join("\n"), { uniqueKeys: false, maxAliasCount: 0 }) ?? null));
  } catch {
    return undefined;
  }
}
