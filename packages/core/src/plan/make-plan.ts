import type { Issue } from "../error/issue.js";
import type { Plan } from "../graph/plan.js";
import { isCapable, writesPlans } from "../model/is-capable.js";
import type { ChatModel, DecisionModel, Role } from "../model/model.js";
import type { Context, MadePlan } from "../specialist/context.js";
import type { Team } from "../specialist/specialist.js";
import { askedNotes } from "./asked-notes.js";
import type { Brief } from "./brief.js";
import { settleLine } from "./check-settle.js";
import { decidersFor } from "./decide/deciders.js";
import { differencesIn } from "./decide/differences.js";
import { type Derived, derive } from "./derive/derive.js";
import { isUnsafe } from "./derive/weighed.js";
import { heldIssue } from "./held-issue.js";
import { PlanError } from "./plan-error.js";
import { sameWork } from "./same-work.js";
import { settledNotes } from "./settled-notes.js";
import { unmetSettle } from "./unmet-settle.js";
import { withoutModel } from "./without-model.js";
import { writePlan } from "./write-plan.js";

/** What planning needs of a specialist's context. */
export type Planning = Pick<Context, "generate" | "embed" | "model" | "progress" | "decide">;

/**
 * A plan that passes its check. It is derived; what the derivation leaves open is decided by the decision models that are bound, the
 * stronger ones only where those before them leave it open. A capable planner model then writes a plan with the derived one as a
 * proposal, and where the two differ it is decided again; a small one writes nothing, since a weak writer is a fair chooser at best, and
 * a stronger one only where the derived plan is not sure. What is left open is an error, or a guess where the team allows it.
 * @throws PlanError `PLAN_FAILED` with all issues of the last plan and its text; `PLAN_DECLINED` where nothing can give what is wanted;
 * `PLAN_UNSURE` where the likeliest plan is too unlikely, another is about as likely, or something holds back who acts on the world
 */
