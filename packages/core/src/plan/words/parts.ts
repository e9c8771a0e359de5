import { checkText } from "../check-text.js";
import { asking, exclusions, links, negations, openers, pointers, shortened } from "./phrases.js";
import { quotedIn, type Span } from "./quoted.js";

/** A piece of a request that asks for one thing, or adds to the piece before it. */
export interface Part extends Span {
  readonly text: string;
  /** What parts it from the one before: a sentence's end, a comma, a word such as `then`, or nothing, since it is the first. */
  readonly by: "start" | "sentence" | "comma" | "link";
  /** It says what must not happen. */
  readonly negated: boolean;
  readonly question: boolean;
  /** It speaks of something before it: `that summary`, `it`. */
  readonly back: boolean;
}

const wordy = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu;
const months = /^(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|ene|abr|ago|dic)/i;
/** What is not to be left undone is to be done. */
const undone =
  /(?<= )(?:(?:do not|don['’]t|dont|never|not)(?: ever)?(?: to)? (?:forget|fail|hesitate|neglect|omit|miss)|vergiss(?: bitte)? nicht|nicht(?: zu)? vergessen|no (?:te |se )?olvid\p{L}*|why (?:not|don['’]t (?:you|we)))(?= )/gu;
/** A Spanish verb with its object: `tradúcela`, `enviarlo`. */
const enclitic = /\p{L}[áéíóú]\p{L}*l[oa]s?(?![\p{L}\d])|\p{L}[aei]rl[oa]s?(?![\p{L}\d])/u;

/**
 * What a request asks for, piece by piece, in its order: parted at the ends of sentences, at commas and at words such as `and`,
 * `then`, `danach`, `luego`, never within quotation marks, brackets, numbers, abbreviations or addresses. A list of things is parted
 * too: which pieces belong together, the members tell. Written for English, German and Spanish; others are parted by punctuation.
 *
 * @example
 * partsOf("Sum the memo up and then mail it, but don't book anything");
 * // "Sum the memo up", "mail it", "don't book anything" (negated)
 */
export function partsOf(request: string): readonly Part[] {
  checkText("partsOf", request);
  const whole = unwrapped(request);
  const open = request.slice(0, whole.start).replace(/./gs, hidden) + veiled(request.slice(whole.start, whole.end));
  const parts: Part[] = [];
  let from = whole.start;
  let by: Part["by"] = "start";
  for (const cut of [...cutsIn(open), { start: whole.end, end: whole.end, by: "sentence" as const }]) {
    const piece = trimmed(request, from, Math.max(from, cut.start));
    if (/[\p{L}\p{N}]/u.test(request.slice(piece.start, piece.end))) {
      parts.push(partOf(request, open, piece, by, cut.end));
      by = cut.by;
    } else if (cut.by === "sentence" && by !== "start") by = "sentence";
    from = Math.max(from, cut.end);
  }
  return parts;
}

/** Stands for each character of what is quoted: it is spoken of, not said. */
const hidden = "\uFFFC";

function veiled(text: string): string {
  let open = "";
  for (const { start, end } of quotedIn(text)) open += text.slice(open.length, start) + hidden.repeat(end - start);
  return open + text.slice(open.length);
}

interface Cut extends Span {
  readonly by: "sentence" | "comma" | "link";
}

/** Where a request stands that is quoted as a whole. */
function unwrapped(request: string): Span {
  const whole = trimmed(request, 0, request.length);
  const [first, ...more] = quotedIn(request.slice(whole.start, whole.end));
  const all = first && more.length === 0 && !first.bracket && first.start === 1 && first.end === whole.end - whole.start - 1;
  return all ? { start: whole.start + 1, end: whole.end - 1 } : { start: whole.start, end: request.length };
}

/** Marks that part, and how. */
const marks: Readonly<Record<string, Cut["by"]>> = {
  ...Object.fromEntries(Array.from("\n;?!…。？！", (mark) => [mark, "sentence" as const])),
  ...Object.fromEntries(Array.from(",、，:", (mark) => [mark, "comma" as const])),
};

