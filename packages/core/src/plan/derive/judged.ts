import type { Brief } from "../brief.js";
import { checkPlan } from "../check-plan.js";
import type { Decided } from "../decide/decide-open.js";
import type { Meant } from "../decide/decide-plans.js";
import { type Candidate, candidateOf, candidatesOf } from "./candidates.js";
import { bars } from "./chance.js";
import type { Derivation } from "./derivations.js";
import type { Derived } from "./derive.js";
import type { Edges } from "./edges.js";
import type { Evidence } from "./evidence.js";
import { heldIn } from "./held.js";
import { type Reason, reasonsFor } from "./reasons.js";
import { isUnsafe, type Weighed, whyOpen } from "./weighed.js";

/**
 * What becomes of what a derivation found, the best first: the likeliest plan, and whether it is sure, a guess or refused. `lost` is what
 * nobody gives.
 */
export function judged(
  beam: readonly Derivation[],
  lost: readonly string[],
  brief: Brief,
  edges: Edges,
  evidence: Evidence,
  decided: Decided,
  meant?: Meant,
): Omit<Derived, "asked" | "notes"> {
  const candidates = candidatesOf(beam, brief, edges, evidence, decided, meant);
  const [first] = candidates;
  const likeliest = first && meant ? { ...first, settled: first.settled.map((one) => decidedBy(meant, one, candidates)) } : first;
  const { plan, works, settled } = likeliest ?? candidateOf(beam[0]!, beam, brief, edges, evidence, decided);
  const bar = meant
    ? { sure: bars.asked, otherwise: `${meant.by} is not sure that it is what is meant` }
    : { sure: bars.sure, otherwise: "nothing in it speaks of a part of the request" };
  // However likely a plan is, it is not all that is asked for where it leaves what is said.
  const isWhole = evidence.unsaid(works).length === 0;
  const doubt =
    likeliest && (likeliest.chance < bar.sure || !isWhole) ? reasonsFor(likeliest, candidates, bar, brief, edges, evidence) : undefined;
  const inDoubt = new Set(doubt?.open);
  const why = doubt && inDoubt.size > 0 ? [...lost.map((one) => ({ said: `nobody gives ${one}` })), ...doubt.why] : [];
  const standing = why.length === 0 ? "sure" : isRefused(candidates, brief) ? "refused" : "guess";
  const isUnlikely = standing === "refused" && !isTied(candidates) && candidates.reduce((sum, { chance }) => sum + chance, 0) < 0.5;
  const ungiven = settled.filter(({ bare, shared }) => shared || (isUnlikely && bare)).map(({ place }) => place.replace("output.", ""));
  // A guess is no answer to who asks for an act that nobody can do: `pay the invoice`, without the code that paying takes.
  const acts = lost.filter((one) => brief.members.some(({ name, effects }) => effects && name === one));
  const isDeclined = likeliest ? isUnlikely || ungiven.length > 0 || (standing !== "sure" && acts.length > 0) : lost.length > 0;
  return {
    plan,
    candidates,
    standing,
    issues: checkPlan(plan, brief),
    ...(isDeclined ? { declined: declinedFor([...lost, ...ungiven], why) } : {}),
    open: settled
      .filter((one) => isUnsafe(one) || inDoubt.has(one))
      .map((one) => ({ ...one, apart: doubt?.apart.has(one) ?? false }))
      .map((one) => ({ ...one, why: whyOpen(one) })),
    why,
    held: heldIn(works, settled, why, evidence),
    settled,
  };
}

/** A place that a decision model settled by saying which plan is meant: another of these has another source there. */
function decidedBy({ by }: Meant, one: Weighed, all: readonly Candidate[]): Weighed {
  const differs = all.some(({ settled }) => settled.some(({ place, source }) => place === one.place && source !== one.source));
  return differs && one.by !== "settled" ? { ...one, by: "decision", decider: by } : one;
}

/** Whether the likeliest plan is too unlikely, or another is about as likely. */
function isRefused(candidates: readonly Candidate[], { wanted }: Brief): boolean {
  const least = Object.keys(wanted).length > 0 ? bars.least.named : bars.least.alone;
  return candidates.every(({ chance }) => chance < least) || isTied(candidates);
}

/** Whether another plan is about as likely as the likeliest: then it is not known which is meant, rather than that none is. */
const isTied = ([first, second]: readonly Candidate[]): boolean =>
  first !== undefined && second !== undefined && second.chance > bars.rival * first.chance;

const declinedFor = (missed: readonly string[], why: readonly Reason[]): string =>
  missed.length > 0
    ? `Nobody gives ${missed.join(", ")}`
    : `What is asked for is likelier nothing that the team does: ${why.map(({ said }) => said).join("; ")}`;
