import { type Part, partsOf } from "../words/parts.js";
import { negations } from "../words/phrases.js";
import { conceptOf, conceptsOf } from "./concepts.js";
import { spoken } from "./words.js";

/** A word of a part: what it says, and how it is led in. */
export interface Said {
  readonly concept: string;
  /** Something before it says that it comes from there: `from`, `that`, `the corrected`. */
  readonly pointed: boolean;
  /** It says as what something is wanted: `in Danish`. */
  readonly manner: boolean;
}

export interface Clause {
  readonly part: Part;
  readonly said: readonly Said[];
  /** It speaks of the whole, or of what was there at first. */
  readonly whole: boolean;
  /** How many of its words stand before it begins to deny. */
  readonly denies: number;
  /** How many of its words stand before it says what somebody will do, or do without help: `which I will post myself`. */
  readonly theirs: number;
  /** Nothing in it is spoken of as `the` this or that. */
  readonly bare: boolean;
  /** It speaks of what was made before, without a name for it: `the result`, `that version`. */
  readonly outcome: boolean;
}

/** Whether a word of a clause stands where it says what somebody will do without anyone's help. */
export const isTheirs = ({ theirs }: Clause, at: number): boolean => at >= theirs;

/** Whether a word of a clause stands where it denies. */
export const isNegated = ({ part, denies }: Clause, at: number): boolean => part.negated && at >= denies;

const pointing = new Set(
  "from of that this those these resulting aus von vom dieser diese dieses diesen jene daraus del de esa ese esta este dicha dicho".split(
    " ",
  ),
);
/** With these a clause says what somebody will do. */
const theirs =
  /\b(?:I|we|he|she|they|somebody(?: else)?|someone(?: else)?)(?:[’']ll| will| can| shall| am going to| are going to)\b|\b(?:werde ich|werden wir|ich werde|wir werden|jemand anders)\b/i;
const unaided = /\b(?:myself|ourselves|himself|herself|themselves|selbst|selber|yo mismo|yo misma|nosotros mismos|nosotras mismas)\b/i;

/** After these comes what has been done before: `once it has been simplified`. */
const done = new Set("once after having nachdem sobald tras vez habiendo".split(" "));
const manners = new Set("in into as auf ins als en al como".split(" "));
const outcomes = new Set(
  "result results outcome output outcomes comes version one latter ergebnis fassung version resultat resultado versión resultante".split(
    " ",
  ),
);
const whole = new Set(
  "wrote schrieb geschrieben escribí escribió whole full complete entire original originally itself untouched unchanged handed stands stand written raw ganze ganzen ganzes vollständige vollständigen unverändert dastehen steht wörtlich original completo completa entero entera íntegro íntegra tal".split(
    " ",
  ),
);

const denying = new Set(negations.flatMap((one) => one.split(/[^\p{L}]+/u)).filter((one) => one.length > 1));
const definite = new Set(
  "its their sein seine ihr ihre su sus the that this der die das dieser diese dieses dem den el la ese esa este esta dicha dicho".split(
    " ",
  ),
);

const determiners = new Set([
  ...definite,
  ..."it them this these my our your its a an es sie ihn sie ihr meine meinen unsere einen eine lo las mi nuestra nuestro un una al del zur zum".split(
    " ",
  ),
]);

/** A request in clauses. */
export const clausesIn = (request: string): readonly Clause[] => joined(partsOf(request)).map(clauseOf);

/** What only says as what something is wanted belongs to what is before it, and a lone verb to what is after it: `the minutes, in Danish`. */
function joined(parts: readonly Part[]): readonly Part[] {
  const found: Part[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    const words = spoken(part.text).split(/\s+/);
    const manner = part.by === "comma" && words.length === 2 && manners.has(words[0]!);
    const alone = part.by === "link" && last && !/\s/.test(last.text) && words.some((word) => determiners.has(word));
    if (last && !part.negated && (manner || alone))
      found[found.length - 1] = { ...last, text: `${last.text}${manner ? "," : ""} ${part.text}`, end: part.end };
    else found.push(part);
  }
  return found;
}

function clauseOf(part: Part): Clause {
  const words = spoken(part.text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const said: Said[] = [];
  let denies = Number.POSITIVE_INFINITY;
  for (const [i, word] of words.entries()) {
    if (denying.has(word)) denies = Math.min(denies, said.length);
    if (conceptsOf(word).length === 0) continue;
    const before = words.slice(Math.max(0, i - 3), i);
    const afterwards = words.slice(Math.max(0, i - 5), i).some((one) => done.has(one));
    said.push({
      concept: conceptOf(word),
      pointed: afterwards || before.some((one) => pointing.has(one)),
      manner: manners.has(words[i - 1] ?? ""),
    });
  }
  return {
    part,
    said,
    whole: words.some((word) => whole.has(word)),
    denies: part.negated && denies === Number.POSITIVE_INFINITY ? 0 : denies,
    theirs: unaided.test(part.text) ? 0 : wordsBefore(part.text, theirs),
    bare: !words.some((word) => definite.has(word)),
    outcome: words.some((word, i) => outcomes.has(word) && words.slice(Math.max(0, i - 2), i).some((one) => definite.has(one))),
  };
}

/** How many words of a text that say something stand before what a pattern finds. */
function wordsBefore(text: string, pattern: RegExp): number {
  const at = text.search(pattern);
  return at < 0 ? Number.POSITIVE_INFINITY : conceptsOf(text.slice(0, at)).length;
}
