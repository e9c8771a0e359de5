import type { BaseMessageLike } from "@langchain/core/messages";
import { TroupeError } from "../error/error.js";
import { formatIssue, type Issue } from "../error/issue.js";
import type { Plan } from "../graph/plan.js";
import type { ChatModel } from "../model/model.js";
import type { Json, JsonSchema } from "../schema/json.js";
import type { Schema } from "../schema/schema.js";
import type { Context } from "../specialist/context.js";
import type { Brief } from "./brief.js";
import { checkPlan } from "./check-plan.js";
import { planSchema } from "./plan-schema.js";
import { planCorrection, planPrompt } from "./prompt.js";
import { planIn } from "./read/plan-in.js";
import { readPlan } from "./read/read-plan.js";
import { repair } from "./repair/repair.js";
import { unsettled } from "./unsettled.js";
import { untoldActs } from "./untold-acts.js";
import { untoldAddresses } from "./untold-addresses.js";
import { untoldValues } from "./untold-values.js";

/** How often a planner is asked again when its plan does not check. */
const again = 2;

/** A plan that a model wrote and that checks, or what is wrong with the last one it wrote. */
export type Written =
  | { readonly plan: Plan; readonly notes: readonly string[] }
  | { readonly issues: readonly Issue[]; readonly text: string };

/**
 * A plan as a planner model writes it, with a derived one as a proposal where there is one: written under a schema made from the
 * brief, read leniently, checked, repaired, asked for again with the issues. The number of calls is bounded whatever it writes.
 */
export async function writePlan(
  model: ChatModel,
  brief: Brief,
  proposal: Plan | undefined,
  notes: string[],
  ctx: Pick<Context, "generate" | "progress">,
): Promise<Written> {
  const first: BaseMessageLike = ["user", planPrompt(brief, proposal)];
  const schema = writtenPlan(planSchema(brief));
  let messages: readonly BaseMessageLike[] = [first];
  let text = "";
  let issues: readonly Issue[] = [];
  for (let attempt = 0; attempt <= again; attempt++) {
    ctx.progress(attempt === 0 ? "Planning" : "Planning again");
    const before = text;
    let written: Json;
    try {
      ({ text, value: written } = await ctx.generate({ model, prompt: messages, schema, read: planText(brief), temperature: 0 }));
    } catch (error) {
      if (!(error instanceof TroupeError) || error.code !== "ANSWER_INVALID") throw error;
      notes.push(`${model.id} wrote no plan`);
      return { issues: [{ code: "no-plan", path: [], message: "What the planner wrote is no plan" }], text: error.detail.text ?? text };
    }
    if (attempt > 0 && text === before) {
      notes.push(`${model.id} wrote the same plan again`);
      break;
    }
    const read = (await planIn(text, brief)) ?? readPlan(written, brief)!;
    issues = [...read.issues, ...checkPlan(read.plan, brief), ...(await untold(read.plan, brief, model.id))];
    const mended = repair(read.plan, brief);
    // A plan that is more repair than plan is not what anyone meant.
    const meant =
      issues.length === 0 || (mended.notes.length <= partsIn(mended.plan) && mended.plan.tasks.length * 2 >= read.plan.tasks.length);
    if (read.issues.length === 0 && mended.issues.length === 0 && meant && (await untold(mended.plan, brief, model.id)).length === 0) {
      return { plan: mended.plan, notes: [...mended.notes, ...untoldValues(mended.plan, brief, model.id).chosen] };
    }
    notes.push(`${model.id} wrote a plan with ${issues.length} ${issues.length === 1 ? "issue" : "issues"}: ${formatIssue(issues[0]!)}`);
    messages = [first, ["assistant", text.slice(0, 6000)], ["user", planCorrection(issues)]];
  }
  return { issues, text };
}

/** What a planner gives or does to the world and was not told to, and what it takes from elsewhere than it was told. */
const untold = async (plan: Plan, brief: Brief, by: string): Promise<readonly Issue[]> => [
  ...untoldAddresses(plan, brief),
  ...untoldValues(plan, brief, by).issues,
  ...(await untoldActs(plan, brief)),
  ...unsettled(plan, brief),
];

/** The tasks, arguments and outputs of a plan. */
const partsIn = ({ tasks, output }: Plan): number =>
  tasks.reduce((sum, { args }) => sum + 1 + Object.keys(args).length, Object.keys(output).length);

/** A plan that a text holds in whatever form. */
const planText =
  (brief: Brief) =>
  async (text: string): Promise<Json | undefined> =>
    (await planIn(text, brief))?.plan as Json | undefined;

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
