import { lazily } from "../lazily.js";
import { courtesies } from "../words/courtesies.js";

/** What says nothing but that somebody asks, by where it may stand without being spoken of: `teach her to say please` says it. */
const greeting = /^(?:hi|hello|hey|hallo|guten tag|hola|buenos días|buenas tardes)(?: there)?[,!] +/iu;
const { please, thanks } = courtesies;
const opening = lazily(() => new RegExp(`^(?:kindly,? +)?${please}(?:,? +kindly)?,? +`, "iu"));
/** Words behind which politeness is what is spoken of. */
const speaking =
  "say|says|saying|words?|write|add|and|or|by|with|of|to|than|from|like|wort|wörter|sag|sagen|sage|schreib|schreibe|und|oder|mit|durch|von|als|palabras?|di|diga|decir|escribe|y|o|con|por|de|a";
const closing = lazily(() => new RegExp(String.raw`(?:,|(?<!(?<!\p{L})(?:${speaking}))) +${please}(?=[.!]?$)`, "iu"));
const thanking = lazily(() => new RegExp(`(?:[,;.]|(?<=[?!])) +${thanks}[.!]?$`, "iu"));
/** Behind the verb that begins, and before what that is done to. */
const things =
  "the|this|that|these|those|my|our|its|it|them|all|die|das|den|der|dem|diese[mnrs]?|(?:mein|unser)(?:e[mnrs]?)?|alle[ns]?|es|sie|la|el|las|los|est[aeo]s?|mis?|nuestr[ao]s?";
const between = lazily(() => new RegExp(String.raw`^(\p{L}+),? ${please},? (?=(?:${things})(?!\p{L}))`, "iu"));
/** A question that asks for something to be done, as `please` in it tells: without, it may ask whether it can be done. */
const asking = [
  /^please,? (?:could|can|would|will) you ([^.?!]+)\?$/iu,
  /^(?:could|can|would|will) you(?: please|,? please,) ([^.?!]+)\?$/iu,
  /^(?:could|can|would|will) you ([^.?!]+?),? please\?$/iu,
];
/** Behind these may stand a text that the request is about, to its end: not its politeness, but what is worked on. */
const citing = /[":\n\r`´‘‚‛“”„‟«»‹›–—]|(?<!\p{L})['’]|['’](?!\p{L})| - /u;

/**
 * A request without what no plan can hang on: politeness where it is nothing else, the point at its end, the capital at its beginning,
 * `the` before the one mention of an input, `Prüfen Sie` for `Prüfe`, `-ise` for `-ize` in the verb that begins. All else stays, word for
 * word: a word more or less, another ending, another order or a comma may make it the opposite.
 *
 * @example
 * bareRequest("Please summarise the note, thanks!", ["note"]); // "summarize note"
 */
export function bareRequest(request: string, inputs: readonly string[]): string {
  const whole = request.trim();
  if (citing.test(whole)) return begun(whole.replace(greeting, "").replace(opening(), ""));
  const said = whole.replace(/\s+/gu, " ").replace(greeting, "").replace(thanking(), "");
  const asked = asking.map((one) => one.exec(said)?.[1]).find((one) => one !== undefined);
  const told = begun(asked ?? said.replace(opening(), "").replace(closing(), ""));
  return withoutThe(told.replace(/(?<=\p{L})\.$|(?<=\p{L}{3})!$/u, ""), inputs);
}

/** How it begins, whatever follows. */
function begun(said: string): string {
  // No question: `Haben Sie …?`.
  const you = said.includes("?") ? said : said.replace(/^(\p{L}+)en Sie /u, "$1e ");
  return you
    .replace(between(), "$1 ")
    .replace(/^\p{Lu}(?=\p{Ll}*(?!\p{L}))/u, (letter) => letter.toLowerCase())
    .replace(/^(\p{L}{4,})ise(?!\p{L})/u, "$1ize");
}

/** Where an input is named twice, one mention may be another thing. */
function withoutThe(said: string, inputs: readonly string[]): string {
  const names = inputs.filter((name) => /^\p{L}+$/u.test(name));
  return names.reduce((text, name) => {
    const named = `(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])`;
    if ([...text.matchAll(new RegExp(named, "giu"))].length !== 1) return text;
    return text.replace(new RegExp(`(?<=^\\p{L}+ |(?<!\\p{L})(?:in|of|from|into|on|with|about) )the (?=${named})`, "iu"), "");
  }, said);
}
