import type { Brief } from "../brief.js";
import { checkPlan } from "../check-plan.js";
import type { Decided } from "../decide/decide-open.js";
import { type Candidate, candidateOf, candidatesOf } from "./candidates.js";
import { bars } from "./chance.js";
import type { Derivation, Derived } from "./derive.js";
import type { Edges } from "./edges.js";
import type { Evidence } from "./evidence.js";
import { heldIn } from "./held.js";
import { type Reason, reasonsFor } from "./reasons.js";
import { isUnsafe, whyOpen } from "./weighed.js";

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
): Omit<Derived, "asked" | "notes"> {
  const candidates = candidatesOf(beam, brief, edges, evidence, decided);
  const [likeliest] = candidates;
  const { plan, works, settled } = likeliest ?? candidateOf(beam[0]!, beam, brief, edges, evidence, decided);
  const doubt = likeliest && likeliest.chance < bars.sure ? reasonsFor(likeliest, candidates, brief, edges, evidence) : undefined;
  const inDoubt = new Set(doubt?.open);
  const why = doubt && inDoubt.size > 0 ? [...lost.map((one) => ({ said: `nobody gives ${one}` })), ...doubt.why] : [];
  const standing = why.length === 0 ? "sure" : isRefused(candidates) ? "refused" : "guess";
  const isUnlikely = standing === "refused" && noneOf(candidates) > (likeliest?.chance ?? 0);
  const ungiven = settled.filter(({ bare, shared }) => shared || (isUnlikely && bare)).map(({ place }) => place.replace("output.", ""));
  const isDeclined = likeliest ? isUnlikely || ungiven.length > 0 : lost.length > 0;
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

/** Whether the likeliest plan is likelier wrong, or another is about as likely. */
const isRefused = ([first, second]: readonly Candidate[]): boolean =>
  first!.chance < bars.least || (second !== undefined && second.chance > bars.rival * first!.chance);

/** The chance that none of these is meant. */
const noneOf = (all: readonly Candidate[]): number => all.reduce((rest, { chance }) => rest - chance, 1);

const declinedFor = (missed: readonly string[], why: readonly Reason[]): string =>
  missed.length > 0
    ? `Nobody gives ${missed.join(", ")}`
    : `What is asked for is likelier nothing that the team does: ${why.map(({ said }) => said).join("; ")}`;
