import type { Issue } from "../graph/issue.js";
import type { Plan } from "../graph/plan.js";
import type { Brief } from "./brief.js";
import { checkPlan } from "./check-plan.js";
import { derive } from "./derive/derive.js";
import type { Embed } from "./derive/likeness.js";
import { fromWords } from "./words/from-words.js";

export interface WithoutModel {
  readonly plan: Plan;
  /** What is wrong with it; empty where it can be carried out. */
  readonly issues: readonly Issue[];
  readonly notes: readonly string[];
  /** No member does anything that is asked for. */
  readonly declined?: true;
}

/** What is planned without a planner model: by derivation, or where a request is all that is given and nothing else says what is wanted, from its words. */
export async function withoutModel(brief: Brief, embed?: Embed): Promise<WithoutModel> {
  const alone = Object.keys(brief.wanted).length === 0 && Object.keys(brief.given).every((name) => brief.spare.includes(name));
  if (!alone) return derive(brief, embed);
  const { plan, asked, open, notes } = await fromWords({ ...brief, request: brief.asked ?? brief.request }, embed);
  if (asked.length === 0) {
    const message = `No member does what is asked for: "${brief.asked ?? brief.request}"`;
    return { plan, declined: true, issues: [{ code: "not-asked", path: [], message }], notes };
  }
  const guesses = open.filter(({ guess }) => guess !== undefined);
  return { plan, issues: [...checkPlan(plan, brief), ...guesses.map((one) => guessed(one, plan))], notes };
}

function guessed({ task, member, argument }: { task: string; member: string; argument: string }, plan: Plan): Issue {
  return {
    code: "guessed-argument",
    path: ["tasks", plan.tasks.findIndex(({ id }) => id === task), "args", argument],
    names: { task: [task], member: [member], argument: [argument] },
    message: `The request does not say what the argument "${argument}" of ${member} is`,
    hint: "Say it in the request.",
  };
}
