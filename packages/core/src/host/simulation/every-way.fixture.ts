import { eachesOf } from "../../engine/eaches-of.js";
import { present } from "../../engine/present.js";
import type { Next } from "../../engine/record.js";
import { completeNode, isQuiet, openSchedule, type Schedule, type Turn } from "../../engine/schedule.js";
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
  const todo: Schedule[] = [];
  const meet = (schedule: Schedule, turns: readonly Turn[]) => {
    for (const { node } of turns) started.add(node);
    if (isQuiet(schedule)) ends = true;
    const key = keyOf(schedule);
    if (seen.has(key)) return;
    seen.add(key);
    todo.push(schedule);
  };
  /** Where a node can lead when it completes without the field being written. */
  const choices = (node: string, { items }: Schedule): readonly Next[] => {
    const each = eaches.get(node);
    if (each) return present(items?.get(node), "items").open === 1 && Object.values(each.collect).includes(field) ? [] : [[]];
    if (surely(node)) return [];
    const rule = present(graph.edges[node], "rule");
    if (rule.kind !== "each") return whileMissing(rule, field);
    if (rule.each === field) return [];
    const counts = Object.values(rule.collect).includes(field) ? [1, 2] : [0, 1, 2];
    return counts.map((count) => ({ each: rule.to, count }));
  };
  const { schedule, turns } = openSchedule(graph);
  meet(schedule, turns);
  for (let one = todo.pop(); one; one = todo.pop())
    for (const node of one.analysis.ordered.filter((_, at) => one.running[at]))
      for (const next of choices(node, one)) {
        const copy = copyOf(one);
        meet(copy, completeNode(copy, node, next));
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
    if (may && own !== undefined && Object.keys(tests ?? {}).length === 1) return ways;
  }
  return rule.otherwise ? [...ways, rule.otherwise] : ways;
}

const copyOf = ({ analysis, ...rest }: Schedule): Schedule => ({ analysis, ...structuredClone(rest) });

function keyOf({ running, pending, loops, items }: Schedule): string {
  const sorted = (map: ReadonlyMap<string, unknown> | undefined) => [...(map ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([running, pending, [...(loops?.latched ?? [])].sort(), sorted(loops?.rounds), sorted(items)]);
}
