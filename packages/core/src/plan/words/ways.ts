import type { Argument } from "../../graph/plan.js";
import { compatible } from "../../schema/compatible.js";
import type { Brief } from "../brief.js";
import { wordsOf } from "../derive/words.js";
import type { Slot } from "../slot.js";
import { fieldsOf } from "./fields.js";
import { identifies, isId } from "./identifies.js";
import { groundedFor } from "./literals/grounded.js";
import type { Literal } from "./literals/literal.js";
import { formatOf, isAtom, isWhole } from "./literals/suits.js";
import type { Doing, Making } from "./making.js";
import { matching } from "./matching.js";
import type { WordsIn } from "./words-for.js";

/** One way to fill an argument. */
export interface Way {
  readonly argument: string;
  readonly value: Argument;
  readonly score: number;
  /** What is used up where it is taken: a literal's place, what a pronoun points at. */
  readonly uses: string;
}

/** From which score on a way is taken; what literals must reach for what is optional, and for an id; what counts as the same name. */
const enough = 0.5;
const surely = 1.2;
const same = 0.9;
/** How much a literal counts that stands in the member's own parts, or elsewhere in the request. */
const here = 0.75;
const elsewhere = 0.6;
/** How plainly a request points at a task: by a pronoun, by words of the task, by those of its field. */
const byPronoun = 0.7;
const byTask = 0.6;
const byField = 0.5;
/** So much of a field's name must be said, so that it is spoken of. */
const half = 0.5;

/** The ways to fill the arguments of a member that enough speaks for, the best first; `said` is what the whole request says outright. */
export function waysFor(what: Doing, tasks: readonly Making[], brief: Brief, said: readonly Literal[], wordsIn: WordsIn): readonly Way[] {
  return Object.values(what.card.takes)
    .flatMap((slot) => [
      ...literalWays(slot, what, brief, said, wordsIn),
      ...inputWays(slot, what, brief),
      ...tasks.flatMap((task, i) => refWays(slot, what, task, i === tasks.length - 1, wordsIn)),
    ])
    .filter(({ score }) => score >= enough)
    .sort((a, b) => b.score - a.score);
}

function literalWays(
  slot: Slot,
  { card, text, literals }: Doing,
  brief: Brief,
  said: readonly Literal[],
  wordsIn: WordsIn,
): readonly Way[] {
  const given = Object.keys(brief.given).join(" ");
  const own = new Set(wordsIn(`${card.name.replace(/[_.]/g, " ")} ${card.does} ${given}`));
  // "SMS" in "send an SMS" is the member's word, no value; nor is what names an input.
  const isValue = ({ kind, text: value }: Literal) =>
    kind === "quoted" || kind === "number" || !wordsIn(value).every((word) => own.has(word));
  // One day or one time is said, and one place is for it: it needs no word beside it.
  const format = formatOf(slot);
  const kind = format === "date" ? "day" : format;
  const isLone =
    literals.filter((one) => one.kind === kind).length === 1 &&
    Object.values(card.takes).filter((other) => formatOf(other) === format).length === 1;
  const least = isId(slot) || (!slot.required && !isLone) ? surely : 0;
  const ways = (within: string, literals: readonly Literal[], share: number) =>
    groundedFor(slot, within, literals.filter(isValue))
      .filter(({ score }) => score >= least)
      .map(({ value, score, start, end }): Way => ({ argument: slot.name, value, score: share * score, uses: `${share}:${start}-${end}` }));
  const near = ways(text, literals, here);
  // "the offers and reviews for the Dyson": it is said once and holds for both.
  return near.length || !slot.required || isWhole(slot) || card.effects ? near : ways(brief.request, said, elsewhere);
}

function inputWays(slot: Slot, { card, text }: Doing, brief: Brief): readonly Way[] {
  const words = new Set(wordsOf(text));
  return Object.values(brief.given).flatMap((input): Way[] => {
    if (brief.spare.includes(input.name) || compatible(input.schema, slot.schema) !== undefined) return [];
    const names = wordsOf(input.name);
    const named = names.length > 0 && names.every((word) => words.has(word)) ? 0.4 : 0;
    const match = matching(slot, { path: input.name, schema: input.schema, words: names });
    if (!slot.required && match < same) return [];
    return [
      {
        argument: slot.name,
        value: { ref: `input.${input.name}` },
        score: (card.effects ? 0.2 : enough) + 0.5 * match + named,
        uses: slot.name,
      },
    ];
  });
}

function refWays(slot: Slot, { spoken, pointing }: Doing, task: Making, last: boolean, wordsIn: WordsIn): readonly Way[] {
  if (task.card.effects) return [];
  const ofTask = overlap(spoken, wordsIn(`${task.card.name.replace(/[_.]/g, " ")} ${task.text}`));
  return fieldsOf(task.card).flatMap((field): Way[] => {
    const match = matching(slot, field);
    const named = overlap(new Set(wordsIn(field.words.join(" "))), [...spoken]);
    // An atom, such as an address, is no text that was spoken of.
    const whole = isAtom(slot) ? 0 : Math.max(byTask * ofTask, pointing && last ? byPronoun : 0);
    const referred = Math.max(named >= half ? byField * (1 + named) : 0, whole);
    const alike = match >= same;
    const taken = slot.required ? alike || (referred > 0 && !isId(slot)) : match === 1 && identifies(slot);
    if (!taken || compatible(field.schema, slot.schema) !== undefined) return [];
    const value = { ref: `${task.id}.${field.path}` };
    const score = referred + 0.6 * match - 0.02 * field.path.split(".").length;
    return [{ argument: slot.name, value, score, uses: alike || named === 1 ? value.ref : task.id }];
  });
}

/** The share of some words that others have. */
function overlap(words: ReadonlySet<string>, others: readonly string[]): number {
  const has = new Set(others);
  return words.size === 0 ? 0 : [...words].filter((word) => has.has(word)).length / words.size;
}
