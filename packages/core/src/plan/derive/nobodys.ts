import type { Plan } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { lazily } from "../lazily.js";
import type { Slot } from "../slot.js";
import { leftOut } from "../words/left-out.js";
import type { Part } from "../words/parts.js";
import type { Acting } from "./acting.js";
import type { Clause } from "./clauses.js";
import { conceptOf, conceptsOf } from "./concepts.js";
import { cosine } from "./cosine.js";
import type { Embed } from "./likeness.js";
import { orderIn } from "./order-in.js";
import type { TermsOf } from "./terms.js";
import { least } from "./weights.js";
import { spoken } from "./words.js";

/** These stand before a thing and ask for nothing, or may be said of whatever is done: `in the note`, `give me the gist`. */
const idle = lazily(
  () =>
    new Set(
      `about above across after against along among around as at because before behind below beside besides between beyond but by despite down during except for from
      if in inside into like near of off on onto or out outside over past per plus regarding since so than that though through to toward under unless until up upon whether once
      via when where which while who whose why with within without and also both either neither not what how is are was were be been am do does did has have had
      can could will would shall should may might must let there here i we you he she they it this these those my our your their his her its all some any each
      every only just even still then now first next finally lastly please thanks dear hello hi
      give get take make have keep put set use find see look read check show tell say help need want wish provide go come start begin work handle process
      consider note remember ensure try ask answer turn bring return leave hand do run deliver present produce create prepare
      für mit von aus bei nach zu zum zur in im an am auf über unter vor hinter neben zwischen ohne gegen um durch seit während wegen trotz wenn falls sobald nachdem bis dass weil ob
      wie was wer wo wann warum welche welcher welches ist sind war waren hat haben wird werden soll sollen kann können darf muss und oder aber auch nur noch
      gib gebt geben sie nimm mach mache macht sag sage zeig zeige lies nutze verwende finde erstelle bring hilf brauche möchte ich wir er es
      con de del en por para sin sobre entre desde hasta hacia según si que como cuando donde quien cual cuál qué cómo es son está están hay ha han y o pero también
      da dame dé haz haga toma pon di dime muestra lee usa encuentra crea quiero necesito yo nosotros`
        .split(/\s+/)
        .map((word) => word.toLowerCase()),
    ),
);

/** `it's the last one`, `plumbing the day before`. */
const noVerb = /['’]|.{3}ing$/u;

/** What a clause has to be like at the least to what a member says of itself, to be asked of it by meaning. */
const near = 0.3;

/** Clauses that are nobody's, and whether the request asks for nothing else. */
export interface Nobodys {
  readonly parts: readonly Part[];
  readonly all: boolean;
  /** Clauses that speak of who acts on the world, and tell nobody to, since they make a condition. */
  readonly unled: readonly { readonly part: Part; readonly member: string }[];
}

/**
 * The clauses that ask for something, of which nobody in a team speaks, nor anything that is wanted: `bake a cake`. What is given may be
 * spoken of: `sing the note`.
 */
export function nobodysIn(
  { members, given, wanted }: Brief,
  clauses: readonly Clause[],
  terms: TermsOf,
  { acts, optionIn }: Acting,
): Nobodys {
  const words = (slots: Readonly<Record<string, Slot>>) =>
    Object.values(slots).flatMap(({ name, description }) => conceptsOf(`${spoken(name)} ${description}`));
  const own = new Set(Object.values(given).flatMap(({ name }) => conceptsOf(spoken(name))));
  const known = new Set([
    ...members.flatMap((card) => [...terms(card).all, ...terms(card).labels, ...words(card.takes), ...words(card.gives)]),
    ...words(wanted),
  ]);
  const asksFor = ({ part, states, wonders, said }: Clause): boolean => {
    if (part.negated || states || wonders) return false;
    const verb = orderIn(part.text);
    if (verb === undefined || noVerb.test(verb) || idle().has(verb) || known.has(conceptOf(verb))) return false;
    return said.every(({ concept }) => own.has(concept) || !known.has(concept));
  };
  const opensWith = (card: Brief["members"][number], { opens }: Clause): boolean =>
    terms(card).name.includes(opens) || terms(card).does.includes(opens);
  const found = clauses.filter((clause) => asksFor(clause) && !members.some((card) => optionIn(card, clause)));
  return {
    parts: found.map(({ part }) => part),
    all: clauses.every((one) => one.part.negated || one.states || found.includes(one)),
    unled: members
      .filter(({ effects }) => effects)
      .flatMap((card) => {
        const clause = clauses.find(
          (one) => !one.part.negated && !one.wonders && one.conditional && opensWith(card, one) && acts(card, one) >= least.goal,
        );
        return clause ? [{ part: clause.part, member: card.name }] : [];
      }),
  };
}

/** Those of these clauses that by meaning are nobody's either. */
export async function farFromAll(parts: readonly Part[], { members }: Brief, embed: Embed | undefined): Promise<readonly Part[]> {
  if (parts.length === 0 || !embed) return parts;
  const texts = members.map(({ name, does }) => `${spoken(name)}: ${does}`);
  const vectors = await embed([...parts.map(({ text }) => text), ...texts]);
  const ofMembers = vectors.slice(parts.length);
  const isNear = vectors.slice(0, parts.length).map((part) => ofMembers.some((member) => cosine(part, member) >= near));
  return parts.filter((_, i) => !isNear[i]);
}

/** A line for each clause of a request that a plan leaves undone, which else would be so in silence. */
export const nobodysNotes = (parts: readonly Part[], unled: Nobodys["unled"], plan: Plan): readonly string[] => [
  ...leftOut(parts, plan).map(({ text }) => `"${text}": no member says that it does this`),
  ...unled
    .filter((one) => plan.tasks.every(({ member }) => member !== one.member))
    .map(({ part, member }) => `"${part.text}": ${member} does not act on a condition`),
];
