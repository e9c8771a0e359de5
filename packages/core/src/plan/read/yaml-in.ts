import { parseJson } from "../../model/parse-json.js";
import type { Json } from "../../schema/json.js";

/** A plan in YAML is no longer, and has no more lines. */
const longest = 10_000;
const mostLines = 400;
/** Brackets one in another deeper than this are no plan, and take a YAML parser time that doubles with each. */
const deepest = 6;
/** Lists begun in one line, each in another. */
const lists = /(?:-\s{1,20}){12}/;
/** Placeholders that YAML would take for something else: a comment, a mapping, a tag. */
const placeholder = /^(\s{0,40}(?:- )?(?:[\w-]{1,60}: +)?)(#\S.{0,200}|\{\{.{1,200}\}\}|[@`%].{1,200})$/;
const options = { logLevel: "silent", prettyErrors: false } as const;

/** The value of a text that is YAML, or of a fenced part or the end of it that is; undefined where there is none. */
export async function yamlIn(text: string): Promise<Json | undefined> {
  const said = text.split("```")[1]?.replace(/^\w*\n/, "") ?? fromFirstField(text);
  if (said === undefined || said.length > longest || said.trim() === "" || lists.test(said) || depthOf(said) > deepest) return undefined;
  const lines = said.split("\n");
  // What stands in one line is JSON, whole or broken.
  if (lines.length < 2 || lines.length > mostLines) return undefined;
  const { Composer, Parser, visit } = await import("yaml");
  const written = lines.map((line) => line.replace(placeholder, (_, lead, value) => `${lead}${JSON.stringify(value)}`));
  const tokens = [...new Parser().parse(written.join("\n"))];
  // A document of what is no YAML costs an error a character.
  if (tokens.some(({ type }) => type === "error")) return undefined;
  try {
    const [document] = new Composer(options).compose(tokens);
    // A name that is given twice is an error, since one of them would be lost.
    if (!document || document.errors.length > 0) return undefined;
    visit(document, {
      Scalar(_, scalar) {
        // YAML takes `01067`, `+49` and `1.10` for other numbers than they say.
        if (typeof scalar.value === "number" && scalar.source !== undefined && String(scalar.value) !== scalar.source)
          scalar.value = scalar.source;
      },
    });
    // Through JSON, so that nothing but plain values comes out.
    return parseJson(JSON.stringify(document.toJS({ maxAliasCount: 0 }) ?? null));
  } catch {
    return undefined;
  }
}

/** A text from its first line that is a field or an item of a list; undefined where there is none. */
function fromFirstField(text: string): string | undefined {
  const start = text.search(/^(?:- |[A-Za-z_]\w{0,40}:)/m);
  return start < 0 ? undefined : text.slice(start);
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
