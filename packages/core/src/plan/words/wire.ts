import type { Argument, Plan, Task } from "../../graph/plan.js";
import { compatible } from "../../schema/compatible.js";
import type { Brief, Card } from "../brief.js";
import { wordsOf } from "../derive/words.js";
import type { Slot } from "../slot.js";
import type { Asked } from "./choose.js";
import { type Field, fieldsOf } from "./fields.js";
import { identifies, isId } from "./identifies.js";
import { groundedFor } from "./literals/grounded.js";
import type { Literal } from "./literals/literal.js";
import { literalsIn } from "./literals/literals-in.js";
import { isAtom, isWhole } from "./literals/suits.js";
import { matching } from "./matching.js";
import type { Part } from "./parts.js";
import { producerOf } from "./producer.js";
import { told } from "./told.js";
import { wordsFor } from "./words-for.js";

/** A required argument that nothing fills surely. */
export interface Open {
  readonly task: string;
  readonly member: string;
  readonly argument: string;
  /** What stands there meanwhile, since it would fit best. */
  readonly guess?: Argument;
}

export interface Wired {
  readonly plan: Plan;
  readonly open: readonly Open[];
}

interface Making {
  readonly id: string;
  readonly card: Card;
  /** What the request says of it. */
  readonly text: string;
  /** What that says outright, as the whole request reads it: a name that begins a part begins no sentence. */
  readonly literals: readonly Literal[];
  /** It begins by pointing back: `it`, `that`. */
  readonly pointing: boolean;
  /** The words by which it speaks of what came before. */
  readonly spoken: ReadonlySet<string>;
  readonly args: Record<string, Argument>;
}

/** One way to fill an argument. */
interface Way {
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
/** How many members may have to be asked, one for another, before one that the request asks for. */
const deepest = 2;

/** What parts are joined by. */
const joint = ", ";

/** What parts of a request say outright, by its place where they are joined. */
function literalsOf(parts: readonly Part[], said: readonly Literal[]): readonly Literal[] {
  let at = 0;
  return parts.flatMap(({ start, end, text }) => {
    const by = at - start;
    at += text.length + joint.length;
    return said.filter((one) => one.start >= start && one.end <= end).map((one) => ({ ...one, start: one.start + by, end: one.end + by }));
  });
}

/**
 * A plan of the members a request asks for, in its order: arguments are literals that the request says, what earlier tasks give where
 * the request points back at it or the names are the same, and for ids what a member that looks them up gives, which is added. What
 * acts on the world is no source, and is given nothing on a guess.
 */
export function wire(asked: readonly Asked[], brief: Brief): Wired {
  const tasks: Making[] = [];
  const open: Open[] = [];
  const earlier = new Set<string>();
  const said = literalsIn(brief.request);
  const wordsIn = wordsFor(brief.request);
  for (const { member, parts } of asked) {
    const spoken = new Set(parts.flatMap(({ text }) => told(text, earlier, wordsIn).spoken));
    const text = parts.map((part) => part.text).join(joint);
    add({ card: member, text, literals: literalsOf(parts, said), pointing: parts[0]!.back, spoken }, []);
    const makes = Object.keys(member.gives).join(" ");
    for (const word of wordsIn(`${text} ${makes}`)) earlier.add(word);
  }
  return { plan: { tasks: tasks.map(({ id, card, args }): Task => ({ id, member: card.name, args })), output: outputOf(tasks) }, open };

  function add(what: Omit<Making, "id" | "args">, path: readonly Card[]): Making {
    const { card } = what;
    const args: Record<string, Argument> = {};
    const used = new Set<string>();
    for (const way of waysFor(what).sort((a, b) => b.score - a.score)) {
      if (way.score < enough || Object.hasOwn(args, way.argument) || used.has(way.uses)) continue;
      args[way.argument] = way.value;
      used.add(way.uses);
    }
    const missing = Object.values(card.takes).filter(({ name, required }) => required && !Object.hasOwn(args, name));
    if (path.length <= deepest) Object.assign(args, idsFor(missing.filter(isId), what, path));
    const last = path.length === 0 && !card.effects ? tasks.at(-1) : undefined;
    const id = `t${tasks.length + 1}`;
    for (const slot of missing) {
      if (Object.hasOwn(args, slot.name)) continue;
      const field = last && !last.card.effects && takesAny(slot) ? fieldsOf(last.card).find((one) => fits(one, slot)) : undefined;
      const guess = field && { ref: `${last!.id}.${field.path}` };
      open.push({ task: id, member: card.name, argument: slot.name, ...(guess ? { guess } : {}) });
      if (guess) args[slot.name] = guess;
    }
    const made = { ...what, id, args };
    tasks.push(made);
    return made;
  }

  function waysFor(what: Omit<Making, "id" | "args">): Way[] {
    return Object.values(what.card.takes).flatMap((slot) => [
      ...literalWays(slot, what),
      ...inputWays(slot, what),
      ...tasks.flatMap((task, i) => refWays(slot, what, task, i === tasks.length - 1)),
    ]);
  }

  function literalWays(slot: Slot, { card, text, literals }: Pick<Making, "card" | "text" | "literals">): Way[] {
    const given = Object.keys(brief.given).join(" ");
    const own = new Set(wordsIn(`${card.name.replace(/[_.]/g, " ")} ${card.does} ${given}`));
    // "SMS" in "send an SMS" is the member's word, no value; nor is what names an input.
    const isValue = ({ kind, text: value }: Literal) =>
      kind === "quoted" || kind === "number" || !wordsIn(value).every((word) => own.has(word));
    const least = isId(slot) || !slot.required ? surely : 0;
    const ways = (within: string, literals: readonly Literal[], share: number) =>
      groundedFor(slot, within, literals.filter(isValue))
        .filter(({ score }) => score >= least)
        .map(
          ({ value, score, start, end }): Way => ({ argument: slot.name, value, score: share * score, uses: `${share}:${start}-${end}` }),
        );
    const near = ways(text, literals, here);
    // "the offers and reviews for the Dyson": it is said once and holds for both.
    return near.length || !slot.required || isWhole(slot) || card.effects ? near : ways(brief.request, said, elsewhere);
  }

  function inputWays(slot: Slot, { card, text }: Pick<Making, "card" | "text">): Way[] {
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

  function refWays(slot: Slot, { spoken, pointing }: Omit<Making, "id" | "args">, task: Making, last: boolean): Way[] {
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
      if (!taken || !fits(field, slot)) return [];
      const value = { ref: `${task.id}.${field.path}` };
      const score = referred + 0.6 * match - 0.02 * field.path.split(".").length;
      return [{ argument: slot.name, value, score, uses: alike || named === 1 ? value.ref : task.id }];
    });
  }

