import type { Json } from "../../graph/json.js";
import { parseJson } from "../../model/parse-json.js";

/** A plan in YAML is no longer. */
const longest = 10_000;
/** Brackets one in another deeper than this are no plan, and take a YAML parser time that doubles with each. */
const deepest = 6;
/** Lists begun in one line, each in another. */
const lists = /(?:-\s{1,20}){12}/;
/** Placeholders that YAML would take for something else: a comment, a mapping, a tag. */
const placeholder = /^(\s{0,40}(?:- )?(?:[\w-]{1,60}: +)?)(#\S.{0,200}|\{\{.{1,200}\}\}|[@`%].{1,200})$/;

/** The value of a text that is YAML, or of a fenced part or the end of it that is; undefined where there is none. */
export async function yamlIn(text: string): Promise<Json | undefined> {
  const fenced = text.split("```")[1]?.replace(/^\w*\n/, "");
  const said = fenced ?? text.slice(Math.max(0, text.search(/^(?:- |[A-Za-z_]\w{0,40}:)/m)));
  if (said.length > longest || said.trim() === "" || lists.test(said) || depthOf(said) > deepest) return undefined;
  const lines = said.split("\n").map((line) => line.replace(placeholder, (_, lead, value) => `${lead}${JSON.stringify(value)}`));
  const { parse } = await import("yaml");
  try {
    // Through JSON, so that nothing but plain values comes out.
    return parseJson(
      JSON.stringify(parse(lines.join("\n"), { uniqueKeys: false, maxAliasCount: 0, logLevel: "silent", prettyErrors: false }) ?? null),
    );
  } catch {
    return undefined;
  }
}

/** How deep brackets stand in one another, whatever quotes there are. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  for (const c of text) {
    if (c === "{" || c === "[") most = Math.max(most, ++depth);
    else if ((c === "}" || c === "]") && depth > 0) depth--;
  }
  return most;
}
