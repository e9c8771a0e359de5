import type { Plan } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { checkPlan } from "../check-plan.js";
import type { Decided } from "../decide/decide-open.js";
import type { Meant } from "../decide/decide-plans.js";
import { sketchOf } from "../decide/sketch.js";
import { withChances } from "./chance.js";
import type { Derivation } from "./derivations.js";
import type { Edges } from "./edges.js";
import type { Evidence } from "./evidence.js";
import { planOf, type Work } from "./made.js";
import { type Signs, signsOf } from "./signs.js";
import { type Weighed, weighed } from "./weighed.js";

/** A plan that may be what is meant, and how likely it is. */
export interface Candidate {
  readonly plan: Plan;
  /** From 0 to 1; what is missing of all candidates' to 1 is the chance that none is meant. */
  readonly chance: number;
  readonly signs: Signs;
  readonly works: readonly Work[];
  /** Each place of the plan: what settled it, and by how much. */
  readonly settled: readonly Weighed[];
}

/** How many plans are weighed against one another: where the right one is among all that were found, it is nearly always among so many. */
const most = 3;

/** The best plans of a derivation that can be carried out, each once, the likeliest first. */
export function candidatesOf(
  beam: readonly Derivation[],
  brief: Brief,
  edges: Edges,
  evidence: Evidence,
  decided: Decided,
  meant?: Meant,
): readonly Candidate[] {
  const seen = new Set<string>();
  const found: (ReturnType<typeof candidateOf> & { readonly one: Derivation })[] = [];
  for (const one of beam) {
    if (found.length === most) break;
    const key = keyOf(one);
    if (seen.has(key)) continue;
    seen.add(key);
    if (checkPlan(planOf(one.outputs, one.works), brief).length === 0)
      found.push({ one, ...candidateOf(one, beam, brief, edges, evidence, decided) });
  }
  const told = found.map(({ one, plan, works, settled }) => {
    const lead = one.score - Math.max(...found.flatMap((other) => (other.one === one ? [] : [other.one.score])));
    return { plan, works, settled, signs: signsOf(one, lead, settled, brief, evidence) };
  });
  // Of a plan that nobody was asked about nothing was said.
  const word = meant && (({ plan }: { readonly plan: Plan }): number => meant.words.get(sketchOf(plan)) ?? 0);
  return withChances(told, Object.keys(brief.wanted).length === 0, word).sort((a, b) => b.chance - a.chance);
}

/** A derivation as a plan, with what settled each of its places. */
export const candidateOf = (
  one: Derivation,
  beam: readonly Derivation[],
  brief: Brief,
  edges: Edges,
  evidence: Evidence,
  decided: Decided,
) => ({
  plan: planOf(one.outputs, one.works),
  works: [...one.works.values()],
  settled: weighed(one, beam, brief, edges, evidence, decided),
});

/** The same for plans that do the same. */
const keyOf = ({ outputs, works }: Derivation): string =>
  [...works.keys(), ...Object.entries(outputs).map(([name, { key }]) => `${name}=${key}`)].sort().join("\n");
