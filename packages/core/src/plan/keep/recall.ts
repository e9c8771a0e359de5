import { literalsOf, type Plan } from "../../graph/plan.js";
import { standsIn } from "../../marks/stands-in.js";
import type { Json } from "../../schema/json.js";
import type { MadePlan } from "../../specialist/context.js";
import type { KeptPlan, KeptPlans, Team } from "../../specialist/specialist.js";
import type { Brief } from "../brief.js";
import { checkPlan } from "../check-plan.js";
import { conceptsOf } from "../derive/concepts.js";
import { cosine } from "../derive/cosine.js";
import type { Embed } from "../derive/likeness.js";
import { lazily } from "../lazily.js";
import { literalsIn } from "../words/literals/literals-in.js";
import { negations } from "../words/phrases.js";
import { saidOf } from "./with-parameters.js";

/** What two requests must be alike in meaning at the least, as the cosine of their vectors, for one plan to serve both. */
const alike = 0.9;
/** What turns a request into its opposite. */
const denial = lazily(() => new RegExp(`(?<![\\p{L}\\p{N}])(${negations.join("|")})(?![\\p{L}\\p{N}])`, "iu"));

type Settle = Team["settle"];

/**
 * A plan kept for the same request, else for one alike in meaning whose words differ in nothing that the team or the plan speaks of;
 * where somebody acts on the world in it, for the same request only. It was made for what the team settles now, and is checked anew;
 * undefined where none can be used.
 */
export async function recall(brief: Brief, kept: KeptPlans, embed?: Embed, settle?: Settle): Promise<MadePlan | undefined> {
  const known = (await kept.of(teamKey(brief, settle))).filter(({ plan }) => checkPlan(plan, brief).length === 0);
  const own = known.find(({ request }) => request === brief.request);
  if (own) return { plan: own.plan, by: own.by, notes: ["Took the plan kept for this request"] };
  const same = saysTheSame(brief);
  const close = known.filter((one) => !acts(one.plan, brief) && same(one));
  if (close.length === 0 || !embed) return undefined;
  const [asked, ...others] = await embed([brief.request, ...close.map(({ request }) => request)]);
  const rated = close.map((one, i) => [cosine(asked!, others[i]!), one] as const).sort(([a], [b]) => b - a);
  const [near, one] = rated[0]!;
  if (near < alike) return undefined;
  return { plan: one.plan, by: one.by, notes: [`Took the plan kept for a like request (${near.toFixed(2)}): ${one.request.slice(0, 80)}`] };
}

/**
 * Keeps a plan that worked, unless it holds a guess, or says what only this run's inputs say: it would say that again where they say
 * something else.
 */
export async function keep({ plan, by, guesses = [] }: MadePlan, brief: Brief, kept: KeptPlans, settle?: Settle): Promise<void> {
  if (guesses.length === 0 && !saysInputs(plan, brief)) await kept.add({ team: teamKey(brief, settle), request: brief.request, plan, by });
}

/** Whether a plan has as a literal what an input says, in whatever form, and the request does not. */
function saysInputs(plan: Plan, { request, shown, members }: Brief): boolean {
  const only = (says: (text: string) => boolean) => !says(request) && Object.values(shown).some(says);
  return (
    literalsOf(plan).some((literal) => only((text) => standsIn(text, literal))) ||
    plan.tasks.some(({ member, args }) => {
      const takes = members.find(({ name }) => name === member)?.takes ?? {};
      return Object.entries(args).some(
        ([name, value]) => takes[name] && Object(value) !== value && only((text) => saidOf(takes[name]!, value as Json, text).length > 0),
      );
    })
  );
}

const teamKey = ({ members, given, wanted }: Brief, settle: Settle = {}): string =>
  JSON.stringify([
    members.map(({ name, does, takes, gives, effects }) => [name, does, Object.values(takes), Object.values(gives), effects]),
    Object.values(given),
    Object.values(wanted),
    ...(Object.keys(settle).length > 0 ? [settle] : []),
  ]);

const acts = ({ tasks }: Plan, { members }: Brief): boolean =>
  tasks.some(({ member }) => members.some(({ name, effects }) => effects && name === member));

/**
 * Tells of a kept plan whether its request says the same values, however they are put in words (`fifty`, `Danish` for `da`), and the same
 * numbers, denials and words that a member, a field or a literal of the plan has or that say the same (`typos` for `spelling`), all in
 * the same order.
 */
function saysTheSame(brief: Brief): (kept: KeptPlan) => boolean {
  const cards = brief.members.map(({ name, does, takes, gives }) => [
    name,
    does,
    ...[takes, gives].flatMap((slots) => Object.values(slots).map((slot) => JSON.stringify(slot))),
  ]);
  const spoken = conceptsOf([...cards.flat(), ...Object.keys(brief.given), ...Object.keys(brief.wanted)].join(" "));
  const values = (text: string) => literalsIn(text).map(({ value }) => value);
  return ({ request, plan }) => {
    const literals = literalsOf(plan);
    const matters = new Set([...spoken, ...conceptsOf(literals.join(" "))]);
    const words = (text: string) => conceptsOf(text).filter((word) => matters.has(word) || /\d/.test(word));
    // Every second piece is a denial.
    const told = (text: string) => text.split(denial()).flatMap((piece, i) => (i % 2 ? "not" : words(piece)));
    const same = (of: (text: string) => unknown) => JSON.stringify(of(request)) === JSON.stringify(of(brief.request));
    return same(told) && same(values) && literals.every((text) => !request.includes(text) || brief.request.includes(text));
  };
}
