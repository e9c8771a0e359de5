import { createRequire } from "node:module";
import { TroupeError } from "../error/error.js";

/** A pattern of a JSON Schema, as JavaScript means it with the flag `u`. */
export interface Pattern {
  test(text: string): boolean;
  toString(): string;
}

/** Milliseconds that one text may take where a pattern looks around or back, which no engine does in linear time. */
const most = 1000;
const known = new Map<string, Pattern>();

/**
 * A pattern that came as data, to be tested in time linear in the text: RE2's automata do what they can express, which is all but looking
 * around and back. The rest is left to JavaScript, and stopped.
 * @throws SyntaxError where it is no pattern; its `test` throws TroupeError `LIMIT_CROSSED`
 */
export function patternOf(source: string): Pattern {
  const before = known.get(source);
  if (before) return before;
  const native = new RegExp(source, "u");
  const test = linear(source) ?? stopped(native);
  const made: Pattern = { test, toString: () => String(native) };
  if (known.size > 1000) known.clear();
  known.set(source, made);
  return made;
}

function linear(source: string): Pattern["test"] | undefined {
  const { RE2JS } = createRequire(import.meta.url)("re2js") as typeof import("re2js");
  try {
    const compiled = RE2JS.compile(inRe2(source));
    return (text) => compiled.matcher(text).find();
  } catch {
    return undefined;
  }
}

function stopped(native: RegExp): Pattern["test"] {
  const { Script, createContext } = createRequire(import.meta.url)("node:vm") as typeof import("node:vm");
  const script = new Script("test()");
  return (text) => {
    try {
      return script.runInContext(createContext({ test: () => native.test(text) }), { timeout: most });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw cause;
      const what = `The pattern ${native.source.slice(0, 200)} takes more than ${most} ms of CPU on a text of ${text.length} characters`;
      throw new TroupeError("LIMIT_CROSSED", what, {
        hint: "Write it without looking around and back: it then takes time in proportion to the text.",
        cause,
      });
    }
  };
}

/** What JavaScript calls white space, and the ends of lines that its point does not match. */
const spaces = "\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";
const ends = "\\n\\r\\x{2028}\\x{2029}";
const tokens =
  /\\u\{[0-9a-f]+\}|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|\\u[0-9a-f]{4}|\\[pP]\{[^}]*\}|\\c[a-z]|\\x[0-9a-f]{2}|\\.|./gisu;

/** The same pattern in RE2's notation. Throws where it has none. */
function inRe2(source: string): string {
  let inside = false;
  const one = (token: string, at: number): string => {
    if (token === "[") {
      if (inside) return "\\[";
      if (/^\[\^?\]/.test(source.slice(at, at + 3))) return none(token);
      inside = true;
      return token;
    }
    if (token === "]") inside = false;
    if (token === "." && !inside) return `[^${ends}]`;
    if (token === "\\s") return inside ? spaces : `[${spaces}]`;
    if (token === "\\S") return inside ? none(token) : `[^${spaces}]`;
    if (/^\\c/i.test(token)) return hex(token.codePointAt(2)! % 32);
    if (token === "\\0") return hex(0);
    if (token === "\\/") return "/";
    if (token === "\\v") return hex(11);
    if (/^\\u\{/.test(token)) return hex(Number.parseInt(token.slice(3), 16));
    if (/^\\u/.test(token)) return hex(JSON.parse(`"${token}"`).codePointAt(0));
    const [, sign, property] = /^\\([pP])\{(?:Script|sc|General_Category|gc)=(.*)\}$/.exec(token) ?? [];
    if (property) return `\\${sign}{${property}}`;
    return token;
  };
  return source.replace(tokens, one);
}

const hex = (code: number) => `\\x{${code.toString(16)}}`;

function none(token: string): never {
  throw new SyntaxError(`RE2 has no ${token}`);
}
