import type { Issue } from "../../graph/issue.js";
import type { Plan } from "../../graph/plan.js";
import type { Brief, Card } from "../brief.js";
import { checkPlan } from "../check-plan.js";
import type { Slot } from "../slot.js";
import { type Edges, edgesOf, type Place, textsOf } from "./edges.js";
import { type Evidence, evidenceOf } from "./evidence.js";
import { type Embed, likenessOf } from "./likeness.js";
import { type Made, planOf, type Work } from "./made.js";
import { type Settled, settledIn } from "./settled.js";
import { waysOf } from "./ways.js";
import { weights } from "./weights.js";

/** A whole derivation: what makes each wanted output, and what it is worth. */
export interface Derivation {
  readonly outputs: Readonly<Record<string, Made>>;
  readonly works: ReadonlyMap<string, Work>;
  readonly score: number;
}

export interface Derived {
  readonly best: Derivation | undefined;
  /** Others, best first. */
  readonly others: readonly Derivation[];
  readonly plan: Plan;
  /** What is wrong with it; empty where it can be carried out. */
  readonly issues: readonly Issue[];
  /** Wanted outputs that nothing makes. */
  readonly missing: readonly string[];
  /** Each place of the plan: what settled it, and by how much. */
  readonly settled: readonly Settled[];
  /** What the search left out, a line each. */
  readonly notes: readonly string[];
}

/** How many whole derivations are kept while outputs are put together. */
const width = 192;

/** The best derivations of what is wanted from what is given. */
export async function derive(brief: Brief, embed?: Embed): Promise<Derived> {
  const like = await likenessOf(textsOf(brief), embed);
  const edges = edgesOf(brief, like, embed !== undefined);
  return search(brief, edges, evidenceOf(brief, edges));
}

export function search(brief: Brief, edges: Edges, evidence: Evidence): Derived {
  const ways = waysOf(brief, edges, evidence);
  const missing: string[] = [];
  let beam: readonly Draft[] = [{ outputs: {}, works: new Map(), score: 0, worth: 0 }];
  for (const slot of Object.values(brief.wanted).sort((a, b) => Number(b.required) - Number(a.required))) {
    const place: Place = { slot };
    const found = ways.to(place).map((made): Way => ({ made, worth: outputWorth(slot, made, ways.edgeOf(place, made), brief, evidence) }));
    if (found.length === 0) {
      if (slot.required) missing.push(slot.name);
      continue;
    }
    if (!slot.required && !found.some(({ made: { from } }) => "work" in from && from.field === slot.name)) continue;
    const pairs = beam.flatMap((draft) => found.map((way) => ({ draft, way, about: draft.score + way.worth + way.made.total })));
    beam = pairs
      .sort((a, b) => b.about - a.about)
      .slice(0, 4 * width)
      .map(({ draft, way }) => withOutput(draft, slot.name, way, brief, evidence))
      .sort((a, b) => b.score - a.score)
      .slice(0, width);
  }
  const [best, ...others] = beam;
  const plan = planOf(best!.outputs, best!.works);
  const settled = settledIn(best!, others, brief, edges, evidence);
  return { settled, best, others, plan, issues: checkPlan(plan, brief), missing, notes: ways.notes };
}

interface Way {
  readonly made: Made;
  /** What it is worth at its output, without its tasks. */
  readonly worth: number;
}

function outputWorth(slot: Slot, made: Made, edge: number, brief: Brief, evidence: Evidence): number {
  const labelled = "work" in made.from ? weights.labelled * evidence.labelled(slot, made.from.work.card) : 0;
  return edge + labelled + originOf(slot, made, brief, evidence);
}

interface Draft extends Derivation {
  /** What its outputs are worth, without tasks. */
  readonly worth: number;
}

function withOutput(draft: Draft, name: string, { made, worth }: Way, brief: Brief, evidence: Evidence): Draft {
  const outputs = { ...draft.outputs, [name]: made };
  const works = new Map([...draft.works, ...made.works]);
  const twice = Object.values(draft.outputs).some(({ key }) => key === made.key) ? weights.twice : 0;
  const sum = draft.worth + worth + twice;
  let score = sum;
  const inputs = new Set(Object.values(outputs).flatMap((one) => [...one.inputs]));
  const cards = new Set<Card>();
  for (const { own, card } of works.values()) {
    score += own;
    cards.add(card);
  }
  const idle = Object.keys(brief.given).filter((one) => !inputs.has(one) && !brief.spare.includes(one));
  score += weights.again * (works.size - cards.size) + weights.unused * idle.length + weights.unasked * evidence.undone(cards);
  return { outputs, works, worth: sum, score };
}

/** Words that name an input bind where the whole chain starts; words that name a field bind on the way. */
function originOf(slot: Slot, made: Made, brief: Brief, evidence: Evidence): number {
  const said = Object.values(brief.given).map((input) => [input.name, evidence.origin(slot, input)] as const);
  const most = Math.max(0, ...said.map(([, much]) => much));
  let score = 0;
  if (most > 0)
    for (const [name, much] of said) {
      const near = much / most;
      score += weights.origin * (made.inputs.has(name) ? near - 0.5 : 0.5 - near) * most;
    }
  const last = "work" in made.from ? made.from.work.key : "";
  const on = new Set<string>();
  for (const { args } of made.works.values())
    for (const arg of Object.values(args))
      for (const one of "list" in arg.from ? arg.from.list : [arg])
        if ("work" in one.from && one.from.work.key !== last) {
          const { card } = one.from.work;
          const field = card.gives[one.from.field]!;
          if (evidence.said(slot, { card, slot: field }) > 0) on.add(one.key);
        }
  return score + weights.said * Math.min(1, on.size);
}
