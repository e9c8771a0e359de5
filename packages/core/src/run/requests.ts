import { restart } from "../engine/engine.js";
import type { RunRecord } from "../engine/record.js";
import type { Command } from "../engine/state.js";
import { dataOf } from "../graph/data.js";
import { TroupeError } from "../graph/error.js";
import { isPlain } from "../graph/frozen-copy.js";
import type { Graph } from "../graph/graph.js";
import type { Json } from "../graph/json.js";
import { joined, stepsOf } from "../graph/label.js";
import { type Finding, refusals, refused, unkeptOutputs } from "../marks/finding.js";
import { graphFlow } from "../marks/graph-flow.js";
import { passageOf } from "../marks/passage.js";
import { passed } from "../marks/passed.js";
import { planFlow } from "../marks/plan-flow.js";
import { standsIn } from "../marks/stands-in.js";
import { vouchedWords } from "../marks/vouched-words.js";
import { holdToCheck } from "../plan/hold-to-check.js";
import { acts } from "../specialist/acts.js";
import type { Specialist } from "../specialist/specialist.js";
import { callOf, renamed } from "./call-of.js";
import type { Stage } from "./context-for.js";
import { copyOf } from "./copy-of.js";
import { deferred } from "./deferred.js";
import { errorOf } from "./failure.js";
import type { OpenCall, OpenFrame } from "./job.js";
import { type Live, spentBy } from "./live.js";
import { fingerprint } from "./replay/fingerprint.js";
import { learns } from "./replay/learns.js";
import { got, labelsOf } from "./seen.js";
import type { SessionOptions } from "./session.js";

/** The part of a session that requests work on. */
export interface Requested {
  readonly options: SessionOptions;
  readonly live: ReadonlyMap<string, Live>;
  readonly frames: Map<string, OpenFrame>;
  readonly calls: Map<string, OpenCall>;
  readonly listen: Stage["listen"];
  /** Runs a step in its turn; it is left out once the run is over. */
  readonly enqueue: (step: () => Promise<void>) => Promise<void>;
  readonly take: (record: RunRecord) => Promise<void>;
  readonly obey: (commands: readonly Command[]) => Promise<void>;
}

