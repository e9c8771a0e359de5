import { hasEnded } from "../engine/message.js";
import type { RunRecord } from "../engine/record.js";
import { emptyState } from "../engine/state.js";
import { TroupeError } from "../error/error.js";
import { optionInvalid } from "../error/option-invalid.js";
import { dataOf } from "../graph/data.js";
import type { Graph } from "../graph/graph.js";
import { checkResult } from "../host/check-result.js";
import { checkedInput } from "../host/checked-input.js";
import { heldOutput } from "../host/checked-output.js";
import { drive, type Host, type Post } from "../host/drive.js";
import { asError } from "../host/failure.js";
import { heldInput } from "../host/held-input.js";
import { known } from "../host/options.js";
import { refuseUnsound } from "../host/ready.js";
import { limitsOf } from "../limits/limits.js";
import { Path } from "../path/path.js";
import { copyOf } from "../schema/copy-of.js";
import type { Json } from "../schema/json.js";
import { say } from "../schema/say.js";
import { fieldsSchema, type Specialist } from "../specialist/specialist.js";
import { type Ask, notSimulated, type Opened, type Start, simulatedContext } from "./simulated-context.js";
import { virtualClock } from "./virtual-clock.js";

export interface SimulationOptions {
  /** Decides how long what `takes` says nothing of takes, and what of two things at one time comes first. Default: 1. */
  readonly seed?: number;
  /** Ms of virtual time that an attempt takes. Default: up to a second, by the seed. */
  readonly takes?: (at: string, name: string) => number;
  /** What specialists answer in place of their own work, by name. Those that ask a model need one. */
  readonly answers?: Readonly<Record<string, (input: any, at: string) => object | Promise<object>>>;
}

/** What a simulated run came to. `time` and `ms` are virtual. */
export interface Simulated<O> {
  readonly output: O;
  readonly ms: number;
  readonly records: readonly (RunRecord & { readonly time: number })[];
}

/** Ms that an attempt takes at the most where nothing is said. */
const longest = 1000;

interface Waiting {
  readonly opened: Opened;
  readonly answer: (output: any) => void;
  readonly refuse: (error: unknown) => void;
}

/**
 * Runs a graph under a virtual clock: each occurrence takes as long as is said, and an hour passes in no time. The machine is the one
 * that every run has, so rules, loops, joins, timeouts and failures are real; code runs as it stands, and models are not asked:
 * `answers` stand in for them. Rejects with the run's first failure; what waits for something real makes the clock wait for nothing.
 * @throws TroupeError `NOT_SIMULATED` where a model is asked; `GRAPH_INVALID`, `INPUT_INVALID`, `OPTION_INVALID`, `RESULT_INVALID` as a run does
 * @example
 * const { output, ms } = await simulate(graph, { ticket: "It crashes" }, { takes: (at) => (at === "giant" ? 60_000 : 200), answers: { giant } });
 */
