import { alternatives } from "../../../schema/resolve.js";
import { bareName } from "../../derive/class-of.js";
import { wordsOf } from "../../derive/words.js";
import type { Slot } from "../../slot.js";
import type { Span } from "../quoted.js";
import { isWhole } from "./suits.js";

/** What stands behind a name and says no value for it. */
const functional =
  /^(?:of|for|to|in|on|at|by|from|with|and|or|the|a|an|is|are|was|be|that|which|who|it|this|as|into|about|not|should|must|can|will|has|have|der|die|das|den|dem|des|ein|eine|und|oder|von|vom|für|mit|in|im|an|am|auf|aus|zu|zum|zur|ist|soll|wird|hat|el|la|los|las|un|una|de|del|y|o|en|con|para|por|que|es|a|al)$/i;

/** What leads a name in: `in the channel`. */
const led = /\b(?:in|on|at|to|under|into|via|by|auf|unter|über|im|am|en|bajo|por)(?:\s+(?:the|our|my|den|dem|die|das|der|el|la))?\s*$/i;

/** A value that is said right behind a place's own name: `room 214`, `in the channel triage`, `under the title Spring cleaning`. */
export function afterName(slot: Slot, text: string): (Span & { readonly value: string; readonly sure: number }) | undefined {
  const isText = alternatives(slot.schema, slot.schema).some(({ type, enum: labels, format }) => type === "string" && !labels && !format);
  if (!isText || isWhole(slot) || bareName.test(slot.name)) return undefined;
  const own = wordsOf(slot.name).at(-1);
  const words = [...text.matchAll(/[#@]?[\p{L}\p{N}]+(?:[-_./][\p{L}\p{N}]+)*/gu)];
  for (const [i, word] of words.entries()) {
    const next = words[i + 1];
    if (!next || own === undefined || wordsOf(word[0]).at(-1) !== own || functional.test(next[0])) continue;
    const start = word.index + word[0].length;
    if (!/^\s+$/.test(text.slice(start, next.index))) continue;
    const marked = /[\p{Lu}\p{N}#@]/u.test(next[0][0]!);
    // A small word is a name only where it is led in, and ends what is said.
    const rest = text.slice(next.index);
    const run =
      marked && /\p{Lu}/u.test(next[0][0]!) ? /^[^,.;:!?\n]*?(?=\s+(?:and|und|y|to|for|with|in)\s|[,.;:!?\n]|$)/iu.exec(rest)![0] : next[0];
    if (!marked && !led.test(text.slice(0, word.index))) continue;
    if (!marked && !/^\s*(?:[,.;:!?\n]|$)/.test(rest.slice(run.length))) continue;
    return { value: run, start: next.index, end: next.index + run.length, sure: marked ? 1 : 0.8 };
  }
  return undefined;
}