  /** Members that nobody asks for and others cannot do without: those that look up what an id stands for. */
  function idsFor(slots: readonly Slot[], what: Omit<Making, "id" | "args">, path: readonly Card[]): Record<string, Argument> {
    const found = new Map<string, Making>();
    const args: Record<string, Argument> = {};
    for (const slot of slots) {
      const producer = producerOf(slot, what.card, brief.members, [...path, what.card]);
      if (!producer) continue;
      const key = `${producer.card.name} ${producer.of}`;
      const made = found.get(key) ?? add({ ...what, card: producer.card }, [...path, what.card]);
      found.set(key, made);
      args[slot.name] = { ref: `${made.id}.${producer.field.path}` };
    }
    return args;
  }
}

/** The share of some words that others have. */
function overlap(words: ReadonlySet<string>, others: readonly string[]): number {
  const has = new Set(others);
  return words.size === 0 ? 0 : [...words].filter((word) => has.has(word)).length / words.size;
}

/** Whether a place may take what the task before gives, where nothing is said of it. */
const takesAny = (slot: Slot) => isWhole(slot) || /^(?:number|value|amount|keywords)$/i.test(slot.name);

const fits = (field: Field, slot: Slot) => compatible(field.schema, slot.schema) === undefined;

/** What nothing reads is what was wanted. */
function outputOf(tasks: readonly Making[]): Plan["output"] {
  const read = new Set(tasks.flatMap(({ args }) => JSON.stringify(args).match(/(?<="ref":")t\d+/g) ?? []));
  const output: Record<string, Argument> = {};
  for (const { id, card } of tasks) {
    if (read.has(id)) continue;
    for (const name of Object.keys(card.gives)) output[Object.hasOwn(output, name) ? `${id}_${name}` : name] = { ref: `${id}.${name}` };
  }
  return output;
}