function cutsIn(text: string): readonly Cut[] {
  const cuts: Cut[] = [];
  for (let i = 0; i < text.length; i++) {
    const mark = text.charAt(i);
    if (mark === "." ? !endsSentence(text, i) : !marks[mark] || (/[,:]/.test(mark) && /[^\s\uFFFC"'”’]/.test(text[i + 1] ?? ""))) continue;
    cuts.push({ start: i, end: i + 1, by: marks[mark] ?? "sentence" });
  }
  for (const span of numbersIn(text)) cuts.push({ ...span, by: "sentence" });
  cuts.sort((a, b) => a.start - b.start);
  return [...cuts, ...linksIn(text, cuts)].sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Whether the point at a place ends a sentence: not one of an abbreviation, a number, an initial, an address or a date. */
function endsSentence(text: string, at: number): boolean {
  if (/^[^\s"'”’)\]]/.test(text.slice(at + 1, at + 2))) return false;
  const [before = ""] = /[\p{L}\p{N}.]*$/u.exec(text.slice(Math.max(0, at - 24), at)) ?? [];
  const after = /^["'”’)\]]*\s+(\S*)/.exec(text.slice(at + 1, at + 40))?.[1] ?? "";
  if (after === "") return true;
  if (/^\p{L}$/u.test(before) || shortened.includes(before.toLowerCase()))
    return /^(?:then|after|finally|also|next|dann|danach|luego|después)$/i.test(after.replace(/[^\p{L}\d]+$/u, ""));
  if (/^\d{1,2}$/.test(before)) return !months.test(after) && !/^\p{Ll}/u.test(after);
  return true;
}

const connecting = new Set([...links, ...exclusions]);
const opening = new Set([...connecting, ...openers]);
const excluding = new Set(exclusions);
const longest = Math.max(...[...opening].map((one) => one.split(" ").length));

/** Where words that lead on stand: `and then`, or `finally` at the beginning of a step. */
function linksIn(text: string, cuts: readonly Span[]): readonly Cut[] {
  const words = [...text.matchAll(wordy)];
  const found: Cut[] = [];
  let began = 0;
  let cut = 0;
  let until = 0;
  for (const [i, first] of words.entries()) {
    const at = first.index;
    if (at < until) continue;
    for (let one = cuts[cut]; one && one.end <= at; one = cuts[++cut]) began = one.end;
    const known = /[\p{L}\p{N}\uFFFC]/u.test(text.slice(began, at)) ? connecting : opening;
    for (const last of words.slice(i, i + longest).reverse()) {
      const end = last.index + last[0].length;
      const said = text.slice(at, end).toLowerCase().replace(/\s+/g, " ");
      if (!known.has(said)) continue;
      // What leaves out belongs to what is left out.
      found.push({ start: at, end: excluding.has(said) ? at : end, by: "link" });
      began = end;
      until = end;
      break;
    }
  }
  return found;
}

/** The numbers of a list's items, where they count up from one: `1. read it 2. translate it`. */
function numbersIn(text: string): readonly Span[] {
  const found: Span[] = [];
  for (const one of text.matchAll(/(?<=^|\s)(\d{1,2})[.)](?=\s+\p{L})/gu))
    if (Number(one[1]) === found.length + 1) found.push({ start: one.index, end: one.index + one[0].length });
  return found.length > 1 ? found : [];
}

/** What is to be left out or alone may stand between: `leave the cost out of it`, `lass die Kosten weg`, `deja el precio fuera`. */
const apart =
  / (?:leave|leaving|keep)(?: [\p{L}\p{N}]+){1,4} (?:out(?: of (?:it|this|that))?|alone)(?: (?:for (?:now|the moment|today)|today|please|this time|then))? $| (?:lass|lasse|lassen sie)(?: [\p{L}\p{N}]+){1,4} (?:weg|aus|in ruhe) $| (?:deja|dejad|deje)(?: [\p{L}\p{N}]+){1,4} (?:fuera|en paz) $/u;

/** What somebody has not, or does not know, forbids nothing: `I don't have the number at hand`, but not `we don't have to book it`. */
export const lacking =
  /(?<=^| )(?:(?:I|we|you) (?:(?:do not|don['’]t|dont|did not|didn['’]t) (?:have|know|remember|recall|own|need to know)|(?:have not|haven['’]t|have) (?:got |no ))|(?:ich|wir) (?:habe|haben|hab|weiß|wissen|kenne|kennen|finde|finden)(?: [\p{L}\p{N}]+){0,5} (?:nicht|kein[enmrs]{0,2})|no (?:lo |la |los |las |me |nos )?(?:tengo|tenemos|sé|sabemos|recuerdo|recordamos|acuerdo|conozco|conocemos))(?= |$)(?! (?:to|zu|vor|que)(?: |$))/iu;

/** What is asked about forbids nothing: `whether they don't go together`, `who has not paid`. */
const wondered = / (?:whether|ob|who|wer|quién) .*$/u;

function partOf(request: string, open: string, { start, end }: Span, by: Part["by"], until: number): Part {
  const bare = open.slice(start, end);
  const said = ` ${(bare.toLowerCase().match(wordy) ?? []).join(" ")} `;
  const has = (phrases: readonly string[], within = said) => phrases.some((phrase) => within.includes(` ${phrase} `));
  return {
    text: request.slice(start, end),
    start,
    end,
    by,
    // A title may begin with `No`.
    negated:
      (has(negations, said.replace(undone, "").replace(lacking, "").replace(wondered, " ")) || apart.test(said)) &&
      !/(?<![\p{L}\d])No \p{Lu}/u.test(bare),
    question: /[?？]/.test(open.slice(end, until)) || asking.some((word) => said.startsWith(` ${word} `)),
    back: has(pointers) || enclitic.test(bare),
  };
}

function trimmed(text: string, from: number, to: number): Span {
  let [start, end] = [from, to];
  while (start < end && /[\s,;:.!?…•*–—-]/.test(text.charAt(start)) && !/[-.][\d]/.test(text.slice(start, start + 2))) start++;
  while (end > start && /[\s,;:.!?…–—-]/.test(text.charAt(end - 1))) end--;
  return { start, end };
}
