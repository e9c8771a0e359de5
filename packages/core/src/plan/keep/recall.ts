import { TroupeError } from "../../error/error.js";
import { messageOf } from "../../error/message-of.js";
import { isPlan, literalsOf, type Plan } from "../../graph/plan.js";
import { standsIn } from "../../marks/stands-in.js";
import type { Json } from "../../schema/json.js";
import { say } from "../../schema/say.js";
import type { MadePlan } from "../../specialist/context.js";
import type { KeptPlan, KeptPlans, Team } from "../../specialist/specialist.js";
import type { Brief } from "../brief.js";
import { checkPlan } from "../check-plan.js";
import { bareRequest } from "./bare-request.js";
import { isOfItsDay } from "./is-of-its-day.js";
import { saidOf } from "./with-parameters.js";

type Settle = Team["settle"];

/**
 * A plan kept for the same request, else for one that is said in the same words but for what no plan can hang on, such as politeness;
 * where somebody acts on the world in it, for the same request only. It was made for what the team settles now, and is checked anew;
 * undefined where none can be used.
 */
export async function recall(brief: Brief, kept: KeptPlans, settle?: Settle): Promise<MadePlan | undefined> {
  const found: unknown = await asked(async () => kept.of(teamKey(brief, settle)));
  if (!Array.isArray(found)) throw unkept(`the store gives ${say(found)}, where a list of kept plans belongs`);
  const known = found.filter((one) => isKeptPlan(one) && checkPlan(one.plan, brief).length === 0) as readonly KeptPlan[];
  const own = known.find(({ request }) => request === brief.request);
  const one = own ?? known.find((one) => !acts(one.plan, brief) && saysTheSame(one, brief));
  const what = own ? "this request" : `a request in the same words: ${one?.request.slice(0, 80)}`;
  return one && { plan: one.plan, by: one.by, notes: [`Took the plan kept for ${what}`, ...(one.notes ?? [])] };
}

/**
 * Keeps a plan that worked, unless it holds a guess, or says what only this run's inputs say or what only holds today: it would say that
 * again where they say something else, or on another day.
 * @throws TroupeError `PLANS_UNKEPT`
 */
export async function keep({ plan, by, notes, guesses = [] }: MadePlan, brief: Brief, kept: KeptPlans, settle?: Settle): Promise<void> {
  if (guesses.length > 0 || saysInputs(plan, brief) || isOfItsDay(plan, brief)) return;
  await asked(async () => kept.add({ team: teamKey(brief, settle), request: brief.request, plan, by, notes }));
}

/** What a store does, which may be of anybody's making. */
async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof TroupeError ? cause : unkept(messageOf(cause), cause);
  }
}

const unkept = (why: string, cause?: unknown) =>
  new TroupeError("PLANS_UNKEPT", `Plans cannot be kept: ${why}`, { cause, hint: "See what is wrong with the store, or leave kept out." });

/** Whether a store gave a plan with all that belongs to it. */
function isKeptPlan(value: unknown): value is KeptPlan {
  const { request, by, plan, notes = [] } = Object(value);
  if (!isPlan(plan) || !Array.isArray(notes)) return false;
  return [request, by, ...notes, ...plan.tasks.map(({ member }) => member)].every((one) => typeof one === "string");
}

/** Whether a plan has as a literal what an input says, in whatever form, and the request does not. */
function saysInputs(plan: Plan, { request, shown, members }: Brief): boolean {
  const only = (says: (text: string) => boolean) => !says(request) && Object.values(shown).some(says);
  return (
    literalsOf(plan).some((literal) => only((text) => standsIn(text, literal))) ||
    plan.tasks.some(({ member, args }) => {
      const takes = members.find(({ name }) => name === member)?.takes ?? {};
      return Object.entries(args).some(([name, value]) => {
        const slot = takes[name];
        return slot && Object(value) !== value && only((text) => saidOf(slot, value as Json, text).length > 0);
      });
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
 * Whether a plan serves a request as well as the one that it was kept for. How near they are in meaning tells nothing (`cheapest first` and
 * `dearest first` are 0.95), and neither does what the plan says: its planner may have written for a word what no request says.
 */
function saysTheSame({ request, plan }: KeptPlan, brief: Brief): boolean {
  const inputs = Object.keys(brief.given);
  const isSame = bareRequest(request, inputs) === bareRequest(brief.request, inputs);
  // What is politeness elsewhere may be what the plan works on.
  return isSame && literalsOf(plan).every((text) => request.includes(text) === brief.request.includes(text));
}
