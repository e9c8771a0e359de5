import type { Json } from "../../schema/json.js";
import type { WrittenCall } from "./calls-in.js";
import { byName, placeName, valueIn } from "./read-arguments.js";

/** A line longer than this is no call, and no plan has more lines. */
const longest = 2000;
const mostLines = 500;
/** Functions that end a plan without giving anything. */
const ends = new Set(["join", "finish", "done", "end"]);

/** The lines of a text that are calls of functions: `1. shout(text="hi")`, `x = shout("hi")`, `#E1 = shout[hi]`, `[shout(text="hi"), count()]`. */
export function functionsIn(text: string): readonly WrittenCall[] {
  const lines = text.split("\n", mostLines).filter((line) => line.length <= longest);
  return lines
    .flatMap((line) => {
      const said = line.trim().replace(/[;,]$/, "");
      const inner = /^\[[A-Za-z_][\w.-]{0,80}\(.*\)\]$/.test(said) ? said.slice(1, -1) : said;
      const calls = split(inner).map((part) => callIn(part.trim()));
      return calls.every((one) => one) ? (calls as WrittenCall[]) : (callIn(said) ?? []);
    })
    .filter(({ name, arguments: args }) => !(ends.has(name.toLowerCase()) && Object.keys(args as object).length === 0));
}

function callIn(said: string): WrittenCall | undefined {
  const head = /^(?:(\d{1,3})[.)]\s+|#?(E\d{1,3})\s*=\s*|\$?([A-Za-z_]\w{0,60})\s*=\s*)?([A-Za-z_][\w.-]{0,80})\s*([([])/.exec(said);
  if (!head) return undefined;
  const [whole, number, evidence, variable, name = "", open] = head;
  const body = said.slice(whole.length);
  if (!body.endsWith(open === "(" ? ")" : "]")) return undefined;
  const inner = body.slice(0, -1).trim();
  // In brackets stands one text, whatever is in it.
  const args = open === "[" ? (inner === "" ? {} : { [placeName(0)]: written(inner) }) : argumentsOf(inner);
  const id = number !== undefined ? Number(number) : (evidence ?? variable);
  return { ...(id === undefined ? {} : { id }), name, arguments: args };
}

function argumentsOf(inner: string): Json {
  if (inner === "") return {};
  return byName(
    split(inner).map((part, i): [string, Json] => {
      const [head = "", , name = placeName(i)] = /^\s*(["']?)([A-Za-z_][\w-]{0,60})\1\s*(?:=(?!=)|:(?!\/\/))\s*/.exec(part) ?? [];
      return [name, written(part.slice(head.length).trim())];
    }),
  );
}

const words: ReadonlyMap<string, Json> = new Map([
  ["True", true],
  ["False", false],
  ["None", null],
]);

function written(text: string): Json {
  const json = valueIn(text);
  if (json !== undefined) return json;
  const word = words.get(text);
  if (word !== undefined) return word;
  const [, quoted] = /^'((?:[^'\\]|\\.|(?<=\p{L})'(?=\p{L}))*)'$/u.exec(text) ?? [];
  if (quoted !== undefined) return quoted.replace(/\\(['"\\])/g, "$1");
  const [, list] = /^\[(.*)\]$/.exec(text) ?? [];
  return list === undefined ? text : split(list).map((part) => written(part.trim()));
}

/** Parts between commas that stand in no quotes and no brackets. */
function split(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = "";
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (quote !== "") {
      if (c === "\\") i++;
      else if (c === quote) quote = "";
    } else if (c === '"' || (c === "'" && !/\w/.test(text.charAt(i - 1)))) quote = c;
    else if ("([{".includes(c)) depth++;
    else if (")]}".includes(c)) depth--;
    else if (c === "," && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, text.slice(start)];
}
