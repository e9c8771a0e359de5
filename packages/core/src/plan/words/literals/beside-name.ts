import { bareName } from "../../derive/class-of.js";
import { wordsOf } from "../../derive/words.js";
import { holdsText, type Slot } from "../../slot.js";
import type { Span } from "../quoted.js";
import { isWhole } from "./suits.js";

/** What stands behind a name and says no value for it. */
const functional =
  /^(?:of|for|to|in|on|at|by|from|with|and|or|the|a|an|is|are|was|be|that|which|who|it|this|as|into|about|not|should|must|can|will|has|have|der|die|das|den|dem|des|ein|eine|und|oder|von|vom|für|mit|in|im|an|am|auf|aus|zu|zum|zur|ist|soll|wird|hat|el|la|los|las|un|una|de|del|y|o|en|con|para|por|que|es|a|al)$/i;

/** What leads a name in: `in the channel`. */
const led =
  /(?<![\p{L}\d])(?:in|on|at|to|under|into|via|by|with|mit|con|auf|unter|über|im|am|en|bajo|por)(?:\s+(?:the|our|my|den|dem|die|das|der|el|la))?\s*$/iu;

/** What is told to be it: `with kW as the unit`. */
const asName =
  /(?<![\p{L}\d])(?:with|give|use|using|put|state|mit|nimm|con|pon)\s+((?!(?:the|an?|it|this|these|that|my|our|den|die|das|der|el|la|los|las)\s)[^\s,.;:!?]+(?:\s+[^\s,.;:!?]+){0,3}?)\s+(?:as|als|como)\s+(?:(?:the|its|an?|den|die|das|el|la)\s+)?$/iu;
/** What sort of it is meant: `in a friendly tone`. */
const ofName =
  /(?<![\p{L}\d])(?:in|with|for|to)\s+an?\s+(?!(?:new|other|different|good|better|nice|single|certain|similar|whole)\s)([\p{L}-]+)\s+$/iu;

/** The number of a thing stands beside the thing: `booking 48213` of a `booking_no`. */
const numbered = /(?<=[\p{L}\d])(?:_(?:no|nr|id|number|code)|N[or]|I[dD]|Number|Code)$/u;

/** A name goes on until something else is said: `Spring cleaning`, of `Spring cleaning was moved to May`. */
const namedRun =
  /^[^,.;:!?\n]*?(?=\s+(?:and|und|y|but|aber|pero|or|oder|to|for|with|in|from|by|via|is|are|was|were|has|had|will|which|that|please|bitte|(?:at|on|am|um|a las|el)(?= [\d\p{Lu}]))(?!\p{L})|[,.;:!?\n]|$)/u;
/** Behind a code small words say something else: `INV-17 twice`. */
const numberedRun = /^[^\s,;:!?\n]*[\p{L}\d](?:\s+\p{Lu}[^\s,.;:!?\n]*)*/u;
const titles = /title|subject|topic|heading|titel|betreff|thema|t[ií]tulo|asunto/iu;

/** How far before a name the words stand that say what it is to be. */
const near = 80;

interface Beside extends Span {
  readonly value: string;
  readonly sure: number;
}

/**
 * A value that is said beside a place's own name: `room 214`, `in the channel triage`, `under the title Spring cleaning`, `with kW as the
 * unit`, `in a friendly tone`.
 */
export function besideName(slot: Slot, text: string): Beside | undefined {
  if (!holdsText(slot.schema) || bareName.test(slot.name)) return undefined;
  const own = wordsOf(slot.name.replace(numbered, "")).at(-1);
  const words = [...text.matchAll(/[#@]?[\p{L}\p{N}]+(?:[-_./][\p{L}\p{N}]+)*/gu)];
  for (const [i, word] of words.entries()) {
    if (own === undefined || wordsOf(word[0]).at(-1) !== own) continue;
    const ahead = isWhole(slot) ? undefined : beforeName(text, word.index);
    if (ahead) return ahead;
    const next = words[i + 1];
    if (!next) continue;
    const [said] = next;
    if (functional.test(said) || (isWhole(slot) && !/\d/.test(said))) continue;
    const start = word.index + word[0].length;
    if (!/^:?\s+$/.test(text.slice(start, next.index))) continue;
    const marked = /^[\p{Lu}\p{N}#@]/u.test(said);
    // A small word is a name only where it is led in, and ends what is said.
    const rest = text.slice(next.index);
    if (numbered.test(slot.name)) {
      // Not each number is one in digits: `½`.
      const [code = ""] = /^[^\s,;!?]*[\p{L}\d]/u.exec(rest) ?? [];
      if (!/\d/.test(code)) continue;
      return { value: code, start: next.index, end: next.index + code.length, sure: 1 };
    }
    const pattern =
      /\d/.test(said) && !titles.test(slot.name) ? numberedRun : said.length > 2 && /^\p{Lu}/u.test(said) ? namedRun : undefined;
    const [run = said] = pattern?.exec(rest) ?? [];
    if (!marked && !led.test(text.slice(Math.max(0, word.index - near), word.index))) continue;
    if (!marked && !/^\s*(?:[,.;:!?\n]|$)/.test(rest.slice(run.length))) continue;
    return { value: run, start: next.index, end: next.index + run.length, sure: marked ? 1 : 0.8 };
  }
  return undefined;
}

function beforeName(text: string, at: number): Beside | undefined {
  const from = Math.max(0, at - near);
  const front = text.slice(from, at);
  const said = asName.exec(front) ?? ofName.exec(front);
  const value = said?.[1];
  if (!said || value === undefined) return undefined;
  const start = from + said.index + said[0].indexOf(value);
  return { value, start, end: start + value.length, sure: 0.8 };
}
