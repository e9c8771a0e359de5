import { Path } from "../path/path.js";
import { present } from "./present.js";
import type { Failure, Learnt, RecordOf } from "./record.js";
import type { Frame, Occurrence } from "./state.js";

/** What was asked of a child occurrence, or of a plan. */
export interface AskedBefore {
  readonly specialist?: string;
  /** The fingerprint of what it was given. */
  readonly input?: string;
  /** It acts on the world, or something inside it does. */
  acts: boolean;
  /** How many answers came before it. */
  readonly after: number;
}

/** What one occurrence has learnt, over all its attempts, and asked of others. */
export interface Learning {
  /** In the order in which they were heard. Calls have the key `/key` and plans `#n`; what they gave stands with the occurrence. */
  readonly answers: Learnt[];
  /** Answers whose turn nobody knows any more: they count where the same is asked. */
  readonly loose: Learnt[];
  /** By the same keys. */
  readonly asked: Map<string, AskedBefore>;
}

export const callKey = (key: string): string => `/${key}`;
export const planKey = (n: number | ""): string => `#${n}`;

/** An occurrence calls another. */
export function learnCall(caller: Occurrence, { at, specialist, input, effects }: RecordOf<"called">): void {
  const asked = { specialist, ...(input === undefined ? {} : { input }), acts: effects === true };
  ask(caller, callKey(Path.name(at)), asked);
}

/** What is learnt while a plan is made has keys of its own: the plan stands for it. */
export const madeFor = (planKey: string): string => `${planKey} `;

/** An occurrence has a plan carried out. */
export function learnPlan(opener: Occurrence, { at, input, effects }: RecordOf<"planned">): void {
  ask(opener, planKey(Path.planNumber(at)), { ...(input === undefined ? {} : { input }), acts: effects === true });
}

export function learnAnswers(occurrence: Occurrence, more: readonly Learnt[]): void {
  const { answers } = learningOf(occurrence);
  for (const one of more) answers.push(one);
}

export function learnDiverged(occurrence: Occurrence, { from, to, loosely }: RecordOf<"diverged">): void {
  const { answers, loose } = learningOf(occurrence);
  const unheard = answers.splice(from, to - from);
  if (loosely) loose.push(...unheard.filter(({ error }) => !error));
  else loose.length = 0;
}

/** A call came to its end. */
export function learnOutcome({ parent, frame, name }: Occurrence, error?: Failure): void {
  if (!frame) learnAnswers(present(parent, "caller"), [{ key: callKey(name), ...(error ? { error } : {}) }]);
}

/** A plan came to its end. */
export function learnPlanEnd(frame: Frame, error?: Failure): void {
  if (frame.kind === "plan") learnAnswers(frame.opener, [{ key: planKey(Path.planNumber(frame.owner)), ...(error ? { error } : {}) }]);
}

/**
 * An attempt failed, and the next one tries anew: of what it learnt, that stays which led to the last thing it asked for that acts on the
 * world. What is completed besides stays known by its key.
 */
export function startAnew({ learning }: Occurrence): void {
  if (!learning) return;
  let led = 0;
  for (const { acts, after } of learning.asked.values()) if (acts) led = Math.max(led, after);
  learning.answers.splice(led);
}

function learningOf(occurrence: Occurrence): Learning {
  occurrence.learning ??= { answers: [], loose: [], asked: new Map() };
  return occurrence.learning;
}

function ask(occurrence: Occurrence, key: string, asked: Omit<AskedBefore, "after">): void {
  const { answers, asked: all } = learningOf(occurrence);
  // What acted inside of it in an earlier attempt has acted.
  const acts = asked.acts || all.get(key)?.acts === true;
  all.set(key, { ...asked, acts, after: answers.length });
  if (acts) actsWithin(occurrence);
}

/** Whoever has something inside that acts on the world acts on it. */
function actsWithin(inner: Occurrence): void {
  for (let one: Occurrence | undefined = inner; one?.parent; one = one.parent) {
    const { frame, parent, name } = one;
    const key = frame === undefined ? callKey(name) : frame.kind === "plan" ? planKey(Path.planNumber(frame.owner)) : undefined;
    const asked = key === undefined ? undefined : parent.learning?.asked.get(key);
    if (asked) asked.acts = true;
  }
}
