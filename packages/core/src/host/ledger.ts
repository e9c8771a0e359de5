import { present } from "../engine/present.js";
import type { RunRecord, Spent } from "../engine/record.js";
import { optionInvalid } from "../error/option-invalid.js";
import { addCpuTime, type CpuTime, noCpuTime } from "../model/cpu-time.js";
import type { Usage } from "../model/model.js";
import { Path } from "../path/path.js";
import { say } from "../schema/say.js";
import { type Energy, energyOf, wattsPerCore } from "./energy/energy-of.js";
import { sumUsage } from "./live.js";

/** What one occurrence took, over all its attempts. */
export interface LedgerLine {
  readonly at: string;
  readonly specialist: string;
  readonly status: "running" | "completed" | "failed" | "cancelled";
  readonly attempts: number;
  readonly ms: number;
  /** What did the work where a specialist has several ways. */
  readonly engine?: string;
  readonly usage: readonly Usage[];
  /** What it took of this machine, its models that run in this process included; what runs inside it has lines of its own. Absent where nothing tells. */
  readonly energy?: Energy;
}

/** What the calls to a model took. */
export interface ModelLine extends Usage {
  /** Contained in that of the occurrences. Absent where the model does not run in this process. */
  readonly energy?: Energy;
}

/** What a run took of this machine, as far as it is known. */
export interface RunEnergy extends Energy {
  /** What a core is taken to draw where the machine does not tell. */
  readonly wattsPerCore: number;
  /** Models that ran elsewhere, on this machine's servers or others': what they took is in no number here. */
  readonly unknown: readonly string[];
}

/** What a run spent, per occurrence in order of their start, and per model. */
export interface Ledger {
  readonly lines: readonly LedgerLine[];
  readonly models: readonly ModelLine[];
  /** US dollars of the calls whose price is known; `models` say how many are `unpriced`. */
  readonly cost: number;
  readonly energy: RunEnergy;
}

/**
 * The ledger of a run: a fold over its records.
 *
 * @throws TroupeError `OPTION_INVALID` for what is none
 * @example
 * const { lines, cost } = ledgerOf(records);
 */
export function ledgerOf(records: Iterable<RunRecord>): Ledger {
  const refused = (given: unknown) =>
    optionInvalid("ledgerOf", "records", `is ${say(given)}`, "Give a run's records: await journal.read(thread).");
  if (typeof Object(records)[Symbol.iterator] !== "function") throw refused(records);
  const lines = new Map<string, LedgerLine>();
  const cpu = new Map<string, CpuTime>();
  const lineAt = (at: string): LedgerLine => present(lines.get(at), `start of ${at}`);
  const usageOf = (at: string, spent: Spent): readonly Usage[] => {
    if (spent.cpu) cpu.set(at, addCpuTime(cpu.get(at) ?? noCpuTime, spent.cpu));
    return sumUsage([...lineAt(at).usage, ...spent.usage]);
  };
  for (const record of records) {
    if (typeof Object(record).kind !== "string") throw refused(record);
    if (record.kind === "started") {
      const before = lines.get(record.at);
      const { at, specialist, attempt } = record;
      lines.set(at, { at, specialist, status: "running", attempts: attempt, ms: before?.ms ?? 0, usage: before?.usage ?? [] });
    } else if (record.kind === "planned" || record.kind === "learnt") {
      const owner = record.kind === "learnt" ? record.at : Path.owner(record.at);
      lines.set(owner, { ...lineAt(owner), usage: usageOf(owner, record) });
    } else if (record.kind === "completed" || record.kind === "failed" || record.kind === "cancelled") {
      const line = lineAt(record.at);
      lines.set(record.at, {
        ...line,
        status: record.kind,
        ms: line.ms + record.ms,
        usage: usageOf(record.at, record),
        ...("engine" in record && record.engine !== undefined ? { engine: record.engine } : {}),
      });
    }
  }
  const models = sumUsage([...lines.values()].flatMap((line) => line.usage));
  return {
    lines: [...lines.values()].map((line) => withEnergy(line, cpu.get(line.at))),
    models: models.map((usage) => withEnergy(usage, usage.cpu)),
    cost: models.reduce((sum, { cost }) => sum + cost, 0),
    energy: {
      ...energyOf([...cpu.values()].reduce(addCpuTime, noCpuTime)),
      wattsPerCore,
      unknown: models.filter(({ cpu }) => !cpu).map(({ model }) => model),
    },
  };
}

const withEnergy = <T extends object>(line: T, cpu: CpuTime | undefined): T & { readonly energy?: Energy } =>
  cpu ? { ...line, energy: energyOf(cpu) } : line;
