import type { Kind } from "../field.js";
import { type Judge, labelJudge } from "../label-match.js";
import { plain } from "../plain.js";
import { concepts } from "./concepts.js";

let all: ReadonlySet<string> | undefined;

/** Whether a text is what stands beside values, of any kind, and so no value itself. */
export function isLabel(text: string): boolean {
  all ??= new Set([...concepts].flatMap(([kind, some]) => (kind === "organisation" ? [] : [...some.values()].flat().map(plain))));
  return all.has(plain(text));
}

const judges = new Map<Kind, Judge<string>>();

/** The judge of what labels say by the concepts of a kind; made once. */
export function knownBeside(kind: Kind): Judge<string> {
  const judge = judges.get(kind) ?? labelJudge(concepts.get(kind) ?? []);
  judges.set(kind, judge);
  return judge;
}
