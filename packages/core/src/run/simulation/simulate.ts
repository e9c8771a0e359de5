import { restart } from "../../engine/engine.js";
import type { RunRecord } from "../../engine/record.js";
import type { Command } from "../../engine/state.js";
import type { GraphData } from "../../graph/data.js";
import type { Graph } from "../../graph/graph.js";
import type { Json } from "../../graph/json.js";
import type { Plan } from "../../graph/plan.js";
import { refsOf } from "../../graph/plan.js";
import { emptyMemory, remember } from "../memory.js";
import { inputOf, readValue } from "../values.js";
import { whereNext } from "../where-next.js";
import { digest, type Random, random } from "./random.js";

/** What a simulated run came to: every field, and how often each occurrence ran. */
export interface Outcome {
  readonly state: Readonly<Record<string, Json | undefined>>;
  /** Occurrences and what they took in. */
  readonly occurrences: readonly string[];
  readonly records: readonly RunRecord[];
}

type Start = Extract<Command, { kind: "start" }>;

const bound = 3000;

/**
 * Runs a graph over the real engine and the real fold, each occurrence answering the same to the same input, and a seed choosing which of
 * those under way answers next. Nodes whose number is divisible by four are teams: they open a plan first. With `crash`, the run is cut
 * at a random record now and then and goes on from its journal alone.
 * @throws RangeError when it does not end.
 */
export function simulate(graph: GraphData, timing: number, { crash = false } = {}): Outcome {
  const r = random(timing);
  const records: RunRecord[] = [];
  const occurrences: string[] = [];
  const host = { conditions: {}, reducers: {} } as unknown as Graph;
  let memory = emptyMemory();
  let running: Start[] = [];

  const take = (record: RunRecord): void => {
    records.push(record);
    obey(remember(memory, record));
  };
  const obey = (commands: readonly Command[]): void => {
    for (const command of commands) {
      if (command.kind === "start") running.push(command);
      else if (command.kind === "quiet" && command.at !== "") complete(planOwner(command.at));
    }
  };
  const started = new Map<string, { start: Start; input: Record<string, Json> }>();
  const planOwner = (at: string) => started.get(at.slice(0, -2))!;

  const complete = ({ start, input }: { start: Start; input: Record<string, Json> }): void => {
    const { at, owner, name } = start;
    const values = memory.values.get(owner);
    if (!values) return take({ kind: "completed", at, output: { out: digest([name, input]) }, ms: 0, usage: [] });
    const told = isTeam(name) ? [...memory.results].filter(([key]) => key.startsWith(`${at}#1/`)).sort() : [];
    const output = Object.fromEntries(
      Object.keys(graph.nodes[name]!.write).map((field) => {
        const value = digest([name, field, input, told]);
        return [field, field === "out_list" ? Array.from({ length: value % 4 }, (_, i) => digest([value, i])) : value];
      }),
    );
    take({ kind: "completed", at, output, next: whereNext(values, host, name, output), ms: 0, usage: [] });
  };

  const step = (start: Start): void => {
    const { at, owner, name, item } = start;
    const values = memory.values.get(owner);
    const input = values ? inputOf(values, name, item, {}) : taskInput(memory.plans.get(owner)!, name, owner);
    const place = { start, input };
    started.set(at, place);
    if (!values || !isTeam(name)) {
      occurrences.push(`${at} ${JSON.stringify(input)}`);
      return complete(place);
    }
    if (memory.plans.has(`${at}#1`)) return obey(restart(memory.engine, `${at}#1`));
    occurrences.push(`${at} ${JSON.stringify(input)}`);
    take({ kind: "planned", at: `${at}#1`, plan: randomPlan(random(digest([name, input]))), by: "typed", notes: [], usage: [] });
  };
  const taskInput = (plan: Plan, id: string, owner: string): Record<string, Json> => {
    const { args } = plan.tasks.find((task) => task.id === id)!;
    const refs = Object.values(args).flatMap(refsOf);
    return Object.fromEntries(refs.map((ref) => [ref, (memory.results.get(`${owner}/${ref.split(".")[0]}`) as { out: Json }).out]));
  };

  take({ kind: "began", graph, hash: "", input: { given: 50, list: [3, 1, 2] } });
  while (running.length) {
    if (records.length > bound) throw new RangeError(`${graph.name} does not end under timing ${timing}`);
    if (crash && r.chance(0.05)) {
      // All that is not in the journal is lost.
      running = [];
      memory = emptyMemory();
      for (const record of records) remember(memory, record);
      take({ kind: "resumed" });
    } else step(running.splice(r.int(running.length), 1)[0]!);
  }
  const values = memory.values.get("")!;
  const state = Object.fromEntries(Object.keys(graph.state).map((field) => [field, readValue(values, field, {})]));
  return { state, occurrences: occurrences.sort(), records };
}

const isTeam = (name: string) => /^n[048]$/.test(name);

function randomPlan(r: Random): Plan {
  const tasks = Array.from({ length: 1 + r.int(4) }, (_, i) => ({
    id: `t${i}`,
    member: "m",
    args: Object.fromEntries(
      Array.from({ length: i }, (_, j) => j)
        .filter(() => r.chance(0.4))
        .map((j) => [`a${j}`, { ref: `t${j}.out` }]),
    ),
  }));
  return { tasks, output: {} };
}
