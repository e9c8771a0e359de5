import { callKey, planKey } from "../engine/learning.js";
import type { Message } from "../engine/message.js";
import type { RunState } from "../engine/state.js";
import { copyOf } from "../graph/copy-of.js";
import { dataOf } from "../graph/data.js";
import { TroupeError } from "../graph/error.js";
import type { Graph } from "../graph/graph.js";
import type { Json } from "../graph/json.js";
import type { Plan } from "../graph/plan.js";
import { refusals, unkeptOutputs } from "../marks/finding.js";
import { graphFlow } from "../marks/graph-flow.js";
import { passed } from "../marks/passed.js";
import { type PlanFlow, planFlow } from "../marks/plan-flow.js";
import { standsIn } from "../marks/stands-in.js";
import { vouchedWords } from "../marks/vouched-words.js";
import { Path } from "../path/path.js";
import { holdToCheck } from "../plan/hold-to-check.js";
import { acts } from "../specialist/acts.js";
import type { Specialist } from "../specialist/specialist.js";
import { type Call, callOf, renamed } from "./call-of.js";
import type { Stage } from "./context-for.js";
import type { Post } from "./drive.js";
import { errorOf } from "./failure.js";
import type { Guard } from "./guard.js";
import { type Asked, atOnce, type Live, overOf } from "./live.js";
import { fingerprint } from "./replay/fingerprint.js";
import { type Learner, learns } from "./replay/learns.js";
import { got, labelsOf } from "./seen.js";

/** What occurrences ask of the machine while they run: calls, plans, graphs inside, and what they learn. */
export interface Asking extends Pick<Stage, "call" | "plan" | "learn"> {
  /** Runs the graph that an occurrence is. */
  enter(live: Live, graph: Graph, input: Readonly<Record<string, Json>>): Promise<Record<string, unknown>>;
  /** Refuses an output before all is asked for again that acts on the world. */
  leaving(live: Live): void;
  /** What is asked for first is not asked for any more: the others are heard as they come. */
  loosen(live: Live): void;
}

