import type { Signs } from "./signs.js";

/**
 * The log of the odds of each sign, fitted by `bench/plans.mjs --fit` (conditional logit over the candidates of a team and none of them,
 * 27 November 2026) to teams of authors who never saw the planner. `any` is what speaks for a plan against none; where the request alone
 * says what is wanted, the second counts too.
 */
const odds: Readonly<Record<keyof Signs | "any", number>> = {
  any: 1.67,
  behind: -0.28,
  ahead: 0.92,
  named: 0.95,
  outdone: -0.66,
  unexplained: -1.38,
  idle: -0.98,
  unserved: -1.14,
  unmet: -0.64,
  elsewhere: -1.88,
  beyond: -2.56,
  bare: -0.71,
  weak: -0.78,
  passed: -0.87,
  twice: -2.58,
  ends: -1.98,
};
const alone: Readonly<Partial<typeof odds>> = { ahead: -0.54, unexplained: -1.85 };

/**
 * From which chance on a plan is sure, by itself and where decision models were asked, who are surer than they are right of teams that are
 * unlike those they learnt; below which it is refused (outputs that are named leave less to be meant), and how near to it that of another is
 * with which it is refused as well.
 */
export const bars = { sure: 0.74, asked: 0.9, least: { named: 0.1, alone: 0.2 }, rival: 0.97 } as const;

/**
 * Where decision models were asked which plan is meant: what the signs count then, beside what they said. Fitted to 320 teams that neither
 * these had learnt nor the signs, with the tuned 135M (27 November 2026).
 */
const asked = { any: 0.36, signs: 0.93 } as const;

/**
 * How likely each of several plans is what is meant; what is missing to 1 is the chance that none is. `word` gives what decision models
 * say for each, against none.
 */
export function withChances<T extends { readonly signs: Signs }>(
  all: readonly T[],
  isAlone: boolean,
  word?: (one: T) => number,
): (T & { readonly chance: number })[] {
  const rated = all.map((one) => {
    const log = Object.entries(one.signs).reduce(
      (sum, [sign, value]) => sum + value * (odds[sign as keyof Signs] + (isAlone ? (alone[sign as keyof Signs] ?? 0) : 0)),
      odds.any,
    );
    return { one, part: Math.exp(word ? asked.any + asked.signs * log + word(one) : log) };
  });
  const sum = rated.reduce((total, { part }) => total + part, 1);
  return rated.map(({ one, part }) => ({ ...one, chance: part / sum }));
}
