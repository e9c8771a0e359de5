import { type AskedBefore, type Learning, madeFor, planKey } from "../../engine/learning.js";
import type { Learnt } from "../../engine/record.js";
import { expected } from "../expected.js";
import type { Host } from "../host.js";
import { fingerprint } from "./fingerprint.js";
import { turns } from "./turns.js";

/** What an attempt at an occurrence knows of the ones before it, and what it has learnt itself. */
export interface Memo {
  /** Whether what is learnt goes into the journal as it comes: from the first call on. */
  recording: boolean;
  /** What was learnt and is in the journal not yet, in its order. */
  pending: Learnt[];
  /** The key of a question: what is asked, and how often the same was asked before. */
  keyFor(kind: string, request: unknown): string;
  /** What was asked under a key before; from now on it counts as asked again. */
  before(key: string): AskedBefore | undefined;
  /** Something is asked for that will be waited for. */
  enter(): void;
  /** The answer that the journal has under a key, in its turn; undefined where there is none that counts. */
  answer(key: string): Promise<Learnt | undefined>;
  /** A number that is learnt without waiting. */
  now(kind: string, make: () => number): number;
  /** The answer that the journal has under a key, without a turn. */
  loose(key: string): Learnt | undefined;
  /** An answer came: resolves when it is its turn. */
  turn(): Promise<unknown>;
  /** Drops what was learnt for a plan that is made: it stands for that. */
  forgetMaking(planKey: string): void;
  /**
   * It goes another way than the attempts before, or, `loosely`, hears their answers in another order: gives which of them it has not heard.
   * They count no more, or without a turn.
   */
  diverge(loosely: boolean): { readonly from: number; readonly to: number };
  /** What acts on the world, was asked for before and has not been in this attempt. */
  unasked(): readonly string[];
  end(): void;
}

/** `stalled` hears that the recorded order cannot be kept, since what was heard first is not asked for. */
export function memoOf(learning: Learning | undefined, runKey: string, host: Pick<Host, "after">, stalled: () => void): Memo {
  const answers = [...(learning?.answers ?? [])];
  const loose = [...(learning?.loose ?? [])];
  const asked = new Map(learning?.asked);
  const places = new Map<string, number>();
  const counts = new Map<string, number>();
  const again = new Set<string>();
  const order = turns(answers.length, host, stalled);
  const plans = [...asked.keys()].filter((key) => key.startsWith(planKey(""))).map(madeFor);
  for (const [place, { key }] of answers.entries()) {
    if (plans.some((plan) => key.startsWith(plan))) order.pass(place);
    else if (!places.has(key)) places.set(key, place);
  }
  let diverged = false;

  /** The place of an answer, once. */
  const placeOf = (key: string): number | undefined => {
    if (diverged) return undefined;
    const place = places.get(key);
    places.delete(key);
    return place;
  };
  const keyFor = (kind: string, request?: unknown) => {
    const base = request === undefined ? kind : `${kind}-${fingerprint(runKey, request)}`;
    const count = (counts.get(base) ?? 0) + 1;
    counts.set(base, count);
    return `${base}-${count}`;
  };
  const looseOf = (key: string) => {
    const place = loose.findIndex((one) => one.key === key);
    return place < 0 ? undefined : loose.splice(place, 1)[0];
  };
  const pending: Learnt[] = [];
  return {
    recording: asked.size > 0,
    pending,
    keyFor,
    before(key) {
      again.add(key);
      return asked.get(key);
    },
    enter: order.enter,
    async answer(key) {
      const place = placeOf(key);
      return place !== undefined && (await order.wait(place)) ? answers[place] : undefined;
    },
    now(kind, make) {
      const key = keyFor(kind);
      const place = placeOf(key);
      if (place !== undefined) {
        order.pass(place);
        return expected(answers[place], "answer").value as number;
      }
      const value = (looseOf(key)?.value as number | undefined) ?? make();
      pending.push({ key, value });
      order.pass(order.ticket());
      return value;
    },
    loose: looseOf,
    turn: () => order.wait(order.ticket()),
    forgetMaking(planKey) {
      pending.splice(0, pending.length, ...pending.filter(({ key }) => !key.startsWith(madeFor(planKey))));
    },
    diverge(loosely) {
      diverged = true;
      const from = Math.min(order.heard(), answers.length);
      loose.push(...answers.slice(from).filter(({ error }) => !error));
      if (!loosely) loose.length = 0;
      order.abandon();
      return { from, to: answers.length };
    },
    unasked: () => [...asked].flatMap(([key, { acts }]) => (acts && !again.has(key) ? [key] : [])),
    end: order.end,
  };
}