/** What occurrences ask of a session while they run: calls, plans, graphs inside. Each takes its turn in the session's queue. */
export function requests({ options, live, frames, calls, listen, enqueue, take, obey }: Requested) {
  const { graph, hold, run, memory } = options;

  /** Takes a turn for an occurrence that asks for something; one that has ended meanwhile is refused. */
  const enqueueFor = async (occurrence: Live, step: () => Promise<void>): Promise<void> => {
    const { at, controller } = occurrence;
    let heard = false;
    await enqueue(async () => {
      heard = live.get(at) === occurrence;
      if (heard) await step();
    });
    if (!heard) throw controller.signal.reason ?? hasEnded(at);
  };

  const { record, diverge, heard, loosen, inTurn, learn, nondeterministic } = learns({ graph: graph.name, take, enqueueFor });

  /** Opens a frame with a record, or takes up the one the journal has; gives what comes of it. In a step of the queue. */
  const open = async (owner: string, frame: OpenFrame, record: RunRecord | undefined): Promise<void> => {
    frames.set(owner, frame);
    await (record ? take(record) : obey(restart(memory.engine, owner)));
  };

  /** The graph of a node is in the run's first record already; only one that a call brings is recorded with it. */
  const enter = async (occurrence: Live, inner: Graph, input: Readonly<Record<string, Json>>) => {
    const { at } = occurrence;
    const { takes, found } = graphFlow(inner, passage, occurrence.takes);
    await keepTo(occurrence, found);
    const graph =
      calls.has(at) || memory.engine.frames.get(at.slice(0, at.lastIndexOf("/")))?.kind === "plan" ? { graph: dataOf(inner) } : {};
    const outcome = deferred<Record<string, unknown>>();
    const entered: RunRecord | undefined = memory.values.has(at) ? undefined : { kind: "entered", at, input, ...graph };
    await enqueueFor(occurrence, () => open(at, { graph: inner, input, takes, outcome }, entered));
    return outcome.promise;
  };

  const passage = (specialist: Specialist) => passageOf(specialist, options.elsewhere);

  /** Ends an occurrence that would bring a value where a mark forbids it, and says so in the journal. */
  const keepTo = async (occurrence: Live, [first]: readonly Finding[]): Promise<void> => {
    if (!first) return;
    const { at } = occurrence;
    await enqueueFor(occurrence, () => take({ kind: "flagged", at, what: first.code, way: first.steps }));
    throw refused(first, { graph: graph.name, at });
  };

  const stage: Stage = {
    run: `${hold.thread}/${run}`,
    models: options.models,
    services: options.services,
    limits: options.limits,
    trust: options.trust,
    listen,
    async permit(occurrence, model) {
      const { private: secret } = occurrence;
      if (!secret || model.card.local) return;
      await keepTo(occurrence, [{ code: "private-leak", field: "", steps: stepsOf({ step: model.id, from: secret }) }]);
    },
    async call(occurrence, key, used, given) {
      const at = `${occurrence.at}/${key}`;
      if (key === "" || /[/@#[\]]/.test(key) || occurrence.keys.has(key)) {
        const what = occurrence.keys.has(key) ? `The key ${key} is used twice` : `The key "${key}" is empty or holds one of / @ # [ ]`;
        const hint = "Give every ctx.call of an occurrence a name of its own.";
        throw new TroupeError("KEY_INVALID", what, { graph: graph.name, at: occurrence.at, hint });
      }
      occurrence.keys.add(key);
      const { specialist, input, takes, timeout } = callOf(occurrence, key, used, given, passage);
      await keepTo(occurrence, refusals(key, passage(specialist), takes));
      const gave = (output: object) => {
        got(occurrence, output, passed(key, passage(specialist), takes));
        return renamed(output, used);
      };
      const { memo } = occurrence;
      memo.enter();
      const step = `/${key}`;
      const print = fingerprint(memory.key, input);
      const before = memo.before(step);
      const changed = before?.input !== undefined && (before.input !== print || before.specialist !== specialist.name);
      if (changed && (before.acts || acts(specialist))) {
        const other = before.specialist === specialist.name ? "with other input" : `of ${before.specialist}`;
        throw nondeterministic(occurrence, `The call ${key} of ${specialist.name}, which acts on the world, was made before ${other}`);
      }
      if (!changed) {
        const answer = await memo.answer(step);
        if (answer?.error) throw errorOf(answer.error);
        const known = memory.results.get(at);
        if (known !== undefined) {
          if (!answer) await heard(occurrence, { key: step });
          return gave(copyOf(known) as object);
        }
      }
      const outcome = inTurn<object>(occurrence);
      await enqueueFor(occurrence, async () => {
        if (changed) await diverge(occurrence, false);
        await record(occurrence);
        calls.set(at, { specialist, timeout, takes, input: () => input, outcome });
        const effects = acts(specialist) ? { effects: true as const } : {};
        await take({ kind: "called", at, specialist: specialist.name, input: print, ...effects, ...(changed ? { anew: true } : {}) });
      });
      return gave(await outcome.promise);
    },
    async plan(occurrence, make, members, input) {
      const { memo } = occurrence;
      memo.enter();
      const step = `#${++occurrence.plans}`;
      const at = `${occurrence.at}${step}`;
      const print = fingerprint(memory.key, input);
      const before = memo.before(step);
      const changed = before?.input !== undefined && before.input !== print;
      if (changed && before.acts) {
        throw nondeterministic(occurrence, `The plan ${step}, whose members act on the world, was made before for other input`);
      }
      const answer = changed ? undefined : await memo.answer(step);
      if (answer?.error) throw errorOf(answer.error);
      const known = changed ? undefined : memory.plans.get(at);
      // What is learnt while the plan is made, the plan stands for.
      if (!known && memo.recording) await enqueueFor(occurrence, () => record(occurrence));
      const [own, from] = [memo.pending.length, memo.heard(learntBy(occurrence)) + memo.pending.length];
      const made = known ? undefined : await make();
      // A team's own is checked as it is made.
      if (made && !occurrence.specialist.team) holdToCheck(made.plan, members, input);
      const plan = made?.plan ?? known!;
      const labels = labelsOf(occurrence, input);
      const words = vouchedWords(occurrence.specialist, input, labels);
      const passages = Object.fromEntries(members.map((member) => [member.name, passage(member)]));
      const flow = planFlow(plan, passages, labels, (literal) => standsIn(words, literal));
      await keepTo(occurrence, [...flow.found, ...unkeptOutputs(passage(occurrence.specialist).gives, flow.output)]);
      const outcome = answer ? deferred<Record<string, unknown>>() : inTurn<Record<string, unknown>>(occurrence);
      await enqueueFor(occurrence, async () => {
        if (changed) await diverge(occurrence, false);
        if (made && !memo.recording) memo.pending.splice(own);
        if (made || !memo.recording) await record(occurrence);
        const effects = members.some((member) => acts(member) && plan.tasks.some((task) => task.member === member.name));
        await open(
          at,
          { members, input, takes: flow.takes, outcome },
          made && {
            kind: "planned",
            at,
            plan,
            by: made.by,
            notes: made.notes,
            input: print,
            ...(effects ? { effects } : {}),
            ...(from < learntBy(occurrence) ? { from } : {}),
            ...spentBy(occurrence),
          },
        );
      });
      const output = await outcome.promise;
      got(occurrence, output, flow.output);
      return output;
    },
    learn,
  };

  /** How many answers the journal has of an occurrence. */
  const learntBy = ({ at }: Live): number => memory.learnt.get(at)?.answers.length ?? 0;

  /** What code got that is private, its callers can't know of unless its outputs are marked. */
  const leaving = async (occurrence: Live, output: unknown): Promise<void> => {
    const { specialist, takes, at } = occurrence;
    const [unasked] = occurrence.memo.unasked();
    if (unasked)
      throw nondeterministic(occurrence, `${unasked.slice(1)} was asked for before, acts on the world, and is not asked for now`);
    if (!occurrence.private || joined(Object.values(takes)).private || !isPlain(output)) return;
    const { gives } = passage(specialist);
    const told = ([field]: readonly [string, unknown]) => gives[field]?.private || gives[field]?.public;
    const labels = Object.entries(labelsOf(occurrence, output)).filter((one) => !told(one) && one[1].private);
    await keepTo(
      occurrence,
      labels.map(([field, label]) => ({ code: "private-leak", field, steps: stepsOf({ step: `${at}.${field}`, from: label.private! }) })),
    );
  };

  return { stage, enter, leaving, loosen };
}

/** Why what an occurrence left running is aborted, and what it asks for is refused. */
export const hasEnded = (at: string): TroupeError => new TroupeError("ABORTED", `${at} has ended`, { at });
