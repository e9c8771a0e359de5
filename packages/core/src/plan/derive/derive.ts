import type { Issue } from "../../error/issue.js";
import { optionInvalid } from "../../error/option-invalid.js";
import type { Plan } from "../../graph/plan.js";
import { say } from "../../schema/say.js";
import type { Brief } from "../brief.js";
import { checkBrief } from "../check-brief.js";
import { type Decided, type Decider, decideOpen } from "../decide/decide-open.js";
import { decidePlans, type Meant } from "../decide/decide-plans.js";
import { openIn } from "../decide/open-in.js";
import { plansIn } from "../decide/plans-in.js";
import type { Candidate } from "./candidates.js";
import { derivationsOf } from "./derivations.js";
import { type Edges, edgesOf, textsOf } from "./edges.js";
import type { Evidence } from "./evidence.js";
import { evidenceFor } from "./evidence-for.js";
import type { Hold } from "./held.js";
import { judged } from "./judged.js";
import { type Embed, likenessOf } from "./likeness.js";
import { farFromAll, nobodysNotes } from "./nobodys.js";
import type { Reason } from "./reasons.js";
import { withoutDetours } from "./twins.js";
import type { Weighed } from "./weighed.js";

export interface Derived {
  /** The likeliest of the candidates; where there is none, the best that was found. */
  readonly plan: Plan;
  /** The plans that may be meant and can be carried out, the likeliest first; none where requests alone are planned. */
  readonly candidates: readonly Candidate[];
  /** Whether the plan is surely meant, is a guess, or is too unlikely, or no likelier than another. */
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

/**
 * The best derivation of what is wanted from what is given: each place of the plan with what settled it, what is open, what nobody gives.
 * What is open is put to the deciders in turn: each is asked only what those before it left open, and its word counts instead of theirs.
 * One that was measured on plans says which of those that are not sure is meant; the others decide place by place.
 *
 * @example
 * const { plan, settled, open, declined } = await derive(brief, { embed: (texts) => ctx.embed(texts) });
 */
export async function derive(brief: Brief, tools: Tools = {}): Promise<Derived> {
  checkBrief("derive", brief, ["request", "members", "given", "wanted", "spare", "shown"]);
  if (typeof tools !== "object" || tools === null)
    throw optionInvalid("derive", "tools", `is ${say(tools)}`, "Give { embed, deciders, settle }.");
  const { embed, deciders = [], settle = brief.settle } = tools;
  const like = await likenessOf(textsOf(brief), embed);
  const edges = edgesOf(brief, like, embed !== undefined, settle);
  const said = evidenceFor(brief, edges);
  const { nobodys } = said.evidence;
  const far = await farFromAll(nobodys.parts, brief, embed);
  const evidence =
    nobodys.all && far.length > 0 && far.length === nobodys.parts.length
      ? { ...said.evidence, beyond: [...new Set([...said.evidence.beyond, ...far.map(({ text }) => `what "${text}" asks for`)])] }
      : said.evidence;
  const asked: Asked[] = [];
  let decided: Decided = new Map();
  let meant: Meant | undefined;
  let found = search(said.brief, edges, evidence, decided);
  for (const decider of deciders) {
    const plans = decider.plans ? plansIn(found) : [];
    const open = found.declined === undefined && !decider.plans ? openIn(found, brief) : [];
    try {
      if (plans.length > 0) {
        meant = await decidePlans(plans, brief, decider, meant);
        found = search(said.brief, edges, evidence, decided, meant);
        asked.push({ id: decider.id, plans: plans.length });
        continue;
      }
      const more = await decideOpen(open, brief, edges, decider);
      if (more.size === 0) continue;
      asked.push({ id: decider.id, places: more.size });
      decided = new Map([...decided, ...more]);
      found = search(said.brief, edges, evidence, decided, meant);
    } catch (error) {
      asked.push({ id: decider.id, error });
    }
  }
  return { ...found, notes: [...found.notes, ...nobodysNotes(far, nobodys.unled, found.plan)], asked };
}

/** What helps a derivation, each where it is at hand. */
export interface Tools {
  readonly embed?: Embed;
  /** Who is asked what is open, the cheapest first. */
  readonly deciders?: readonly Decider[];
  /** Sources by place, settled for good: `{ "translate.text": "summarize.summary" }`. Default: what the brief settles. */
  readonly settle?: Readonly<Record<string, string>>;
}

function search(brief: Brief, edges: Edges, evidence: Evidence, decided: Decided, meant?: Meant): Omit<Derived, "asked"> {
  const { all, lost, notes } = derivationsOf(brief, edges, evidence, decided);
  return { ...judged(withoutDetours(all, evidence.areTwins), lost, brief, edges, evidence, decided, meant), notes };
}
