import type { Issue } from "../../error/issue.js";
import type { Plan } from "../../graph/plan.js";
import type { Json } from "../../schema/json.js";
import type { Brief, Card } from "../brief.js";
import { type Decided, type Decider, decideOpen } from "../decide/decide-open.js";
import { decidePlans, type Meant } from "../decide/decide-plans.js";
import { openIn } from "../decide/open-in.js";
import { plansIn } from "../decide/plans-in.js";
import type { Candidate } from "./candidates.js";
import { type Edges, edgesOf, type Place, textsOf } from "./edges.js";
import { endsOf } from "./ends-of.js";
import { type Evidence, evidenceOf } from "./evidence.js";
import type { Hold } from "./held.js";
import { judged } from "./judged.js";
import { type Embed, likenessOf } from "./likeness.js";
import { fromWork, type Made, type Work, worthOf } from "./made.js";
import { amount } from "./missed.js";
import type { Reason } from "./reasons.js";
import { waysOf } from "./ways.js";
import type { Weighed } from "./weighed.js";
import { least, weights } from "./weights.js";

/** A whole derivation: what makes each wanted output, and what it is worth. */
export interface Derivation {
  readonly outputs: Readonly<Record<string, Made>>;
  readonly works: ReadonlyMap<string, Work>;
  readonly score: number;
}

export interface Derived {
  /** The likeliest of the candidates; where there is none, the best that was found. */
  readonly plan: Plan;
  /** The plans that may be meant and can be carried out, the likeliest first; none where requests alone are planned. */
  readonly candidates: readonly Candidate[];
  /** Whether the plan is surely meant, is a guess, or is rather wrong than right. */
  readonly standing: "sure" | "guess" | "refused";
  /** What is wrong with it; empty where it can be carried out. */
  readonly issues: readonly Issue[];
  /** Why nothing gives what is wanted, where that is so. */
  readonly declined?: string;
  /** Places of a plan that is not sure where something else may stand, and those that are too little sure for a member that acts on the world. */
  readonly open: readonly Open[];
  /** What speaks against the plan; empty where it is sure. */
  readonly why: readonly Reason[];
  /** Why those who act on the world do not, beside what is open; empty where nobody of the plan acts. */
  readonly held: readonly Hold[];
  /** Each place of the plan: what settled it, and by how much. */
  readonly settled: readonly Weighed[];
  /** What the search left out, a line each. */
  readonly notes: readonly string[];
  /** The decision models that were asked, one after the other. */
  readonly asked: readonly Asked[];
}

/** A place that is not settled, and why. */
export interface Open extends Weighed {
  /** Other plans, about as likely, have another source there. */
  readonly apart: boolean;
  readonly why: string;
}

/** A decision model that was asked which of so many plans is meant, or of so many places, and what it threw where it could not decide. */
export interface Asked {
  readonly id: string;
  readonly plans?: number;
  readonly places?: number;
  readonly error?: unknown;
}

/** How many whole derivations are kept while outputs are put together. */
const width = 192;

/**
 * The best derivation of what is wanted from what is given: each place of the plan with what settled it, what is open, what nobody gives.
 * What is open is put to the deciders in turn: each is asked only what those before it left open, and its word counts instead of theirs.
 * One that was measured on plans says which of those that are not sure is meant; the others decide place by place.
 *
 * @example
 * const { plan, settled, open, declined } = await derive(brief, { embed: (texts) => ctx.embed(texts) });
 */
export async function derive(brief: Brief, { embed, deciders = [], settle = {} }: Tools = {}): Promise<Derived> {
  const like = await likenessOf(textsOf(brief), embed);
  const edges = edgesOf(brief, like, embed !== undefined, settle);
  const evidence = evidenceOf(brief, edges);
  const asked: Asked[] = [];
  let decided: Decided = new Map();
  let meant: Meant | undefined;
  let found = search(brief, edges, evidence, decided);
  for (const decider of deciders) {
    const plans = decider.plans ? plansIn(found) : [];
    const open = found.declined === undefined && !decider.plans ? openIn(found, brief) : [];
    try {
      if (plans.length > 0) {
        meant = await decidePlans(plans, brief, decider, meant);
        found = search(brief, edges, evidence, decided, meant);
        asked.push({ id: decider.id, plans: plans.length });
        continue;
      }
      const more = await decideOpen(open, brief, edges, decider);
      if (more.size === 0) continue;
      asked.push({ id: decider.id, places: more.size });
      decided = new Map([...decided, ...more]);
      found = search(brief, edges, evidence, decided, meant);
    } catch (error) {
      asked.push({ id: decider.id, error });
    }
  }
  return { ...found, asked };
}

/** What helps a derivation, each where it is at hand. */
export interface Tools {
  readonly embed?: Embed;
  /** Who is asked what is open, the cheapest first. */
  readonly deciders?: readonly Decider[];
  /** Sources by place, settled for good: `{ "translate.text": "summarize.summary" }`. */
  readonly settle?: Readonly<Record<string, string>>;
}

