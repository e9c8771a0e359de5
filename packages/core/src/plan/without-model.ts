import type { Issue } from "../error/issue.js";
import type { Plan } from "../graph/plan.js";
import type { Brief } from "./brief.js";
import { checkPlan } from "./check-plan.js";
import { type Derived, derive, type Tools } from "./derive/derive.js";
import { fromWords } from "./words/from-words.js";
import { heldInWords } from "./words/held-in-words.js";

/** What is planned without a planner model: by derivation, or where a request is all that is given and nothing else says what is wanted, from its words. */
export async function withoutModel(brief: Brief, tools: Tools): Promise<Derived> {
  const alone = Object.keys(brief.wanted).length === 0 && Object.keys(brief.given).every((name) => brief.spare.includes(name));
  if (!alone) return derive(brief, tools);
  const request = brief.asked ?? brief.request;
  const { plan, asked, open, notes } = await fromWords({ ...brief, request }, tools.embed);
  if (asked.length === 0) {
    const message = `No member does what is asked for: "${request}"`;
    return {
      plan,
      candidates: [],
      standing: "refused",
      declined: message,
      issues: [{ code: "not-asked", path: [], message }],
      notes,
      settled: [],
      open: [],
      why: [],
      held: [],
      asked: [],
    };
  }
  const guesses = open.filter(({ guess }) => guess !== undefined);
  return {
    plan,
    candidates: [],
    standing: "sure",
    issues: [...checkPlan(plan, brief), ...guesses.map((one) => guessed(one, plan))],
    notes,
    settled: [],
    open: [],
    why: [],
    held: heldInWords(asked, request),
    asked: [],
  };
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
