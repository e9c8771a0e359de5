import type { Issue } from "../error/issue.js";
import type { Plan } from "../graph/plan.js";
import type { Brief } from "./brief.js";
import { checkPlan } from "./check-plan.js";
import { type Derived, derive, type Open, type Tools } from "./derive/derive.js";
import type { Hold } from "./derive/held.js";
import { fromWords } from "./words/from-words.js";
import { heldInWords } from "./words/held-in-words.js";
import { narrowed } from "./words/narrowed.js";
import { notTaken } from "./words/not-taken.js";
import { saidBeside } from "./words/said-beside.js";

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
  const over = notTaken(plan, brief, request);
  const acting = plan.tasks.map(({ member }) => member).filter((name) => brief.members.some((card) => card.name === name && card.effects));
  const left: readonly Left[] = [
    ...saidBeside(plan, request).map(({ member, argument, held, beside }) => ({
      member,
      argument,
      source: JSON.stringify(held),
      why: `the request says "${beside}" beside "${held}", and ${member}.${argument} takes "${held}" alone`,
      remedy: "Ask for one value at a time",
    })),
    ...over.flatMap(({ place, said }) =>
      place
        ? [
            {
              ...place,
              source: "nothing",
              why: `no task takes the "${said}" that is said, though ${place.member}.${place.argument} could`,
              remedy: `Say beside "${said}" what it is for, a day with its year, or leave it out`,
            },
          ]
        : [],
    ),
  ];
  const more = narrowed(asked, plan, brief, request)
    .filter((one) => !over.some(({ start, end }) => one.start < end && start < one.end))
    .map((one) => ({ ...one, said: request.slice(one.start, one.end), when: false }));
  const nowhere = [...over.filter(({ place }) => !place), ...more].map((one) => ({
    ...one,
    why: `no task takes the "${one.said}" that is said, and none could`,
  }));
  // A day is a day for all that is asked for; what else is said beside somebody who only looks is said for them.
  const others = asked.filter(({ member }) => !acting.includes(member.name)).flatMap(({ parts }) => parts);
  const forActs = nowhere.filter(({ when, start }) => when || !others.some((part) => part.start <= start && start < part.end));
  const issues = [...checkPlan(plan, brief), ...open.filter(({ guess }) => guess !== undefined).map((one) => guessed(one, plan))];
  return {
    ...bare,
    standing: left.length > 0 ? "guess" : "sure",
    issues,
    notes: [...notes, ...left.map(({ why }) => `The plan is a guess: ${why}`), ...nowhere.map(({ why }) => why)],
    open: left.map((one) => openAt(one, brief)),
    held: [
      ...heldInWords(asked, request),
      ...[
        ...left,
        // Where an argument is missing, that is what to mend.
        ...forActs
          .filter(({ when }) => when || issues.length === 0)
          .map(({ said, why }) => ({ why, remedy: `Give ${acting.join(" or ")} an argument for it, or leave "${said}" out` })),
      ].flatMap(({ why, remedy }): Hold[] => (acting.length > 0 ? [{ why, remedy, members: acting }] : [])),
    ],
  };
}

/** Something that a request says and a plan leaves, with the place where it might stand, and what stands there instead. */
interface Left {
  readonly member: string;
  readonly argument: string;
  readonly source: string;
  readonly why: string;
  readonly remedy: string;
}

const openAt = ({ member, argument, source, why }: Left, { members }: Brief): Open => ({
  place: `${member}.${argument}`,
  source,
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