function search(brief: Brief, edges: Edges, evidence: Evidence, decided: Decided, meant?: Meant): Omit<Derived, "asked"> {
  const ways = waysOf(brief, edges, evidence, decided);
  const missing: string[] = [];
  let beam: readonly Draft[] = [{ outputs: {}, works: new Map(), score: 0, worth: 0 }];
  const extend = (found: readonly Way[], output?: string): void => {
    const pairs = beam.flatMap((draft) => found.map((way) => ({ draft, way, about: draft.score + way.worth + way.made.total })));
    beam = pairs
      .sort((a, b) => b.about - a.about)
      .slice(0, 4 * width)
      .map(({ draft, way }) => withWay(draft, output, way, brief, evidence))
      .sort((a, b) => b.score - a.score)
      .slice(0, width);
  };
  for (const slot of Object.values(brief.wanted).sort((a, b) => Number(b.required) - Number(a.required))) {
    const place: Place = { slot };
    const found = ways.to(place).map((made): Way => ({ made, worth: made.score - made.total }));
    if (found.length === 0) {
      if (slot.required) missing.push(slot.name);
      continue;
    }
    if (!slot.required && !found.some(({ made: { from } }) => "work" in from && from.field === slot.name)) continue;
    extend(found, slot.name);
  }
  const free = Object.keys(brief.wanted).length === 0;
  const goals = evidence.goals(free).flatMap((card): Goal[] => {
    const several = evidence.several(card);
    return several ? several.values.map((value) => ({ card, argument: several.argument, value })) : [{ card }];
  });
  for (const goal of goals) {
    const [field] = Object.keys(goal.card.gives);
    const tasks = ways.tasksOf(goal.card).filter((work) => serves(work, goal));
    const found = tasks.map((work): Way => ({ made: fromWork(work, field!, 0), worth: 0 }));
    if (found.length === 0) missing.push(goal.card.name);
    const isDone = ({ works }: Draft) => [...works.values()].some((work) => serves(work, goal));
    const done = beam.filter(isDone);
    // Where no output is named, who is at work for another may do better by itself.
    beam = done.length > 0 && !free ? done : beam.filter((draft) => !isDone(draft));
    if (beam.length > 0 && found.length > 0 && (free || done.length === 0)) extend(found);
    if (free && done.length > 0) beam = [...(found.length > 0 ? beam : []), ...done].sort((a, b) => b.score - a.score).slice(0, width);
  }
  // Who is not named may still be meant: somebody is to take what is given.
  for (const input of free ? Object.keys(brief.given).filter((name) => !brief.spare.includes(name)) : []) {
    const before = beam;
    const found = brief.members
      .filter((card) => !card.effects || evidence.asks(card) >= least.goal)
      .flatMap((card) => ways.tasksOf(card))
      .filter(({ inputs }) => inputs.has(input))
      .map((work): Way => ({ made: fromWork(work, Object.keys(work.card.gives)[0]!, 0), worth: 0 }));
    beam = beam.filter(({ works }) => ![...works.values()].some(({ inputs }) => inputs.has(input)));
    if (found.length > 0) extend(found);
    beam = [...before, ...(found.length > 0 ? beam : [])].sort((a, b) => b.score - a.score).slice(0, width);
  }
  const whole = free ? beam.map((one) => ({ ...one, outputs: endsOf(one.works) })) : beam;
  const lost = [
    ...evidence.beyond,
    ...missing,
    ...(free && beam.every(({ works }) => works.size === 0) ? ["what the request asks for"] : []),
  ];
  return { ...judged(whole, lost, brief, edges, evidence, decided, meant), notes: ways.notes };
}

/** A member that the request asks for, with one of several values that it says for an argument. */
interface Goal {
  readonly card: Card;
  readonly argument?: string;
  readonly value?: Json;
}

const serves = ({ card, args }: Work, { card: asked, argument, value }: Goal): boolean =>
  card === asked && (argument === undefined || args[argument]?.key === JSON.stringify(value));

interface Way {
  readonly made: Made;
  /** What it is worth at its output, without its tasks. */
  readonly worth: number;
}

interface Draft extends Derivation {
  /** What its outputs are worth, without tasks. */
  readonly worth: number;
}

/** A draft with one more output, or, where that has no name, with one more task. */
function withWay(draft: Draft, output: string | undefined, { made, worth }: Way, brief: Brief, evidence: Evidence): Draft {
  const outputs = output === undefined ? draft.outputs : { ...draft.outputs, [output]: made };
  const works = new Map([...draft.works, ...made.works]);
  const ordered = inOrder(Object.values(draft.outputs), made) ? weights.order : 0;
  const twice = Object.values(draft.outputs).some(({ key }) => key === made.key) ? weights.shared : 0;
  const sum = draft.worth + worth + twice + ordered;
  const inputs = new Set([...Object.values(outputs), ...works.values()].flatMap((one) => [...one.inputs]));
  const cards = new Set<Card>();
  for (const { card } of works.values()) cards.add(card);
  const idle = Object.keys(brief.given).filter((one) => !inputs.has(one) && !brief.spare.includes(one));
  const left =
    weights.unused * idle.length +
    weights.unasked * amount(evidence.undone(cards)) +
    weights.unserved * amount(evidence.unserved(cards)) +
    weights.unsaid * amount(evidence.unsaid(works.values()));
  const score = sum + worthOf(works) + left;
  return { outputs, works, worth: sum, score };
}

/** Whether an output is a later field of the task that one before it comes from. */
function inOrder(before: readonly Made[], { from }: Made): boolean {
  if (!("work" in from)) return false;
  const names = Object.keys(from.work.card.gives);
  return before.some(
    (one) => "work" in one.from && one.from.work.key === from.work.key && names.indexOf(one.from.field) < names.indexOf(from.field),
  );
}
