import type { Argument, Plan, Task } from "../../graph/plan.js";
import { compatible } from "../../schema/compatible.js";
import type { Brief, Card } from "../brief.js";
import type { Slot } from "../slot.js";
import type { Asked } from "./choose.js";
import { fieldsOf } from "./fields.js";
import { isId } from "./identifies.js";
import type { Literal } from "./literals/literal.js";
import { literalsIn } from "./literals/literals-in.js";
import { isWhole } from "./literals/suits.js";
import type { Doing, Making } from "./making.js";
import type { Part } from "./parts.js";
import { producerOf } from "./producer.js";
import { settledAt, settledFor } from "./settled-for.js";
import { told } from "./told.js";
import { waysFor } from "./ways.js";
import { wordsFor } from "./words-for.js";

/** A required argument that nothing fills surely. */
interface Open {
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
    add({ card: member, text, literals: literalsOf(parts, said), pointing: parts[0].back, spoken }, []);
    const makes = Object.keys(member.gives).join(" ");
    for (const word of wordsIn(`${text} ${makes}`)) earlier.add(word);
  }
  return { plan: { tasks: tasks.map(({ id, card, args }): Task => ({ id, member: card.name, args })), output: outputOf(tasks) }, open };

  function add(what: Doing, path: readonly Card[]): Making {
    const { card } = what;
    const within = [...path, card];
    const args = settledFor(what, brief, tasks, (giver) =>
      within.includes(giver) || path.length > deepest ? undefined : add({ ...what, card: giver }, within),
    );
    // What is settled comes from nowhere else.
    const isOpen = (name: string) => !Object.hasOwn(args, name) && settledAt(brief, card, name) === undefined;
    const used = new Set<string>();
    for (const { argument, value, uses } of waysFor(what, tasks, brief, said, wordsIn)) {
      if (!isOpen(argument) || used.has(uses)) continue;
      args[argument] = value;
      used.add(uses);
    }
    const missing = Object.values(card.takes).filter(({ name, required }) => required && !Object.hasOwn(args, name));
    if (path.length <= deepest)
      Object.assign(
        args,
        idsFor(
          missing.filter((slot) => isId(slot) && isOpen(slot.name)),
          what,
          path,
        ),
      );
    const last = path.length === 0 && !card.effects ? tasks.at(-1) : undefined;
    const id = `t${tasks.length + 1}`;
    for (const slot of missing) {
      if (Object.hasOwn(args, slot.name)) continue;
      const guess = last && isOpen(slot.name) ? guessFor(slot, last) : undefined;
      open.push({ task: id, member: card.name, argument: slot.name, ...(guess ? { guess } : {}) });
      if (guess) args[slot.name] = guess;
    }
    const made = { ...what, id, args };
    tasks.push(made);
    return made;
  }

  /** Members that nobody asks for and others cannot do without: those that look up what an id stands for. */
  function idsFor(slots: readonly Slot[], what: Doing, path: readonly Card[]): Record<string, Argument> {
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

/** What a place may take of the task before, where nothing is said of it. */
function guessFor(slot: Slot, { id, card }: Making): Argument | undefined {
  const takesAny = isWhole(slot) || /^(?:number|value|amount|keywords)$/i.test(slot.name);
  if (card.effects || !takesAny) return undefined;
  const field = fieldsOf(card).find(({ schema }) => compatible(schema, slot.schema) === undefined);
  return field && { ref: `${id}.${field.path}` };
}

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
