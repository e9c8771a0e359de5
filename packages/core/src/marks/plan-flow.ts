import { type Argument, isRef, type Plan } from "../graph/plan.js";
import type { Json } from "../schema/json.js";
import { joined, type Label, type Labels } from "../schema/label.js";
import { type Finding, refusals } from "./finding.js";
import type { Passage } from "./passage.js";
import { arrived, passed } from "./passed.js";

/** Where the values of a plan come from. */
export interface PlanFlow {
  /** Labels of what a task is given. */
  takes(task: string): Labels;
  readonly output: Labels;
  /** What the plan may not do, with the task it is at. */
  readonly found: readonly (Finding & { readonly task: string })[];
}

/** Follows labels along a plan's refs. `said` tells whether a literal stands in words that are trusted; what is no ref is public. */
export function planFlow(
  plan: Plan,
  passages: Readonly<Record<string, Passage>>,
  given: Labels,
  said: (literal: Json) => boolean,
): PlanFlow {
  const gives = new Map<string, Labels>();
  const under = new Set<string>();
  const of = (member: string): Passage | undefined => (Object.hasOwn(passages, member) ? passages[member] : undefined);
  const takes = (id: string): Labels => {
    const task = plan.tasks.find((one) => one.id === id);
    const passage = task && of(task.member);
    const labels = Object.entries(task?.args ?? {}).map(([name, argument]) => [name, labelOf(argument, `${id}.${name}`)] as const);
    return passage ? arrived(task.member, passage, Object.fromEntries(labels)) : {};
  };
  const outputOf = (id: string): Labels => {
    const known = gives.get(id);
    if (known) return known;
    const task = plan.tasks.find((one) => one.id === id);
    const passage = task && of(task.member);
    // Tasks that wait for one another, and those of nobody, are issues of their own.
    if (!passage || under.has(id)) return {};
    under.add(id);
    const labels = passed(task!.member, passage, takes(id));
    under.delete(id);
    gives.set(id, labels);
    return labels;
  };
  const labelOf = (argument: Argument, at: string): Label => {
    if (isRef(argument)) {
      const [head = "", field = ""] = argument.ref.split(".");
      return (head === "input" ? given : outputOf(head))[field] ?? {};
    }
    if (Array.isArray(argument)) return joined(argument.map((one) => labelOf(one as Argument, at)));
    return said(argument as Json) ? {} : { untrusted: { step: `the literal at ${at}` } };
  };
  const found = plan.tasks.flatMap((task): PlanFlow["found"] => {
    const passage = of(task.member);
    return passage ? refusals(task.member, passage, takes(task.id)).map((one) => ({ ...one, task: task.id })) : [];
  });
  const output = Object.fromEntries(Object.entries(plan.output).map(([name, argument]) => [name, labelOf(argument, `output.${name}`)]));
  return { takes, output, found };
}
