import { type Elsewhere, unbound } from "../marks/elsewhere.js";
import { type Passage, passageOf } from "../marks/passage.js";
import { entryLabels } from "../marks/passed.js";
import type { JsonSchema } from "../schema/json.js";
import type { Label, Labels } from "../schema/label.js";
import { valuesOf } from "../schema/resolve.js";
import { jsonSchemaOf, type Schema } from "../schema/schema.js";
import type { Specialist, Team } from "../specialist/specialist.js";
import { spoken } from "./derive/words.js";
import { type Slot, slotsOf } from "./slot.js";

/** What a planner sees of a member. */
export interface Card {
  readonly name: string;
  readonly does: string;
  /** Arguments it takes and fields it gives, by name. */
  readonly takes: Readonly<Record<string, Slot>>;
  readonly gives: Readonly<Record<string, Slot>>;
  /** It acts on the world: its task has a use even where nothing reads its output. */
  readonly effects: boolean;
  /** How marks pass it; absent where none do. */
  readonly passage?: Passage;
}

/** All a planner is told: who can do what, what is given, what is wanted. Plain data. */
export interface Brief {
  /** What to do, in words. */
  readonly request: string;
  /** What this run asks for, where an input says it: the request without what the team is for. */
  readonly asked?: string;
  readonly members: readonly Card[];
  /** The inputs of this run, by name. */
  readonly given: Readonly<Record<string, Slot>>;
  readonly wanted: Readonly<Record<string, Slot>>;
  /** Outputs beside these, which a model writes that is told what all tasks gave; and its id, where it does not run on this machine. */
  readonly composed?: { readonly outputs: readonly string[]; readonly elsewhere?: string };
  /** Where places take their value from, for good: `{ "translate.text": "summarize.summary" }`. */
  readonly settle?: Readonly<Record<string, string>>;
  /** Inputs that are for the planner itself: tasks may use them and need not. */
  readonly spare: readonly string[];
  /** Given numbers and labels, and the beginnings of the request and of trusted texts, for literals; of what is private nothing. */
  readonly shown: Readonly<Record<string, string>>;
  /** What is known of where the given inputs come from; absent where nothing is marked. */
  readonly labels?: Labels;
  /** Words whose literals are trusted: what the team is for, and the request where that is marked so. */
  readonly vouched?: string;
}

export interface BriefParts {
  readonly request: string;
  readonly asked?: string;
  readonly members: readonly Specialist[];
  readonly input: Schema;
  readonly output: Schema;
  /** The input of a run: fields that it leaves out are not given. Without it, all are. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly spare?: readonly string[];
  /** Default: what the marks on the input say. */
  readonly labels?: Labels;
  /** Default: the request. */
  readonly vouched?: string;
  /** Which models do not run on this machine. Default: those that are named, by their cards. */
  readonly elsewhere?: Elsewhere;
  readonly compose?: Team["compose"];
  readonly settle?: Team["settle"];
}

/**
 * A brief from the specialists and schemas themselves.
 * @throws TroupeError `SCHEMA_OPAQUE`
 */
export function briefOf(parts: BriefParts): Brief {
  const { request, asked, members, input, output, values, spare = [], vouched = request, elsewhere = unbound, compose, settle } = parts;
  const all = slotsOf(jsonSchemaOf(input, "output"));
  const present = Object.entries(all).filter(([name]) => !values || (values[name] !== undefined && values[name] !== null));
  const { labels = entryLabels(passageOf({ name: "", does: "", input, output }, unbound)) } = parts;
  const there = compose && elsewhere(compose.by);
  const wanted = Object.entries(slotsOf(jsonSchemaOf(output))).filter(([name]) => !compose?.outputs.includes(name));
  const given = Object.fromEntries(present.map(([name, slot]) => [name, { ...slot, required: true }]));
  return {
    request,
    ...(asked === undefined ? {} : { asked }),
    members: members.map((member) => withInto(cardOf(member, elsewhere), Object.keys(given))),
    given,
    wanted: Object.assign(Object.create(null), Object.fromEntries(wanted)),
    ...(compose ? { composed: { outputs: compose.outputs, ...(there === undefined ? {} : { elsewhere: there }) } } : {}),
    ...(settle ? { settle } : {}),
    spare,
    shown: Object.fromEntries(
      Object.values(given).flatMap((slot) => shownOf(slot, values?.[slot.name], labels[slot.name] ?? {}, spare.includes(slot.name))),
    ),
    labels,
    vouched,
  };
}

export function cardOf(member: Specialist, elsewhere: Elsewhere): Card {
  return {
    name: member.name,
    does: member.does,
    takes: slotsOf(jsonSchemaOf(member.input)),
    gives: slotsOf(jsonSchemaOf(member.output, "output") as JsonSchema),
    effects: member.effects ?? false,
    passage: passageOf(member, elsewhere),
  };
}

/** Where a member takes a language to put things into, and none that they come in, told at that place with what they are called. */
function withInto(card: Card, names: readonly string[]): Card {
  const slots = Object.values(card.takes).filter(({ name, description }) => tongue.test(`${spoken(name)} ${description}`));
  const [slot] = slots;
  const isSource = slot && source.test(`${spoken(slot.name)} ${slot.description}`);
  if (!slot || slots.length > 1 || isSource || !puts.test(`${spoken(card.name)} ${card.does}`)) return card;
  const into = [...new Set([...names, ...Object.keys(card.takes), ...things].map((one) => one.toLowerCase()))];
  return { ...card, takes: Object.assign(Object.create(null), card.takes, { [slot.name]: { ...slot, into } }) };
}

const tongue = /(?<!\p{L})(?:languages?|lang|locale|sprache|idioma)(?!\p{L})/iu;
const source = /(?<!\p{L})(?:from|source|original|spoken|origen|ausgangs\p{L}*|quell\p{L}*)(?!\p{L})/iu;
const puts = /(?<!\p{L})(?:translat\p{L}*|übersetz\p{L}*|traduc\p{L}*)/iu;
/** What is put into a language, whatever an input is called. */
const things = ["text", "note", "letter", "mail", "email", "article", "document", "page", "message", "memo", "file"];

/** A text that nobody vouches for would plan for itself, were it shown: only the request may say what to do. */
function shownOf({ name, schema }: Slot, value: unknown, label: Label, request: boolean): [string, string][] {
  if (label.private) return [];
  if (typeof value === "number" || typeof value === "boolean") return [[name, String(value)]];
  if (typeof value !== "string" || (label.untrusted && !request && valuesOf(schema) === undefined)) return [];
  const text = value.trim().replace(/\s+/g, " ");
  return [[name, text.length > 240 ? `${text.slice(0, 240)}…` : text]];
}
