import { TroupeError } from "@troupe/core";
import type { State } from "./automaton.js";
import type { Ranges } from "./ranges.js";
import { without } from "./ranges.js";

/** Rules of a grammar, as they are made. */
export interface Rules {
  /** The name of the rule of this body; the same for the same body. */
  add(body: string): string;
  /** A literal for a text. */
  literal(text: string): string;
  /** A JSON string, or a number, whose text a machine accepts. */
  string(states: readonly State[]): string;
  number(states: readonly State[]): string;
  text(): string;
}

const mostRules = 20_000;

export function rulesOf(): Rules {
  const names = new Map<string, string>();
  const machines: string[] = [];
  let count = 0;

  const machine = (states: readonly State[], edge: (on: Ranges) => readonly string[], end: string): string => {
    if (count + states.length > mostRules) throw tooLarge();
    const first = count;
    count += states.length;
    states.forEach(({ accepts, edges }, i) => {
      const ways = edges.flatMap(({ on, to }) => edge(on).map((taken) => `${taken} r${first + to}`));
      machines.push(`r${first + i} ::= ${[...(accepts ? [end] : []), ...ways].join(" | ")}`);
    });
    return `r${first}`;
  };

  const add = (body: string): string => {
    const known = names.get(body);
    if (known) return known;
    if (count >= mostRules) throw tooLarge();
    const name = `r${count++}`;
    names.set(body, name);
    return name;
  };
  return {
    add,
    literal: (text) => `"${text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t")}"`,
    string: (states) => add(`"\\"" ${machine(states, inString, '"\\""')}`),
    number: (states) => machine(states, (on) => [charClass(on)], '""'),
    text: () => [...[...names].map(([body, name]) => `${name} ::= ${body}`), ...machines].join("\n"),
  };
}

/** A schema that no grammar can be made of in bounded time and memory. */
export const tooLarge = () =>
  new TroupeError("SCHEMA_UNSUPPORTED", "The grammar of this schema is too large", {
    hint: "Make the schema simpler: fewer alternatives, shorter bounds",
  });

/** Characters that stand in JSON as they are. */
const plain: Ranges = [
  [0x20, 0x21],
  [0x23, 0x5b],
  [0x5d, 0x7e],
  [0x80, 0x10ffff],
];
const escapes: Readonly<Record<number, string>> = { 8: "b", 9: "t", 10: "n", 12: "f", 13: "r", 34: '\\"', 92: "\\\\" };

/** The ways in which JSON writes a character of a set. */
function inString(on: Ranges): string[] {
  const as = without(on, without([[0, 0x10ffff]], plain));
  const escaped = Object.entries(escapes).filter(([code]) => on.some(([from, to]) => Number(code) >= from && Number(code) <= to));
  return [...(as.length > 0 ? [charClass(as)] : []), ...escaped.map(([, text]) => `"\\\\${text}"`)];
}

function charClass(set: Ranges): string {
  const code = (c: number) =>
    c > 0xffff
      ? `\\U${c.toString(16).padStart(8, "0")}`
      : c > 0xff
        ? `\\u${c.toString(16).padStart(4, "0")}`
        : `\\x${c.toString(16).padStart(2, "0")}`;
  return `[${set.map(([from, to]) => (from === to ? code(from) : `${code(from)}-${code(to)}`)).join("")}]`;
}
