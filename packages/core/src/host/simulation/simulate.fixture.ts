import { readField } from "../../engine/fields.js";
import { fold } from "../../engine/fold.js";
import type { Command, Message } from "../../engine/message.js";
import { present } from "../../engine/present.js";
import type { RunRecord } from "../../engine/record.js";
import { emptyState, type Program } from "../../engine/state.js";
import { transition } from "../../engine/transition.js";
import type { GraphData } from "../../graph/data.js";
import type { Plan } from "../../graph/plan.js";
import type { Json } from "../../schema/json.js";
import { type Random, random } from "../../testing/random.js";
import { digest } from "./digest.fixture.js";

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
 * Runs a graph on the machine itself, each occurrence answering the same to the same input, and a seed choosing which of
 * those under way answers next. Nodes whose number is divisible by four are teams: they open a plan first. With `crash`, the run is cut
 * at a random record now and then and goes on from its journal alone.
 * @throws RangeError when it does not end.
 */
export function simulate(graph: GraphData, timing: number, { crash = false } = {}): Outcome {
  const r = random(timing);
  const records: RunRecord[] = [];
  const occurrences: string[] = [];
  const program: Program = { conditions: {}, reducers: {} };
  let state = emptyState();
  let running: Start[] = [];
  /** Occurrences that were begun, for those that wait for their plan. */
  const begun = new Map<string, Start>();

  const give = (message: Message): void => {
    const step = transition(program, state, message);
    records.push(...step.records);
    for (const command of step.commands) {
      if (command.kind === "start") running.push(command);
      else if (command.kind === "answer") complete(present(begun.get(command.to), "caller"));
      else if (command.kind === "finish") give({ kind: "result", output: command.output as Json });
    }
  };
  const complete = ({ at, attempt, name, input }: Start): void => {
    const { frame, inside } = present(state.occurrences.get(at), "occurrence");
    if (frame?.kind === "plan") return give({ kind: "output", at, attempt, output: { out: digest([name, input]) }, flags: [] });
    const told = [...(inside?.plans[0]?.results ?? [])].sort();
    const output = Object.fromEntries(
      Object.keys(present(graph.nodes[name], "node").write).map((field) => {
        const value = digest([name, field, input, told]);
        return [field, field === "out_list" ? Array.from({ length: value % 4 }, (_, i) => digest([value, i])) : value];
      }),
    );
    give({ kind: "output", at, attempt, output, flags: [] });
  };
  const step = (start: Start): void => {
    const { at, attempt, name, input } = start;
    const { frame, inside } = present(state.occurrences.get(at), "occurrence");
    begun.set(at, start);
    const known = inside?.plans[0];
    if (!known) occurrences.push(`${at} ${JSON.stringify(input)}`);
    if (frame?.kind === "plan" || !isTeam(name)) return complete(start);
    const made = known ? undefined : { plan: randomPlan(random(digest([name, input]))), by: "typed", notes: [] };
    give({ kind: "plan", at, attempt, n: 1, made, input: {} });
  };

  give({ kind: "first", record: { kind: "began", graph, hash: "", input: { given: 50, list: [3, 1, 2] } }, flags: [] });
  while (running.length) {
    if (records.length > bound) throw new RangeError(`${graph.name} does not end under timing ${timing}`);
    if (crash && r.chance(0.05)) {
      // All that is not in the journal is lost.
      running = [];
      state = emptyState();
      for (const record of records) fold(state, record);
      give({ kind: "first", record: { kind: "resumed" }, flags: [] });
    } else for (const one of running.splice(r.int(running.length), 1)) step(one);
  }
  const { fields } = present(state.root, "beginning");
  const fieldNames = Object.keys(graph.state);
  const values = Object.fromEntries(fieldNames.map((field) => [field, readField(fields, field, {})]));
  return { state: values, occurrences: occurrences.sort(), records };
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