export async function simulate<I extends object, O extends object>(
  graph: Graph<I, O>,
  input: I,
  options: SimulationOptions = {},
): Promise<Simulated<O>> {
  refuseUnsound(graph);
  known("simulate", options as unknown, ["seed", "takes", "answers"]);
  const brought = await checkedInput(graph, fieldsSchema(graph, graph.input), input, limitsOf(), (given) => given);
  const gives = fieldsSchema(graph, graph.output);
  const { seed = 1, takes, answers = {} } = options;
  const clock = virtualClock(seed);
  const state = emptyState();
  const records: (RunRecord & { time: number })[] = [];
  const root: Opened = { graph };
  /** What live occurrences wait for, by their place and that of what they opened. */
  const waiting = new Map<Path, Map<Path, Waiting>>();

  const host = (post: Post): Host => ({
    append(batch) {
      for (const record of batch) records.push({ ...record, time: clock.now() });
    },
    obey(command) {
      if (command.kind === "start") start(command, post);
      else if (command.kind === "stop") stop(command.at, command.reason);
      else if (command.kind === "answer") askedFor(command.to, command.at)?.answer(copyOf(command.output));
      else if (command.kind === "refuse") askedFor(command.to, command.at)?.refuse(command.error);
      else if (command.kind === "finish") checkResult({ graph, gives }, post, command.output);
    },
    over() {
      for (const at of waiting.keys()) stop(at, hasEnded(at));
    },
  });
  const askedFor = (to: Path, at: Path): Waiting | undefined => {
    const one = waiting.get(to)?.get(at);
    waiting.get(to)?.delete(at);
    return one;
  };
  const stop = (at: Path, reason: unknown) => {
    for (const { refuse } of waiting.get(at)?.values() ?? []) refuse(reason);
    waiting.delete(at);
  };

  const start = (command: Start, post: Post) => {
    const { at, attempt, name, owner, parent } = command;
    const opened = owner === Path.run ? root : waiting.get(parent!)!.get(owner ?? at)!.opened;
    const { specialist, input, timeout } = jobOf(command, opened);
    waiting.set(at, new Map());
    const ask: Ask = (place, opened, message) =>
      new Promise((answer, refuse) => {
        const mine = waiting.get(at);
        if (!mine) return refuse(hasEnded(at));
        mine.set(place, { opened, answer, refuse });
        post(message);
      });
    const context = simulatedContext(graph.name, command, ask, clock);
    const work = async (): Promise<Json> => {
      const given = await taken(specialist, input);
      const own = answers[specialist.name];
      const { graph: inner, run } = specialist;
      const gave = own
        ? await own(given, at)
        : inner
          ? await ask(at, { graph: inner }, { kind: "enter", at, attempt, data: dataOf(inner), program: inner, input: given as Json })
          : run
            ? await run(given, context)
            : await notSimulated();
      return heldOutput(specialist, gave, { graph: graph.name, at });
    };
    const fails = (thrown: unknown) => {
      stop(at, thrown);
      post({ kind: "failure", at, attempt, error: asError(thrown, at, graph.name) });
    };
    const late =
      timeout === undefined
        ? undefined
        : clock.after(timeout, () => fails(new TroupeError("TIMEOUT", `${specialist.name} did not answer within ${timeout} ms`)));
    const ms: unknown = takes ? takes(at, name) : Math.floor(clock.chance() * longest);
    if (typeof ms !== "number" || !(ms >= 0))
      throw optionInvalid("simulate", "takes", `gives ${say(ms)} for ${at}`, "Give milliseconds, 0 or more.");
    clock.after(ms, () => {
      if (!waiting.has(at)) return;
      work()
        .then((output) => post({ kind: "output", at, attempt, output, flags: [] }), fails)
        .finally(late);
    });
  };

  const record = { kind: "began" as const, graph: dataOf(graph), hash: "", input: copyOf(brought) };
  const output = await drive(graph, state, host).begin({ kind: "first", record, flags: [] });
  return { output: output as O, ms: clock.now(), records };
}

interface Job {
  readonly specialist: Specialist;
  readonly input: object;
  readonly timeout: number | undefined;
}

function jobOf({ name, specialist, input }: Start, opened: Opened): Job {
  if ("called" in opened) return { specialist: opened.called, input: opened.input, timeout: opened.timeout };
  if ("members" in opened) {
    const member = opened.members.find((one) => one.name === specialist)!;
    return { specialist: member, input: input!, timeout: member.timeout };
  }
  const { specialist: placed, timeout = placed.timeout } = opened.graph.nodes[name]!;
  return { specialist: placed as Specialist, input: input!, timeout };
}

async function taken({ name, input: schema }: Specialist, input: object): Promise<unknown> {
  const checked = await heldInput(schema, input);
  if (!("problems" in checked)) return checked.value;
  throw new TroupeError("INPUT_INVALID", `${name} cannot take its input: ${checked.problems.join("; ")}`, {
    hint: "Give it what its input schema says.",
  });
}
