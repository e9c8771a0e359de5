import type { Plan } from "../../graph/plan.js";
import { type Finding, refused } from "../../marks/finding.js";
import { planFlow } from "../../marks/plan-flow.js";
import { standsIn } from "../../marks/stands-in.js";
import { stepsOf } from "../../schema/label.js";
import type { Brief } from "../brief.js";
import { withFindings } from "./findings.js";

/**
 * Refuses a plan of which something private would be told to a model elsewhere that composes. Not for its check to find: another plan, which
 * is not meant, would take the place of this one.
 * @throws TroupeError `PRIVATE_DATA`
 */
export function refuseLeak(plan: Plan, brief: Brief): void {
  const there = brief.composed?.elsewhere;
  if (there === undefined) return;
  const passages = Object.fromEntries(brief.members.flatMap(({ name, passage }) => (passage ? [[name, passage]] : [])));
  const flow = planFlow(withFindings(plan, brief), passages, brief.labels ?? {}, (literal) => standsIn(brief.vouched ?? "", literal));
  const [leak] = Object.entries(flow.output).flatMap(([field, { private: secret }]): Finding[] =>
    secret ? [{ code: "private-leak", field, steps: stepsOf({ step: there, from: secret }) }] : [],
  );
  if (leak) throw refused(leak);
}
