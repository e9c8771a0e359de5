import type { Document, LineCounter, YAMLMap } from "yaml";
import type { Issue } from "../error/issue.js";
import type { Limits } from "../limits/limits.js";
import { isRounded } from "../schema/is-rounded.js";
import { lineFinder } from "./lines.js";

/** What a YAML or JSON text says, and on which line; or what is wrong with its notation. Linear. */
export type Read = { readonly value: unknown; lineOf(path: Issue["path"]): number } | { readonly issues: readonly Issue[] };

/**
 * Reads a text in YAML or JSON, of bounded depth, in time linear in it.
 * @example
 * const read = await readDocument(text, limitsOf());
 * if ("issues" in read) console.error(read.issues.map(formatIssue).join("\n"));
 */
export async function readDocument(text: string, { jsonDepth }: Limits): Promise<Read> {
  const yaml = await import("yaml");
  const lines = new yaml.LineCounter();
  const wrong = (message: string, hint: string, offset = 0): Issue => ({
    ...{ code: "file-syntax", path: [], message, hint },
    line: lines.linePos(offset).line,
  });
  const deep = tooDeep(yaml, text, jsonDepth, lines);
  if (deep !== undefined) return { issues: [wrong("It is nested too deep.", `Write it flatter: limits.jsonDepth is ${jsonDepth}.`, deep)] };
  // The library compares each key with all others.
  const document = yaml.parseDocument(text, { uniqueKeys: false });
  const errors = document.errors.map(({ message, pos }) =>
    wrong(`${message.split("\n")[0]!.replace(/ at line .*$/, "")}.`, "Put the YAML or JSON right.", pos[0]),
  );
  if (errors.length) return { issues: errors };
  const twice: Issue[] = [];
  yaml.visit(document, {
    Map(_, map) {
      for (const { name, offset } of repeated(map)) twice.push(wrong(`The key "${name}" stands twice.`, "Leave one of them.", offset));
    },
  });
  if (twice.length) return { issues: twice };
  const rounded: Issue[] = [];
  yaml.visit(document, {
    Scalar(_, { value, source, range }) {
      if (typeof value === "number" && isRounded(source ?? ""))
        rounded.push(wrong(`The number ${source} has more digits than are kept.`, "Write it in quotes, as a text.", range?.[0]));
    },
  });
  if (rounded.length) return { issues: rounded };
  const plain = plainOf(document);
  if (!plain) return { issues: [wrong("A YAML alias goes round, or grows without end.", "Write out what the alias stands for.")] };
  return { value: plain.value, lineOf: lineFinder(yaml, document, lines) };
}

/** Where a text is nested deeper, told before it is read: to read it recurses, and a full stack can end the process. */
function tooDeep(yaml: typeof import("yaml"), text: string, most: number, lines: LineCounter): number | undefined {
  const parser = new yaml.Parser(lines.addNewLine);
  lines.addNewLine(0);
  for (const lexeme of new yaml.Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    // Beside the levels it holds the document, and the value at hand.
    if (parser.stack.length > most + 2) return parser.offset - 1;
  }
  return undefined;
}

/** Keys of a map that are there already. */
function repeated(map: YAMLMap): { readonly name: string; readonly offset: number }[] {
  const seen = new Set<string>();
  return map.items.flatMap(({ key }: any) => {
    const name = String(key?.value ?? key);
    const offset: number = key?.range?.[0] ?? 0;
    return seen.size === seen.add(name).size ? [{ name, offset }] : [];
  });
}

/** What a document says, or undefined where its aliases make it endless. */
function plainOf(document: Document): { readonly value: unknown } | undefined {
  try {
    const value = document.toJS();
    JSON.stringify(value);
    return { value };
  } catch {
    return undefined;
  }
}
