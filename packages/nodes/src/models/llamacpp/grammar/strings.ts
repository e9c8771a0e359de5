import { TroupeError } from "@troupe/core";
import { machineOf, type State } from "./automaton.js";
import type { Part } from "./flatten.js";
import { endless, formats } from "./formats.js";
import { type Language, language } from "./language.js";
import { patternLanguage } from "./pattern.js";
import { everything } from "./ranges.js";
import type { Term } from "./terms.js";

/** More than these would be a grammar too large to follow quickly. */
const mostStates = 1500;

/**
 * The machine of what a string schema takes beyond its lengths: patterns, a format, values it must not have. As much of that as can be
 * held: first all of it, then without lengths, then without what patterns look ahead for. Undefined where there is nothing to hold,
 * or nothing that can be.
 */
export function stringLanguage(part: Part): readonly State[] | "nothing" | undefined {
  const patterns: string[] = [...(part.patterns ?? []), ...(part.pattern === undefined ? [] : [part.pattern])];
  const format = typeof part.format === "string" && Object.hasOwn(formats, part.format) ? formats[part.format] : undefined;
  if (format !== undefined && patterns.length > 0 && endless.includes(part.format)) {
    const both = stringLanguage({ ...part, format: undefined, patterns: [...patterns, format], pattern: undefined });
    if (both !== "nothing") return both;
  }
  const wanted = format !== undefined && patterns.length === 0 ? [format] : patterns;
  if (wanted.length === 0 && !part.not) return undefined;
  for (const [looking, lengths] of [
    [true, true],
    [true, false],
    [false, false],
  ] as const) {
    const states = heldStates(part, wanted, looking, lengths);
    if (states) return states;
  }
  return undefined;
}

function heldStates(part: Part, wanted: readonly string[], looking: boolean, lengths: boolean): readonly State[] | "nothing" | undefined {
  const lang = language();
  try {
    const terms = wanted.map((pattern) => patternLanguage(pattern, lang, looking)).filter((term): term is Term => term !== undefined);
    if (terms.length === 0 && !part.not) return undefined;
    return machineOf(lang.both(...terms, ...unwanted(part.not, lang, looking), ...(lengths ? [lengthOf(part, lang)] : [])), mostStates);
  } catch (error) {
    if (error instanceof TroupeError) return undefined;
    throw error;
  }
}

function lengthOf(part: Part, lang: Language): Term {
  const { minLength: least = 0, maxLength: most = Number.POSITIVE_INFINITY } = part;
  return least === 0 && most === Number.POSITIVE_INFINITY ? lang.all : lang.repeated(lang.set(everything), least, most);
}

/** What a text must not be, as far as `not` says it in plain words. */
function unwanted(not: Part | undefined, lang: Language, looking: boolean): Term[] {
  if (!not) return [];
  const values: readonly unknown[] = "const" in not ? [not.const] : (not.enum ?? []);
  const texts = values.filter((value): value is string => typeof value === "string").map((value) => lang.not(lang.text(value)));
  const found = typeof not.pattern === "string" ? patternLanguage(not.pattern, lang, true) : undefined;
  return [...texts, ...(found && looking ? [lang.not(found)] : [])];
}
