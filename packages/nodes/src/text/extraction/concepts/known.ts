import type { Kind } from "../field.js";
import { type Judge, labelJudge } from "../label-match.js";
import { plain } from "../plain.js";
import { concepts } from "./concepts.js";

const phrasesOf = (kind: Kind) => new Set([...(concepts.get(kind)?.values() ?? [])].flat().map(plain));
const known = new Map<Kind, ReadonlySet<string>>();

/** Whether a text is what stands beside values of these kinds, and so no value itself. */
export function isLabel(text: string, kinds: readonly Kind[] = ["amount", "date", "number", "person", "text", "time"]): boolean {
  const key = plain(text);
  return kinds.some((kind) => {
    const phrases = known.get(kind) ?? phrasesOf(kind);
    known.set(kind, phrases);
    return phrases.has(key);
  });
}

const judges = new Map<Kind, Judge<string>>();

/** The judge of what labels say by the concepts of a kind; made once. */
export function knownBeside(kind: Kind): Judge<string> {
  const judge = judges.get(kind) ?? labelJudge(concepts.get(kind) ?? []);
  judges.set(kind, judge);
  return judge;
}