export async function makePlan(brief: Brief, team: Omit<Team, "members">, ctx: Planning): Promise<MadePlan> {
  const embed = ctx.model("embeddings") ? (texts: readonly string[]) => ctx.embed(texts) : undefined;
  const planners = [...(team.planner === "typed" ? [] : [team.planner]), ...(team.stronger ? [team.stronger] : [])];
  const bound = planners.map((one) => (typeof one === "string" ? (ctx.model(one) as ChatModel | DecisionModel | undefined) : one));
  const deciders = decidersFor(
    ctx,
    bound.filter((model): model is DecisionModel => model !== undefined && !isChat(model)),
  );
  const tools = { ...(embed ? { embed } : {}), deciders };
  const derived = team.guide || team.planner === "typed" ? await withoutModel(brief, tools) : undefined;
  if (derived && !stands(derived, team) && derived.asked.length > 0 && derived.asked.every(({ error }) => error !== undefined))
    throw derived.asked[0]!.error;
  const notes = derived ? [...askedNotes(derived)] : [];
  const unbound: Role[] = [];
  let wrote = false;
  let last: { issues: readonly Issue[]; text: string } | undefined;
  for (const [i, planner] of planners.entries()) {
    const model = bound[i];
    if (!model) {
      unbound.push(planner as Role);
      continue;
    }
    if (!isChat(model)) {
      if (!derived?.asked.some(({ id }) => id === model.id)) notes.push(notAsked(model));
      continue;
    }
    if (planner === team.stronger && !wrote && derived && isSure(derived)) {
      notes.push(notAsked(model));
      continue;
    }
    if (derived?.issues.length === 0 && !writesPlans(model)) {
      notes.push(`${model.id} is too small a model to write plans: what is open is decided`);
      continue;
    }
    wrote = true;
    try {
      const written = await writePlan(model, brief, derived && carriesOut(derived) ? derived.plan : undefined, notes, ctx);
      if (!("plan" in written)) last = written;
      else if (isCapable(model) || !derived || !carriesOut(derived) || sameWork(written.plan, derived.plan))
        return await agreed(written.plan, [...notes, ...written.notes], model);
      else notes.push(`${model.id} planned otherwise than is derived, and does not say that it is large enough to be believed in that`);
    } catch (error) {
      // A planner that fails fails no team whose derived plan can be carried out.
      if (!derived || !stands(derived, team)) throw error;
      notes.push(`${model.id} could not plan: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const none = unbound.length ? `: no model is bound to the role ${unbound.join(" or ")}` : "";
  if (!derived) throw failed(brief, "No planner gave a plan that can be carried out", last?.issues ?? noPlanner(none), last?.text ?? "");
  if (team.planner !== "typed" || none) notes.push(`${last ? "Took the derived plan instead" : "Planned by types"}${none}`);
  return standing(derived, notes, carriesOut(derived) ? [] : await unmetSettle(brief, tools));

  /** What a capable model wrote: where it and the derivation differ, a decision model settles what it can. */
  async function agreed(plan: Plan, notes: readonly string[], { id }: ChatModel): Promise<MadePlan> {
    const made = { plan, by: id, notes };
    const [first] = deciders;
    if (!derived || !first || !carriesOut(derived) || sameWork(plan, derived.plan)) return made;
    const settle = await differencesIn(plan, derived, brief, first.decide);
    if (!settle) return made;
    const again = await derive(brief, { ...tools, settle: { ...settle, ...brief.settle } });
    if (!isSure(again)) return made;
    return { plan: again.plan, by: id, notes: [...notes, ...settledNotes(again, brief)] };
  }

  function standing(derived: Derived, notes: readonly string[], unmet: readonly Issue[]): MadePlan {
    // Who was asked to write and could not is told what was wrong with that.
    if (last && !carriesOut(derived))
      throw failed(brief, "No planner gave a plan that can be carried out", [...last.issues, ...unmet], last.text);
    if (derived.declined) throw declined(brief, derived, unmet);
    const guesses = derived.open.map(({ place }) => place);
    if (!settled(derived, team)) throw unsure(brief, derived, team, unbound, last?.issues);
    if (!carriesOut(derived)) throw failed(brief, "No plan can be derived", [...derived.issues, ...unmet], JSON.stringify(derived.plan));
    return {
      plan: derived.plan,
      by: "typed",
      notes: [...notes, ...settledNotes(derived, brief), ...derived.notes],
      ...(guesses.length ? { guesses } : {}),
    };
  }
}

const isChat = (model: ChatModel | DecisionModel): model is ChatModel => model.card.kind !== "decisions";
const notAsked = ({ id }: ChatModel | DecisionModel): string => `${id} was not asked: nothing was open that it may decide`;
const carriesOut = ({ issues, declined }: Derived): boolean => issues.length === 0 && declined === undefined;
/** Whether a plan is sure, or may be guessed; what acts on the world is never done on a guess. */
const settled = ({ standing, open, held }: Derived, { unsure }: Pick<Team, "unsure">): boolean =>
  held.length === 0 &&
  !open.some(isUnsafe) &&
  (standing === "sure" || unsure === "guess" || (unsure === undefined && standing === "guess"));
const stands = (derived: Derived, team: Pick<Team, "unsure">): boolean => carriesOut(derived) && settled(derived, team);
const isSure = (derived: Derived): boolean =>
  carriesOut(derived) && derived.standing === "sure" && derived.held.length === 0 && derived.open.length === 0;
const noPlanner = (none: string): readonly Issue[] => [{ code: "no-planner", path: [], message: `Nobody plans${none}` }];

function declined(brief: Brief, derived: Derived, unmet: readonly Issue[]): PlanError {
  const { declined, issues, plan } = derived;
  const line = settleLine(derived, brief);
  return new PlanError("PLAN_DECLINED", `${declined}, in a team of ${membersOf(brief)}`, {
    issues: [...issues, ...unmet],
    text: JSON.stringify(plan),
    hint: `Ask for what a member does, in the words of its name and sentence; or ${orElse([
      "give the team a member for it",
      "name or describe the wanted output like the member's field",
      ...(line ? [`settle the place: team({ ${line} })`] : []),
    ])}.`,
  });
}

/** The error prints open places with their likeliest sources, ready to paste, and what holds back who acts. */
function unsure(
  brief: Brief,
  derived: Derived,
  team: Pick<Team, "unsure">,
  unbound: readonly Role[],
  written: readonly Issue[] = [],
): PlanError {
  const { open, held, why, plan, issues, standing } = derived;
  const acting = [...new Set(held.flatMap(({ members }) => members))].join(" and ");
  const holds = held.length > 0 ? [`${acting} would act on the world, but ${held.map(({ why }) => why).join(", and ")}`] : [];
  const acts = held.length > 0 || open.some(isUnsafe);
  const places = [
    ...open.map(({ why }) => why),
    ...(acts ? holds : why.filter(({ of }) => !open.some(({ place }) => place === of)).map(({ said }) => said)),
  ];
  const line = settleLine(derived, brief);
  const ways = [
    ...(open.length > 0 ? ["say it in the request", "name or describe the argument"] : []),
    ...(acts
      ? []
      : [
          ...unbound.map((role) => `bind a model to the role ${role}`),
          "bind a decision model",
          standing === "guess" && team.unsure ? 'allow guesses: leave out unsure: "refuse"' : 'allow guesses with unsure: "guess"',
        ]),
    ...(line ? [`settle it, if it is meant so: team({ ${line} })`] : []),
  ];
  const hints = [...new Set(held.flatMap(({ remedy }) => remedy ?? [])), ...(ways.length > 0 ? [orElse(ways)] : [])];
  return new PlanError("PLAN_UNSURE", `It is not sure how the team of ${membersOf(brief)} is to do this: ${places.join("; ")}`, {
    issues: [
      ...open.map(({ place, why }) => ({ code: "open-place", path: [place], message: why })),
      ...held.map((one) => heldIssue(one)),
      ...issues,
      ...written,
    ],
    text: JSON.stringify(plan),
    hint: hints.map((one) => one[0]!.toUpperCase() + one.slice(1)).join(". "),
  });
}

const orElse = (ways: readonly string[]): string => [ways.slice(0, -1).join(", "), ways.at(-1)].filter(Boolean).join(", or ");
const membersOf = ({ members }: Brief): string => members.map(({ name }) => name).join(", ");

function failed(brief: Brief, what: string, issues: readonly Issue[], text: string): PlanError {
  const names = brief.members.map(({ name }) => name).join(", ");
  // A text that no task takes may say in words what is wanted.
  const idle = Object.values(brief.given).find(
    ({ name, schema }) =>
      schema.type === "string" && issues.some(({ code, names }) => code === "unused-input" && names?.input?.[0] === name),
  );
  const words =
    idle && brief.spare.length === 0 ? ` If ${idle.name} says what is wanted, tell the team so: team({ request: "${idle.name}" }).` : "";
  return new PlanError("PLAN_FAILED", `${what}, for a team of ${names}`, {
    issues,
    text,
    hint: `Give the team a member for what is missing, a more capable planner, or clearer names and descriptions.${words}`,
  });
}
