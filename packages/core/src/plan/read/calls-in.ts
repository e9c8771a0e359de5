import { completeIn } from "../../model/complete-in.js";
import { parseJson } from "../../model/parse-json.js";
import type { Json } from "../../schema/json.js";
import { functionsIn } from "./functions-in.js";
import { byName, valueIn } from "./read-arguments.js";

/** A call as its markup gives it. */
export interface WrittenCall {
  readonly id?: string | number;
  readonly name: string;
  readonly arguments: Json;
}

/** No call is longer, and no text has more of them. */
const longest = 20_000;
const most = 200;

/** What stands between marks of calls, each with what it holds. */
const marks: readonly { readonly open: string; readonly close: string }[] = [
  { open: "<tool_call>", close: "</tool_call>" },
  { open: "<function_call>", close: "</function_call>" },
  { open: "<function=", close: "</function>" },
  { open: "<invoke name=", close: "</invoke>" },
  { open: "[TOOL_CALLS]", close: "[TOOL_CALLS]" },
];

/**
 * The calls of tools in a text, in their order: between marks that chat models are trained on, as JSON, as `name{…}` or with a tag an
 * argument; `marked` says whether they were. Else lines that are calls of functions. Marks inside JSON are words of a text there.
 */
export function callsIn(text: string): { readonly list: readonly (WrittenCall | Json)[]; readonly marked: boolean } {
  const isMarked = (part: string) => marks.some(({ open }) => part.includes(open));
  const bare = isMarked(text)
    ? completeIn(text)
        .filter(isMarked)
        .reduce((left, part) => left.replace(part, () => escaped(part)), text)
    : text;
  for (const mark of marks) {
    const list = piecesOf(bare, mark).flatMap((piece) => callsOf(piece));
    if (list.length > 0) return { list, marked: true };
  }
  return { list: functionsIn(text), marked: false };
}

/** JSON that says the same, in which no mark is found. */
const escaped = (json: string): string =>
  marks.reduce((left, { open }) => left.replaceAll(open, `\\u${open.charCodeAt(0).toString(16).padStart(4, "0")}${open.slice(1)}`), json);

function piecesOf(text: string, { open, close }: (typeof marks)[number]): readonly string[] {
  return text
    .split(open, most)
    .slice(1)
    .map((part) => {
      const end = part.indexOf(close);
      const piece = (end < 0 ? part : part.slice(0, end)).slice(0, longest);
      return open.endsWith("=") ? `${open}${piece}` : piece;
    });
}

function callsOf(piece: string): readonly (WrittenCall | Json)[] {
  const [tag = "", tagged] = /^<(?:function|invoke name)=["']?([\w.:-]{1,100})["']?>/.exec(piece) ?? [];
  if (tagged !== undefined) {
    const body = piece.slice(tag.length);
    return [{ name: tagged, arguments: parseJson(body.trim()) ?? parametersOf(body) }];
  }
  const [head = "", named] = /^\s*([\w.:-]{1,100})\s*(?:\[(?:ARGS|CALL_ID)\][^{]{0,100})?(?=\{)/.exec(piece) ?? [];
  if (named !== undefined) {
    const args = completeIn(piece.slice(head.length)).map(parseJson).at(-1);
    return args === undefined ? [] : [{ name: named, arguments: args }];
  }
  const values = completeIn(piece).reverse().map(parseJson) as Json[];
  return values.length === 1 && Array.isArray(values[0]) ? (values[0] as readonly Json[]) : values;
}

/** `<parameter=text>hello</parameter>`, `<parameter name="text">hello</parameter>` */
function parametersOf(body: string): Json {
  const parts = body.split(/<parameter(?:=| name=)/, most).slice(1);
  return byName(
    parts.flatMap((part): (readonly [string, Json])[] => {
      const [tag = "", name] = /^["']?([\w.-]{1,100})["']?>/.exec(part) ?? [];
      const end = part.lastIndexOf("</parameter>");
      if (name === undefined || end < 0) return [];
      const value = part.slice(tag.length, end).trim();
      return [[name, valueIn(value) ?? value]];
    }),
  );
}