export function asking(learner: Learner & { readonly state: RunState; readonly post: Post; readonly guard: Guard }): Asking {
  const { graph, state, post, guard, memoOf } = learner;
  const { passage, keepTo } = guard;
  const { record, diverge, heard, inTurn, learn, nondeterministic } = learns(learner);
  const occurrenceOf = ({ at }: Live) => state.occurrences.get(at);

  /** Puts a question to the machine; the answer comes in its turn. What has ended is refused. */
  const ask = (live: Live, at: Path, asked: Asked, message: Message): Promise<Record<string, unknown>> => {
    (live.asked ??= new Map()).set(at, asked);
    post(message);
    return asked.promise;
  };
  const refuseOver = (live: Live): void => {
    const over = overOf(live);
    if (over) throw over.reason;
  };

  /** What was asked before under this call's key was another thing; where either acts on the world, that is the end. */
  const changedCall = (live: Live, key: string, { specialist }: Call, print: string): boolean => {
    const before = memoOf(live).before(callKey(key));
    if (before?.input === undefined || (before.input === print && before.specialist === specialist.name)) return false;
    if (!before.acts && !acts(specialist)) return true;
    const other = before.specialist === specialist.name ? "with other input" : `of ${before.specialist}`;
    throw nondeterministic(live, `The call ${key} of ${specialist.name}, which acts on the world, was made before ${other}`);
  };

  /** What the journal has under a call's key, in its turn. */
  const knownCall = async (live: Live, key: string): Promise<Json | undefined> => {
    const answer = await memoOf(live).answer(callKey(key));
    if (answer?.error) throw errorOf(answer.error);
    const known = occurrenceOf(live)?.inside?.results.get(key);
    if (known !== undefined && !answer) await heard(live, { key: callKey(key) });
    return known;
  };

  const makeCall = (live: Live, key: string, called: Call, print: string, changed: boolean) => {
    refuseOver(live);
    const { at, attempt } = live;
    const { specialist, timeout, takes, input } = called;
    const asked = inTurn(live, { specialist, timeout, takes, input });
    if (changed) diverge(live, false);
    record(live);
    const effects = acts(specialist) ? { effects: true as const } : {};
    const told = { specialist: specialist.name, input: print, ...effects, ...(changed ? { anew: true as const } : {}) };
    return ask(live, Path.child(at, key), asked, { kind: "call", at, attempt, key, record: told });
  };

  const flowOf = (live: Live, plan: Plan, members: readonly Specialist[], input: Readonly<Record<string, unknown>>): PlanFlow => {
    const labels = labelsOf(live, input);
    const words = vouchedWords(live.specialist, input, labels);
    const passages = Object.fromEntries(members.map((member) => [member.name, passage(member)]));
    const flow = planFlow(plan, passages, labels, (literal) => standsIn(words, literal));
    keepTo(live, [...flow.found, ...unkeptOutputs(passage(live.specialist).gives, flow.output)]);
    return flow;
  };

  /** Another plan was made before for other input; where its members act on the world, that is the end. */
  const changedPlan = (live: Live, key: string, print: string): boolean => {
    const before = memoOf(live).before(key);
    if (before?.input === undefined || before.input === print) return false;
    if (!before.acts) return true;
    throw nondeterministic(live, `The plan ${key}, whose members act on the world, was made before for other input`);
  };

  return {
    learn,
    loosen: (live) => diverge(live, true),
    leaving(live) {
      if (!live.memo && !occurrenceOf(live)?.learning) return;
      const [unasked] = memoOf(live).unasked();
      if (unasked) throw nondeterministic(live, `${unasked.slice(1)} was asked for before, acts on the world, and is not asked for now`);
    },
    async enter(live, inner, input) {
      const { at, attempt } = live;
      const { takes, found } = graphFlow(inner, passage, live.takes);
      keepTo(live, found);
      refuseOver(live);
      const message: Message = { kind: "enter", at, attempt, data: dataOf(inner), program: inner, input };
      return ask(live, at, atOnce({ graph: inner, takes }), message);
    },
    async call(live, key, used, given) {
      if (!Path.isKey(key) || live.keys?.has(key)) {
        const what = live.keys?.has(key) ? `The key ${key} is used twice` : `The key "${key}" is empty or holds one of / @ # [ ]`;
        throw new TroupeError("KEY_INVALID", what, { graph, at: live.at, hint: "Give every ctx.call of an occurrence a name of its own." });
      }
      (live.keys ??= new Set()).add(key);
      const called = callOf(live, key, used, given, passage);
      const { specialist, takes } = called;
      keepTo(live, refusals(key, passage(specialist), takes));
      memoOf(live).enter();
      const print = fingerprint(state.key, called.input);
      const changed = changedCall(live, key, called, print);
      const known = changed ? undefined : await knownCall(live, key);
      const output = copyOf(known === undefined ? await makeCall(live, key, called, print, changed) : (known as Record<string, unknown>));
      got(live, output, passed(key, passage(specialist), takes));
      return renamed(output, used);
    },
    async plan(live, make, members, input) {
      const { at, attempt } = live;
      const memo = memoOf(live);
      memo.enter();
      const n = ++live.plans;
      const print = fingerprint(state.key, input);
      const changed = changedPlan(live, planKey(n), print);
      const answer = changed ? undefined : await memo.answer(planKey(n));
      if (answer?.error) throw errorOf(answer.error);
      const known = changed ? undefined : occurrenceOf(live)?.inside?.plans[n - 1]?.plan;
      const made = known ? undefined : await make(planKey(n));
      // A team's own is checked as it is made.
      if (made && !live.specialist.team) holdToCheck(made.plan, members, input);
      const plan = known ?? made!.plan;
      const flow = flowOf(live, plan, members, input);
      refuseOver(live);
      const opened = { members, takes: flow.takes };
      const asked = answer ? atOnce(opened) : inTurn(live, opened);
      if (changed) diverge(live, false);
      if (!memo.recording) memo.forgetMaking(planKey(n));
      if (made || !memo.recording) record(live);
      const effects = members.some((member) => acts(member) && plan.tasks.some((task) => task.member === member.name));
      const told = made && { plan, by: made.by, notes: made.notes, input: print, ...(effects ? { effects: true as const } : {}) };
      const output = await ask(live, Path.plan(at, n), asked, { kind: "plan", at, attempt, n, made: told, input });
      got(live, output, flow.output);
      return output;
    },
  };
}
