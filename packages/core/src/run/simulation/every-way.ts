import { eachesOf } from "../../engine/eaches-of.js";
import { advance, begin } from "../../engine/engine.js";
import type { Next } from "../../engine/record.js";
import type { EngineState, GraphFrame } from "../../engine/state.js";
import { type GraphData, outcomesOf, type RuleData } from "../../graph/data.js";

/** What some run of a graph does while nothing has written a field. */
export interface Unwritten {
  /** Nodes that start. */
  readonly started: ReadonlySet<string>;
  /** Whether it ends. */
  readonly ends: boolean;
}

/**
 * Carries a graph out in every way there is without a field being written: each rule leads wherever it can while the field is missing, an
 * `each` finds no item, one or two, and what is under way is completed in every order. `surely` says whether a node writes the field
 * whenever it completes; one that may leave it out does.
 */
export function everyWay(graph: GraphData, field: string, surely: (node: string) => boolean): Unwritten {
  const eaches = eachesOf(graph);
  const started = new Set<string>();
  const seen = new Set<string>();
  let ends = false;
  const todo: EngineState[] = [];
  const meet = ({ state, commands }: ReturnType<typeof begin>) => {
    for (const command of commands) {
      if (command.kind === "start") started.add(command.name);
      else if (command.kind === "quiet") ends = true;
    }
    const key = keyOf(state);
    if (seen.has(key)) return;
    seen.add(key);
    todo.push(state);
  };
  /** Where a node can lead when it completes without the field being written. */
  const choices = (node: string, { items }: GraphFrame): readonly Next[] => {
    const each = eaches.get(node);
    if (each) return items[node]!.open === 1 && Object.values(each.collect).includes(field) ? [] : [[]];
    if (surely(node)) return [];
    const rule = graph.edges[node]!;
    if (rule.kind !== "each") return whileMissing(rule, field);
    if (rule.each === field) return [];
    const counts = Object.values(rule.collect).includes(field) ? [1, 2] : [0, 1, 2];
    return counts.map((count) => ({ each: rule.to, count }));
  };
  meet(begin(graph));
  for (let state = todo.pop(); state; state = todo.pop()) {
    const frame = state.frames.get("") as GraphFrame;
    for (const [at, node] of frame.running)
      for (const next of choices(node, frame)) meet(advance(state, { kind: "completed", at, output: {}, next, ms: 0, usage: [] }));
  }
  return { started, ends };
}

/** Where a rule can lead while a field is missing, whatever its other fields hold. */
function whileMissing(rule: RuleData, field: string): readonly (readonly string[])[] {
  if (rule.kind === "by" && rule.by === field) return rule.otherwise ? [rule.otherwise] : [];
  if (rule.kind !== "when") return outcomesOf(rule);
  const ways: (readonly string[])[] = [];
  for (const { when, to } of rule.cases) {
    const tests = typeof when === "string" ? undefined : when;
    const own = tests?.[field];
    const may = own === undefined || Object.entries(own).every(([test, value]) => (test === "exists" ? value === false : test === "not"));
    if (may) ways.push(to);
    if (may && own !== undefined && Object.keys(tests!).length === 1) return ways;
  }
  return rule.otherwise ? [...ways, rule.otherwise] : ways;
}

function keyOf(state: EngineState): string {
  const { running, pending, latched, rounds, items } = state.frames.get("") as GraphFrame;
  const sorted = (record: object) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([[...running.keys()].sort(), [...pending].sort(), [...latched].sort(), sorted(rounds), sorted(items)]);
}
