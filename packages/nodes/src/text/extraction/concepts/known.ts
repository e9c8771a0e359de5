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

/** What stands beside values and only joins words in a sentence. */
const articles = /^(?:(?:de|la|le|les|el|del|dal|da|do|di|du|des|al|a|the|of|to|in|en|o|os|as|den|det|der|die|das) ?)+$/;

const spoken = new Map<Kind, Judge<string>>();

/** The judge of what names and descriptions of fields say by the concepts of a kind, which nobody misread. */
export function saidOf(kind: Kind): Judge<string> {
  const telling = [...(concepts.get(kind) ?? [])].map(
    ([concept, phrases]) => [concept, phrases.filter((phrase) => !articles.test(phrase))] as const,
  );
  const judge = spoken.get(kind) ?? labelJudge(telling, true);
  spoken.set(kind, judge);
  return judge;
}

/** The judge of what labels say by the concepts of a kind; made once. */
export function knownBeside(kind: Kind): Judge<string> {
  const judge = judges.get(kind) ?? labelJudge(concepts.get(kind) ?? []);
  judges.set(kind, judge);
  return judge;
}
