import { planKey } from "../engine/learning.js";
import type { Plan } from "../graph/plan.js";
import { withinLimits } from "../limits/within-limits.js";
import { unkeptOutputs } from "../marks/finding.js";
import { type PlanFlow, planFlow } from "../marks/plan-flow.js";
import { standsIn } from "../marks/stands-in.js";
import { vouchedWords } from "../marks/vouched-words.js";
import { Path } from "../path/path.js";
import { holdToCheck } from "../plan/hold-to-check.js";
import { acts } from "../specialist/acts.js";
import type { MadePlan } from "../specialist/context.js";
import type { Specialist } from "../specialist/specialist.js";
import { type Asker, ask, occurrenceOf } from "./asker.js";
import { expected } from "./expected.js";
import { errorOf } from "./failure.js";
import { atOnce, type Live, refuseOver } from "./live.js";
import { fingerprint } from "./replay/fingerprint.js";
import { got, labelsOf } from "./seen.js";

type Values = Readonly<Record<string, unknown>>;
type Make = (key: string) => Promise<MadePlan>;

/** Carries out a plan: the journal's, else the one that `make` gives. @throws TroupeError `NONDETERMINISTIC`, `LIMIT_CROSSED`, those of `holdToCheck` */
export async function askPlan(asker: Asker, live: Live, make: Make, members: readonly Specialist[], input: Values) {
  const { at, attempt } = live;
  refuseOver(live);
  withinLimits(input, asker.limits, { graph: asker.graph, at });
  const memo = asker.memoOf(live);
  memo.enter();
  const n = ++live.plans;
  const print = fingerprint(asker.state.key, input);
  const changed = isChanged(asker, live, planKey(n), print);
  const answer = changed ? undefined : await memo.answer(planKey(n));
  if (answer?.error) throw errorOf(answer.error);
  const known = changed ? undefined : occurrenceOf(asker, live)?.inside?.plans[n - 1]?.plan;
  const made = known ? undefined : await madePlan(live, () => make(planKey(n)), members, input);
  const plan = known ?? expected(made, "plan").plan;
  const flow = flowOf(asker, live, plan, members, input);
  refuseOver(live);
  const opened = { members, takes: flow.takes };
  const asked = answer ? atOnce(opened) : asker.inTurn(live, opened);
  if (changed) asker.diverge(live, false);
  if (!memo.recording) memo.forgetMaking(planKey(n));
  if (made || !memo.recording) asker.record(live);
  const effects = members.some((member) => acts(member) && plan.tasks.some((task) => task.member === member.name));
  const told = made && {
    plan,
    by: made.by,
    notes: made.notes,
    ...(made.guesses ? { guesses: made.guesses } : {}),
    input: print,
    ...(effects ? { effects: true as const } : {}),
  };
  const output = await ask(asker, live, Path.plan(at, n), asked, { kind: "plan", at, attempt, n, made: told, input });
  got(live, output, flow.output);
  return output;
}

/** A team's own is checked as it is made. */
async function madePlan({ specialist }: Live, make: () => Promise<MadePlan>, members: readonly Specialist[], input: Values) {
  const made = await make();
  return specialist.team ? made : holdToCheck(made, members, input);
}

function flowOf({ guard }: Asker, live: Live, plan: Plan, members: readonly Specialist[], input: Values): PlanFlow {
  const labels = labelsOf(live, input);
  const words = vouchedWords(live.specialist, input, labels);
  const passages = Object.fromEntries(members.map((member) => [member.name, guard.passage(member)]));
  const flow = planFlow(plan, passages, labels, (literal) => standsIn(words, literal));
  guard.keepTo(live, [...flow.found, ...unkeptOutputs(guard.passage(live.specialist).gives, flow.output)]);
  return flow;
}

/** Another plan was made before for other input; where its members act on the world, that is the end. */
function isChanged({ memoOf, nondeterministic }: Asker, live: Live, key: string, print: string): boolean {
  const before = memoOf(live).before(key);
  if (before?.input === undefined || before.input === print) return false;
  if (!before.acts) return true;
  throw nondeterministic(live, `The plan ${key}, whose members act on the world, was made before for other input`);
}
