import { TroupeError } from "../error/error.js";
import { messageOf } from "../error/message-of.js";
import { type Elsewhere, unbound } from "../marks/elsewhere.js";
import { passageOf } from "../marks/passage.js";
import { entryLabels } from "../marks/passed.js";
import { vouchedWords } from "../marks/vouched-words.js";
import type { ChatModel, DecisionModel, Role } from "../model/model.js";
import { modelFor } from "../model/model-for.js";
import { isRecord } from "../schema/say.js";
import type { InputOf, OutputOf, Schema } from "../schema/schema.js";
import type { Context, MadePlan } from "../specialist/context.js";
import type { KeptPlans, Specialist, Team } from "../specialist/specialist.js";
import { type Brief, briefOf } from "./brief.js";
import { composed } from "./compose/composed.js";
import { withFindings } from "./compose/findings.js";
import { toCompose } from "./compose/to-compose.js";
import { keep, recall } from "./keep/recall.js";
import { makePlan, type Planning } from "./make-plan.js";
import { teamOf } from "./team-of.js";

export interface TeamCard<In extends Schema, Out extends Schema> {
  readonly name: string;
  /** What the team is for; planners read it. Beside a `request` that speaks of members it asks for nothing, and says only values left open. */
  readonly does: string;
  /**
   * Who splits the work: `typed` matches types, names and descriptions without a model; else a chat model, or the role of one, which
   * writes a plan where it is large enough; or a decision model, which is asked only what types, names and descriptions leave open. A role
   * that is not bound leaves the work to the typed planner. Default: `typed`.
   */
  readonly planner?: "typed" | ChatModel | DecisionModel | Role;
  readonly members: readonly Specialist[];
  readonly input: In;
  readonly output: Out;
  /**
   * Asked only what is left: a decision model (`chatDecisions(model)` makes one of any chat model) what the role `decisions` and the planner
   * leave open, place by place; a chat model for a whole plan, where the planner's stay flawed or places stay open.
   */
  readonly stronger?: ChatModel | DecisionModel | Role;
  /** `false` keeps the derived plan out: neither proposed to the planner nor taken in place of a bad one. */
  readonly guide?: boolean;
  /**
   * What is done with a derived plan that is not sure. By default it is carried out, and its notes say that it is a guess, unless it is what
   * is meant in fewer than one of ten such (one of five where no output is named) or has another about as likely beside it: then the run
   * fails with `PLAN_UNSURE`. With `guess` the likeliest is carried out then too; with `refuse` none that is not sure is. Members that act on
   * the world are never guessed for.
   */
  readonly unsure?: "guess" | "refuse";
  /** Where places of plans take their value from, settled for good: `{ "translate.text": "summarize.summary", "send.to": "input.address" }`. */
  readonly settle?: Readonly<Record<`${string}.${string}`, `${string}.${string}`>>;
  /** The input field that says in words what is wanted this time. Tasks may use it and need not. */
  readonly request?: keyof OutputOf<In> & string;
  /**
   * Outputs that no member gives: once the tasks are done, a chat model is asked once and writes them from the input and what all tasks gave.
   * Figures, addresses and codes that neither says are refused. `by` is the model or the role of one: `{ outputs: ["answer"], by: "planner" }`.
   */
  readonly compose?: { readonly outputs: readonly (keyof OutputOf<Out> & string)[]; readonly by: ChatModel | Role };
  /** Where plans that worked are kept, so that no planner is asked again for the same request, or one in the same words: `keptPlans(file)`. */
  readonly kept?: KeptPlans;
}

/**
 * A specialist whose work is split into tasks for its members, anew for each run. Every input that is given is used; the plan is
 * checked and journalled before its first task.
 * @throws TroupeError `TEAM_INVALID` when two members have one name, one is called `input` or `output`, or there is none. A run fails with `PLAN_FAILED` when no plan
 * can be made, with `PLAN_DECLINED` when no member does what is asked for, with `PLAN_UNSURE` when the likeliest plan is too unlikely, and
 * with `ANSWER_UNFOUNDED` when what is composed says what nobody gave.
 * @example
 * const desk = team({
 *   name: "desk",
 *   does: "Turns a memo into a summary",
 *   members: [transcribe, summarize],
 *   input: z.object({ memo: media.audio() }),
 *   output: z.object({ summary: z.string() }),
 * });
 */
