import { sumEnergy } from "../show/amounts.js";
import type { Judged } from "./judged.js";
import { type Difference, medianDifference, quantile, shareDifference } from "./paired.js";
import type { Ran } from "./run-case.js";
import type { Case } from "./suite.js";

/** A case as one of the two did it. */
export interface Done extends Ran, Judged {}

/** A case that both did. */
export interface Compared {
  readonly case: Case;
  readonly team: Done;
  readonly giant: Done;
}

/** How one of the two did all cases. */
export interface Side {
  /** Cases that were judged, and of these those with every expected field right; failed and refused ones are judged, and not right. */
  readonly judged: number;
  readonly right: number;
  readonly fields: number;
  readonly rightFields: number;
  readonly failed: number;
  readonly refused: number;
  /** Of the cases that were answered. */
  readonly latencyMs?: { readonly median: number; readonly p90: number };
  readonly tokens: { readonly input: number; readonly output: number };
  /** US dollars of the calls whose price is known, and how many have none. */
  readonly cost: number;
  readonly unpriced: number;
  readonly measuredJoules: number;
  readonly estimatedJoules: number;
  /** Models that ran elsewhere: what they took is in no number. */
  readonly energyUnknownOf: readonly string[];
}

/** The giant less the team, case by case. */
interface Paired {
  /** Cases that were judged and refused by neither. */
  readonly judged: number;
  readonly right?: Difference;
  /** Cases that both answered. */
  readonly answered: number;
  readonly latencyMs?: Difference;
  readonly tokens?: Difference;
  readonly cost?: Difference;
  readonly joules?: Difference;
}

export interface Summary {
  readonly team: Side;
  readonly giant: Side;
  readonly paired: Paired;
}

export function summaryOf(compared: readonly Compared[]): Summary {
  const judged = compared.filter(({ team, giant }) => team.fields > 0 && team.verdict !== "refused" && giant.verdict !== "refused");
  const both = compared.filter(({ team, giant }) => team.output && giant.output);
  const right = shareDifference(judged.map(({ team, giant }) => [team.verdict === "right", giant.verdict === "right"]));
  const median = (of: (done: Done) => number) => medianDifference(both.map(({ team, giant }) => of(giant) - of(team)));
  const known = (test: (done: Done) => boolean) => both.every(({ team, giant }) => test(team) && test(giant));
  const energy = known(({ ledger }) => ledger.energy.unknown.length === 0);
  return {
    team: sideOf(compared.map(({ team }) => team)),
    giant: sideOf(compared.map(({ giant }) => giant)),
    paired: {
      judged: judged.length,
      ...some({ right }),
      answered: both.length,
      ...some({
        latencyMs: median(({ ms }) => ms),
        tokens: median(tokensOf),
        cost: known(({ ledger }) => unpriced(ledger) === 0) ? median(({ ledger }) => ledger.cost) : undefined,
        joules: energy ? median(({ ledger }) => ledger.energy.measuredJoules + ledger.energy.estimatedJoules) : undefined,
      }),
    },
  };
}

function sideOf(all: readonly Done[]): Side {
  const expecting = all.filter(({ fields }) => fields > 0);
  const times = all.flatMap(({ output, ms }) => (output ? [ms] : [])).sort((a, b) => a - b);
  const sum = (of: (done: Done) => number) => all.reduce((total, done) => total + of(done), 0);
  const count = (verdict: Done["verdict"]) => all.filter((done) => done.verdict === verdict).length;
  const models = all.flatMap(({ ledger }) => ledger.models);
  return {
    judged: expecting.length,
    right: count("right"),
    fields: sum(({ fields }) => fields),
    rightFields: sum(({ fields, wrong }) => fields - wrong.length),
    failed: count("failed"),
    refused: count("refused"),
    ...(times.length ? { latencyMs: { median: quantile(times, 0.5), p90: quantile(times, 0.9) } } : {}),
    tokens: {
      input: models.reduce((total, { input }) => total + input, 0),
      output: models.reduce((total, { output }) => total + output, 0),
    },
    cost: sum(({ ledger }) => ledger.cost),
    unpriced: sum(({ ledger }) => unpriced(ledger)),
    ...sumEnergy(all.map(({ ledger }) => ledger.energy)),
    energyUnknownOf: [...new Set(all.flatMap(({ ledger }) => ledger.energy.unknown))],
  };
}

const tokensOf = ({ ledger }: Done): number => ledger.models.reduce((total, { input, output }) => total + input + output, 0);
const unpriced = ({ models }: Done["ledger"]): number => models.reduce((total, one) => total + (one.unpriced ?? 0), 0);

/** What of these is there. */
const some = <T extends object>(parts: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as never;
