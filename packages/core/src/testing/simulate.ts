import type { RunRecord } from "../engine/record.js";
import { TroupeError } from "../error/error.js";
import { listed, nearest } from "../error/nearest.js";
import { optionInvalid } from "../error/option-invalid.js";
import type { Graph } from "../graph/graph.js";
import { bindModels } from "../host/bound-models.js";
import type { Host } from "../host/host.js";
import { checkModels, known } from "../host/options.js";
import type { App } from "../interop/app.js";
import { compile } from "../interop/compile.js";
import { memoryJournal } from "../journal/memory.js";
import type { Bindable } from "../model/model.js";
import { checkRecords } from "./check-records.js";
import { isScripted } from "./scripted-model.js";
import { ofSimulated, type SimulatedOptions, simulated } from "./simulated.js";
import { specialistsIn } from "./specialists-in.js";

export interface SimulationOptions extends Omit<SimulatedOptions, "begins"> {
  /** Models by role, scripted ones mostly. Others are asked nothing: what asks them needs an answer. */
  readonly models?: Readonly<Record<string, Bindable>>;
}

const ofSimulation = [...ofSimulated.filter((name) => name !== "begins"), "models"];

/** What a simulated run came to. `time` and `ms` are virtual. */
export interface Simulated<O> {
  readonly output: O;
  readonly ms: number;
  readonly records: readonly TimedRecord[];
}

/** A record with the time at which it was kept, as a journal's entries have it. */
export type TimedRecord = RunRecord & { readonly time: number };

/**
 * Runs a graph under a virtual clock, on the host `simulated()`: each occurrence takes as long as is said, and an hour passes in no time.
 * All else is as in any run, so rules, loops, joins, timeouts, marks and failures are real. Code runs as it stands; models are asked where
 * they are scripted or given here, and `answers` stand in for the rest. Rejects with the run's first failure.
 * @throws TroupeError `NOT_SIMULATED` where another model is asked; `OPTION_INVALID` also where `answers` names a specialist that there is
 * not; what a run throws
 * @example
 * const { output, ms } = await simulate(graph, { ticket: "It crashes" }, { takes: (at) => (at === "giant" ? 60_000 : 200), answers: { giant } });
 */
export async function simulate<I extends object, O extends object>(
  graph: Graph<I, O>,
  input: I,
  options: SimulationOptions = {},
): Promise<Simulated<O>> {
  return carried(graph, [], options, (app) => app.invoke(input, { thread }));
}

/**
 * Goes on from the records of a run that was cut off, as `simulate` does: of `journal.read(thread)`, or of a simulation, as far as they
 * shall go. What they say is completed is not done again, and code hears again what it heard before. `ms` is the time that the rest takes,
 * and `records` are those of the whole run.
 * @throws TroupeError as `simulate` and `app.resume` do
 * @example
 * const { records } = await simulate(graph, input, options);
 * const { output } = await resumeSimulated(graph, records.slice(0, 5), options); // as if all else had been lost
 */
export async function resumeSimulated<I extends object, O extends object>(
  graph: Graph<I, O>,
  records: readonly TimedRecord[],
  options: SimulationOptions = {},
): Promise<Simulated<O>> {
  checkRecords("resumeSimulated", records);
  return carried(graph, records, options, (app) => app.resume(thread));
}

const thread = "simulated";

async function carried<I extends object, O extends object>(
  graph: Graph<I, O>,
  before: readonly TimedRecord[],
  options: SimulationOptions,
  work: (app: App<I, O>) => Promise<O>,
): Promise<Simulated<O>> {
  known("simulate", options as unknown, ofSimulation);
  const { models = {}, ...rest } = options;
  checkModels("simulate", models);
  const begins = before.at(-1)?.time ?? 0;
  const host = simulated({ ...rest, begins });
  const journal = memoryJournal(host.now);
  const bound = bindModels(models);
  const worked = new Set<string>();
  const app = compile(graph, { host: watched(host, new Set(Object.values(bound)), worked), journal, models: bound });
  const names = new Set([...specialistsIn(graph)].map(({ name }) => name));
  const strange = Object.keys(rest.answers ?? {}).filter((name) => !names.has(name));
  for (const name of strange) if (nearest(name, names) !== undefined) throw nobody(name, names);
  const refuseStrange = () => {
    for (const name of strange) if (!worked.has(name)) throw nobody(name, new Set([...names, ...worked]));
  };

  await fill(journal, before);
  let output: O;
  try {
    output = await work(app);
  } catch (thrown) {
    const error = notSimulatedIn(thrown);
    if (error) refuseStrange();
    throw error ?? thrown;
  }
  refuseStrange();
  const records = (await journal.read(thread)).map(({ thread: _, run, seq, ...record }) => record as TimedRecord);
  return { output, ms: records.at(-1)!.time - begins, records };
}

/** A host that asks only the models that are scripted or given, and remembers who worked. */
function watched(host: Host, given: ReadonlySet<unknown>, worked: Set<string>): Host {
  return {
    ...host,
    ask: (question, work) =>
      given.has(question.model) || isScripted(question.model) ? host.ask!(question, work) : Promise.reject(notSimulated(question.model.id)),
    perform(attempt, work) {
      worked.add(attempt.specialist.name);
      return host.perform!(attempt, work);
    },
  };
}

/** Puts a run's records into a journal, as if it had been cut off there. */
async function fill(journal: ReturnType<typeof memoryJournal>, records: readonly TimedRecord[]): Promise<void> {
  if (records.length === 0) return;
  const hold = await journal.hold(thread);
  const bare = records.map((record) => {
    const { thread: _, run, seq, ...kept } = record as TimedRecord & { thread?: string; run?: number; seq?: number };
    return kept as TimedRecord;
  });
  await hold.append(1, bare);
  await hold.release();
}

function nobody(name: string, names: ReadonlySet<string>): TroupeError {
  const near = nearest(name, names);
  const hint = near === undefined ? `There are ${listed([...names])}.` : `Did you mean "${near}"? There are ${listed([...names])}.`;
  return optionInvalid(
    "simulate",
    `answers.${name}`,
    "stands in for nobody: no specialist of this name is in the graph, or was called",
    hint,
  );
}

const hint =
  "Say what the specialist answers: simulate(graph, input, { answers: { name: (input) => output } }), or give a model: { models: { default: scriptedModel([…]) } }.";

function notSimulated(model: string): TroupeError {
  return new TroupeError("NOT_SIMULATED", `${model} is asked, and a simulation asks only the models that it is given`, { hint });
}

/** A model that is asked and not there is one that the simulation was not given. */
function notSimulatedIn(thrown: unknown): TroupeError | undefined {
  if (!(thrown instanceof TroupeError)) return undefined;
  if (thrown.code === "NOT_SIMULATED") return thrown;
  if (thrown.code !== "MODEL_UNBOUND") return undefined;
  return new TroupeError("NOT_SIMULATED", `${thrown.what}, and a simulation asks only the models that it is given`, {
    ...thrown.detail,
    hint,
    cause: thrown,
  });
}