export function team<In extends Schema, Out extends Schema>(
  card: TeamCard<In, Out>,
): Specialist<InputOf<In> & object, OutputOf<Out> & object> {
  // Whatever else untyped code gives is kept for `check` to name.
  const {
    name,
    does,
    planner = "typed",
    members,
    input,
    output,
    stronger,
    guide = true,
    unsure,
    settle,
    request,
    compose,
    ...rest
  } = Object(card) as typeof card;
  const title = typeof name === "string" ? name : "without a name";
  if (!Array.isArray(members)) {
    const hint = "Write team({ name, does, members: [readPage, summarize], input, output }).";
    throw new TroupeError("TEAM_INVALID", `The team ${title} has no list of members`, { hint });
  }
  const names = members.map((member) => Object(member).name as unknown).filter((one) => typeof one === "string");
  const reserved = names.find((one) => one === "input" || one === "output");
  if (reserved !== undefined)
    throw new TroupeError("TEAM_INVALID", `A member of the team ${title} has the name ${reserved}`, {
      hint: `Give it another name: plans call what the team ${reserved === "input" ? "is given" : "gives"} so.`,
    });
  const twice = names.find((one, i) => names.indexOf(one) < i);
  if (twice !== undefined || members.length === 0) {
    const what = twice === undefined ? `The team ${title} has no members` : `Two members of the team ${title} have the name ${twice}`;
    const hint =
      twice === undefined ? "Give it the specialists that do the work." : "Give one of them another name: plans name members by it.";
    throw new TroupeError("TEAM_INVALID", what, { hint });
  }
  const made: Specialist = Object.freeze({
    name,
    does,
    input,
    output,
    team: Object.freeze({
      ...rest,
      planner,
      members: Object.freeze([...members]),
      guide,
      ...(stronger === undefined ? {} : { stronger }),
      ...(unsure === undefined ? {} : { unsure }),
      ...(settle === undefined ? {} : { settle: isRecord(settle) ? Object.freeze({ ...settle }) : settle }),
      ...(request === undefined ? {} : { request }),
      ...(compose === undefined ? {} : { compose: isRecord(compose) ? Object.freeze({ ...compose }) : compose }),
    }),
    run: async (values: Record<string, unknown>, ctx) => {
      let fresh: MadePlan | undefined;
      const brief = briefFor(made, values, ctx);
      // Nobody works where nobody could write the answer.
      if (typeof compose?.by === "string") modelFor({ [compose.by]: ctx.model(compose.by) }, compose.by, "chat");
      const output = await ctx.plan(
        async (making) => {
          const known = (await recalled(brief, made.team!)) ?? (fresh = await makePlan(brief, made.team!, making));
          if (!compose) return known;
          const ready = toCompose(known, brief, compose, ctx);
          return { ...ready, plan: withFindings(ready.plan, brief) };
        },
        members,
        values,
      );
      // The work is done, whether or not its plan is kept.
      if (fresh && made.team!.kept) await keep(fresh, brief, made.team!.kept, settle).catch((error) => ctx.progress(messageOf(error)));
      return (compose ? await composed(made, brief, values, output, ctx) : output) as OutputOf<Out> & object;
    },
  } satisfies Specialist);
  return made;
}

/**
 * The plan a team would carry out for an input; without one, for any input that has all fields.
 * @throws PlanError `PLAN_FAILED`, `PLAN_DECLINED`, and `PRIVATE_DATA` where a model elsewhere would compose from what is private
 * @example
 * const { plan, by, notes } = await planFor(desk, { memo }, ctx); // inside a specialist's `run`
 */
export async function planFor(
  specialist: Specialist,
  values: Readonly<Record<string, unknown>> | undefined,
  ctx: Planning,
): Promise<MadePlan> {
  const { team } = teamOf(specialist, "Plans are made for what `team(…)` gives.");
  const brief = briefFor(specialist, values, { model: (role) => ctx.model(role) });
  const known = (await recalled(brief, team)) ?? (await makePlan(brief, team, ctx));
  return team.compose ? toCompose(known, brief, team.compose, ctx) : known;
}

async function recalled(brief: Brief, { kept, settle }: Team): Promise<MadePlan | undefined> {
  return kept && recall(brief, kept, settle);
}

/**
 * What a team's planner is told for an input; without one, for any input that has all fields. `known` says what the run knows of where
 * the input comes from, and which models play which roles; without it, marks alone tell.
 */
export function briefFor(
  specialist: Specialist,
  values?: Readonly<Record<string, unknown>>,
  known: Partial<Pick<Context, "labels" | "model">> = {},
): Brief {
  const { does, input, output, team } = specialist;
  const { members, request, compose, settle } = team!;
  const elsewhere: Elsewhere = known.model ? (one) => unbound(typeof one === "string" ? (known.model!(one) ?? one) : one) : unbound;
  const labels = known.labels ?? entryLabels(passageOf(specialist, elsewhere));
  const said = request === undefined ? undefined : values?.[request];
  return briefOf({
    ...(typeof said === "string" ? { request: `${does}: ${said}`, asked: said } : { request: does }),
    members,
    input,
    output,
    ...(values ? { values } : {}),
    ...(request === undefined ? {} : { spare: [request] }),
    labels,
    vouched: vouchedWords(specialist, values, labels),
    elsewhere,
    ...(compose ? { compose } : {}),
    ...(settle ? { settle } : {}),
  });
}
