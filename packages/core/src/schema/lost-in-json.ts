import { isRounded } from "./is-rounded.js";

/** A name that an object has twice, or a number with more digits than a number holds, as the text writes it. */
export interface Lost {
  readonly what: "name" | "number";
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

const tokens = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}]|-?\d[\d.eE+-]*/g;

/**
 * The first thing, or the first of a kind, that `JSON.parse` loses of a JSON text without a word; undefined where it loses nothing.
 * @example
 * lostInJson('{"id": 1, "id": 2}'); // { what: "name", text: "id", line: 1 }
 */
export function lostInJson(json: string, only?: Lost["what"]): Lost | undefined {
  const lineOf = (index: number) => json.slice(0, index).split("\n").length;
  const open: Set<string>[] = [];
  for (const { 0: token, 1: quoted, 2: colon, index } of json.matchAll(tokens)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (quoted === undefined) {
      if (only !== "name" && isRounded(token)) return { what: "number", text: token, line: lineOf(index) };
    } else if (colon !== undefined) {
      const name = nameOf(quoted);
      if (only !== "number" && open.at(-1)?.has(name)) return { what: "name", text: name, line: lineOf(index) };
      open.at(-1)?.add(name);
    }
  }
  return undefined;
}

/** A name as JSON reads it, since one may be spelt in two ways. */
export function nameOf(quoted: string): string {
  try {
    return JSON.parse(quoted);
  } catch {
    return quoted.slice(1, -1);
  }
}
