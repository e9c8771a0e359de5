import type { BaseMessageLike } from "@langchain/core/messages";
import { TroupeError } from "../graph/error.js";
import { formatIssue, type Issue } from "../graph/issue.js";
import type { Json, JsonSchema } from "../graph/json.js";
import type { Schema } from "../graph/schema.js";
import { isCapable } from "../model/is-capable.js";
import type { ChatModel, Role } from "../model/model.js";
import type { Context, MadePlan } from "../specialist/context.js";
import type { Team } from "../specialist/specialist.js";
import type { Brief } from "./brief.js";
import { checkPlan } from "./check-plan.js";
import { PlanError } from "./plan-error.js";
import { planSchema } from "./plan-schema.js";
import { planCorrection, planPrompt } from "./prompt.js";
import { planIn } from "./read/plan-in.js";
import { readPlan } from "./read/read-plan.js";
import { repair } from "./repair/repair.js";
import { sameWork } from "./same-work.js";
import { type WithoutModel, withoutModel } from "./without-model.js";

/** What planning needs of a specialist's context. */
export type Planning = Pick<Context, "generate" | "embed" | "model" | "progress">;

/** How often a planner is asked again when its plan does not check. */
const again = 2;

type Attempt = { readonly made: MadePlan } | { readonly issues: readonly Issue[]; readonly text: string };

/**
 * A plan that passes its check, each step cheaper than the next: the planner writes one under a schema made from the brief, it is
 * read leniently, checked, repaired, asked for again with the issues; then the stronger planner; then the typed plan. The number of
 * calls is bounded whatever the planner writes. Where the typed plan checks, the plan of a model that is not capable by its card can
 * only confirm it: a plan that checks can still be the wrong one.
 * @throws PlanError `PLAN_FAILED` with all issues of the last plan and its text, `PLAN_DECLINED` where no member does what is asked for
 */
export async function makePlan(brief: Brief, team: Omit<Team, "members">, ctx: Planning): Promise<MadePlan> {
  const embed = ctx.model("embeddings") ? (texts: readonly string[]) => ctx.embed(texts) : undefined;
  const typed = team.guide || team.planner === "typed" ? await withoutModel(brief, embed) : undefined;
  if (team.planner === "typed") {
    if (typed!.issues.length === 0) return { plan: typed!.plan, by: "typed", notes: typed!.notes };
    if (typed!.declined) throw declined(brief, typed!);
    throw failed(brief, "No plan can be made by matching types", typed!.issues, JSON.stringify(typed!.plan));
  }
  const notes: string[] = [];
  const unbound: Role[] = [];
  let last: { issues: readonly Issue[]; text: string } | undefined;
  for (const planner of [team.planner, ...(team.stronger ? [team.stronger] : [])]) {
    const model = typeof planner === "string" ? (ctx.model(planner) as ChatModel | undefined) : planner;
    if (!model) {
      unbound.push(planner as Role);
      continue;
    }
    const attempt = await askPlanner(model, brief, typed, notes, ctx);
    if ("made" in attempt) return attempt.made;
    last = attempt;
  }
  const none = unbound.length ? `: no model is bound to the role ${unbound.join(" or ")}` : "";
  if (typed && typed.issues.length === 0) {
    notes.push(`${last ? "Took the typed plan instead" : "Planned by types"}${none}`, ...typed.notes);
    return { plan: typed.plan, by: "typed", notes };
  }
  const issues = last?.issues ?? typed?.issues ?? [{ code: "no-planner", path: [], message: `Nobody plans${none}` }];
  throw failed(brief, "No planner gave a plan that can be carried out", issues, last?.text ?? "");
}

async function askPlanner(
  model: ChatModel,
  brief: Brief,
  typed: WithoutModel | undefined,
  notes: string[],
  ctx: Planning,
): Promise<Attempt> {
  const proposal = typed?.issues.length === 0 ? typed.plan : undefined;
  const first: BaseMessageLike = ["user", planPrompt(brief, proposal)];
  const schema = writtenPlan(planSchema(brief));
  let messages: readonly BaseMessageLike[] = [first];
  let text = "";
  let issues: readonly Issue[] = [];
  for (let attempt = 0; attempt <= again; attempt++) {
    // A weak planner is not asked to better a plan that stands already; its card may know its size only once it is loaded.
    if (attempt > 0 && proposal && !isCapable(model)) break;
    ctx.progress(attempt === 0 ? "Planning" : "Planning again");
    const before = text;
    let written: Json;
    try {
      ({ text, value: written } = await ctx.generate({ model, prompt: messages, schema, temperature: 0 }));
    } catch (error) {
      if (!(error instanceof TroupeError) || error.code !== "ANSWER_INVALID") throw error;
      notes.push(`${model.id} wrote no plan`);
      return { issues: [{ code: "no-plan", path: [], message: "What the planner wrote is no plan" }], text: error.detail.text ?? text };
    }
    if (attempt > 0 && text === before) {
      notes.push(`${model.id} wrote the same plan again`);
      break;
    }
    const read = (await planIn(text)) ?? readPlan(written)!;
    issues = [...read.issues, ...checkPlan(read.plan, brief)];
    const mended = repair(read.plan, brief);
    // A plan that is more repair than plan is not what anyone meant.
    const meant =
      issues.length === 0 || (mended.notes.length <= read.plan.tasks.length + 2 && mended.plan.tasks.length * 2 >= read.plan.tasks.length);
    if (read.issues.length === 0 && mended.issues.length === 0 && meant) {
      if (proposal && !isCapable(model) && !sameWork(mended.plan, proposal)) {
        notes.push(`${model.id} planned otherwise than by types, and is too small a model to be believed in that`);
        break;
      }
      return { made: { plan: mended.plan, by: model.id, notes: [...notes, ...read.notes, ...mended.notes] } };
    }
    notes.push(`${model.id} wrote a plan with ${issues.length} ${issues.length === 1 ? "issue" : "issues"}: ${formatIssue(issues[0]!)}`);
    messages = [first, ["assistant", text.slice(0, 6000)], ["user", planCorrection(issues)]];
  }
  return { issues, text };
}

/** Shows a model the schema of plans, and takes whatever reads as a plan: check and repair do the rest. */
function writtenPlan(json: JsonSchema): Schema<Json> {
  return {
    "~standard": {
      version: 1,
      vendor: "troupe",
      jsonSchema: { input: () => ({ ...json }), output: () => ({ ...json }) },
      validate: (value: unknown) =>
        readPlan(value as Json) ? { value: value as Json } : { issues: [{ message: 'expected a plan: {"tasks": […], "output": {…}}' }] },
    } as Schema<Json>["~standard"],
  };
}

function declined({ members }: Brief, { issues, plan }: WithoutModel): PlanError {
  const names = members.map(({ name }) => name).join(", ");
  return new PlanError("PLAN_DECLINED", `${issues[0]!.message}, in a team of ${names}`, {
    issues,
    text: JSON.stringify(plan),
    hint: "Ask for what a member does, in the words of its name and sentence, or give the team a member for it.",
  });
}

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
