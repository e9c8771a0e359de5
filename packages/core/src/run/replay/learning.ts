import type { Failure, Learnt, RunRecord } from "../../engine/record.js";

/** What was asked of a child occurrence, or of a plan. */
export interface Asked {
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
  /** In the order in which they were heard. Calls have the key `/key` and plans `#n`; what they gave stands elsewhere in the memory. */
  answers: Learnt[];
  /** Answers whose turn nobody knows any more: they count where the same is asked. */
  loose: Learnt[];
  /** By the same keys. */
  readonly asked: Map<string, Asked>;
}

/** What occurrences have learnt, by their paths: a fold over a run's records. */
export type Learnings = Map<string, Learning>;

/** What comes of a record besides: whether it closes a call, and plans that it brings to an end. */
export interface Around {
  readonly call: boolean;
  readonly done: readonly { readonly at: string; readonly error?: Failure }[];
}

/** Takes up one record. */
export function learn(learnings: Learnings, record: RunRecord, { call, done }: Around): void {
  switch (record.kind) {
    case "called": {
      const { at, specialist, input, effects = false } = record;
      ask(learnings, at, { specialist, ...(input === undefined ? {} : { input }), acts: effects });
      break;
    }
    case "planned": {
      const { at, input, effects = false, from } = record;
      const learning = learningOf(learnings, callerOf(at));
      if (from !== undefined) forgetFrom(learning, from); // it stands for what its making learnt
      ask(learnings, at, { ...(input === undefined ? {} : { input }), acts: effects });
      break;
    }
    case "learnt":
      learningOf(learnings, record.at).answers.push(...record.answers);
      break;
    case "diverged": {
      const learning = learningOf(learnings, record.at);
      const unheard = learning.answers.splice(record.from, record.to - record.from);
      learning.loose = record.loosely ? [...learning.loose, ...unheard.filter(({ error }) => !error)] : [];
      break;
    }
    case "completed":
      learnings.delete(record.at);
      if (call) answered(learnings, record.at, {});
      break;
    case "failed":
      startAnew(learnings.get(record.at));
      if (call) answered(learnings, record.at, { error: record.error });
      break;
  }
  for (const { at, error } of done) learningOf(learnings, callerOf(at)).answers.push({ key: keyOf(at), ...(error ? { error } : {}) });
}

/** Of a call's or a plan's path, who asked for it. */
export const callerOf = (at: string): string => at.slice(0, at.length - keyOf(at).length);

/** Of a call's or a plan's path, its key: `/key` or `#n`. */
const keyOf = (at: string): string => at.slice(Math.max(at.lastIndexOf("/"), at.lastIndexOf("#")));

function learningOf(learnings: Learnings, at: string): Learning {
  let learning = learnings.get(at);
  if (!learning) learnings.set(at, (learning = { answers: [], loose: [], asked: new Map() }));
  return learning;
}

function ask(learnings: Learnings, at: string, asked: Omit<Asked, "after">): void {
  const learning = learningOf(learnings, callerOf(at));
  learning.asked.set(keyOf(at), { ...asked, after: learning.answers.length });
  if (asked.acts) actsWithin(learnings, callerOf(at));
}

/** Whoever has something inside that acts on the world acts on it. */
function actsWithin(learnings: Learnings, at: string): void {
  for (let inner = at; /[/#]/.test(inner); inner = callerOf(inner)) {
    const asked = learnings.get(callerOf(inner))?.asked.get(keyOf(inner));
    if (asked) asked.acts = true;
  }
}

function answered(learnings: Learnings, at: string, outcome: { readonly error?: Failure }): void {
  learningOf(learnings, callerOf(at)).answers.push({ key: keyOf(at), ...outcome });
}

function forgetFrom(learning: Learning, from: number): void {
  learning.answers.splice(from);
  for (const [key, { after }] of learning.asked) if (after >= from && key.startsWith("/")) learning.asked.delete(key);
}

/**
 * An attempt failed, and the next one tries anew: of what it learnt, that stays which led to the last thing it asked for that acts on the
 * world. What is completed besides stays known by its key.
 */
function startAnew(learning: Learning | undefined): void {
  if (!learning) return;
  const led = [...learning.asked.values()].filter(({ acts }) => acts).map(({ after }) => after);
  learning.answers.splice(Math.max(0, ...led));
}
