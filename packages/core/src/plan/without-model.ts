import type { Issue } from "../error/issue.js";
import type { Plan } from "../graph/plan.js";
import type { Brief } from "./brief.js";
import { checkPlan } from "./check-plan.js";
import { type Derived, derive, type Open, type Tools } from "./derive/derive.js";
import type { Hold } from "./derive/held.js";
import { fromWords } from "./words/from-words.js";
import { heldInWords } from "./words/held-in-words.js";
import { type SaidBeside, saidBeside } from "./words/said-beside.js";

/** What is planned without a planner model: by derivation, or where a request is all that is given and nothing else says what is wanted, from its words. */
export async function withoutModel(brief: Brief, tools: Tools): Promise<Derived> {
  const alone = Object.keys(brief.wanted).length === 0 && Object.keys(brief.given).every((name) => brief.spare.includes(name));
  if (!alone) return derive(brief, tools);
  const request = brief.asked ?? brief.request;
  const { plan, asked, open, notes } = await fromWords({ ...brief, request }, tools.embed);
  const bare = { plan, candidates: [], settled: [], why: [], asked: [] } as const;
  if (asked.length === 0) {
    const message = `No member does what is asked for: "${request}"`;
    return {
      ...bare,
      standing: "refused",
      declined: message,
      issues: [{ code: "not-asked", path: [], message }],
      notes,
      open: [],
      held: [],
    };
  }
  const left = saidBeside(plan, request);
  const whyLeft = ({ member, argument, held, beside }: SaidBeside) =>
    `the request says "${beside}" beside "${held}", and ${member}.${argument} takes "${held}" alone`;
  return {
    ...bare,
    standing: left.length > 0 ? "guess" : "sure",
    issues: [...checkPlan(plan, brief), ...open.filter(({ guess }) => guess !== undefined).map((one) => guessed(one, plan))],
    notes: [...notes, ...left.map((one) => `The plan is a guess: ${whyLeft(one)}`)],
    open: left.map((one) => openAt(one, whyLeft(one), brief)),
    held: [
      ...heldInWords(asked, request),
      ...left.flatMap((one): Hold[] => {
        const members = plan.tasks
          .map(({ member }) => member)
          .filter((name) => brief.members.some((card) => card.name === name && card.effects));
        return members.length > 0 ? [{ why: whyLeft(one), remedy: "Ask for one value at a time", members }] : [];
      }),
    ],
  };
}

/** A place that holds one of several values that are said for it. */
const openAt = ({ member, argument, held }: SaidBeside, why: string, { members }: Brief): Open => ({
  place: `${member}.${argument}`,
  source: JSON.stringify(held),
  by: "words",
  acts: members.some(({ name, effects }) => name === member && effects),
  feeds: false,
  bare: false,
  shared: false,
  told: false,
  affinity: 1,
  apart: false,
  why,
});

function guessed({ task, member, argument }: { task: string; member: string; argument: string }, plan: Plan): Issue {
  return {
    code: "guessed-argument",
    path: ["tasks", plan.tasks.findIndex(({ id }) => id === task), "args", argument],
    names: { task: [task], member: [member], argument: [argument] },
    message: `The request does not say what the argument "${argument}" of ${member} is`,
    hint: "Say it in the request.",
  };
}
