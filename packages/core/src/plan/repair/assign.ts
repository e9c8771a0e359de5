import { needsOf, type Plan, type Ref, refsOf } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { orderOf } from "../order.js";
import type { SettledBy } from "../settled.js";
import { nameLikeness } from "./likeness.js";
import { type Source, unusedTasks } from "./sources.js";
import { cardOf, type Place, withValue } from "./step.js";

/** A place that waits for one of several sources. */
export interface Choice {
  readonly place: Place;
  readonly sources: readonly Source[];
}

/** A place that was filled, and with what. */
export interface Filled {
  readonly place: Place;
  readonly value: Ref;
  readonly by: SettledBy;
}

/** So many ways to fill all places together are looked at; where there are more, nothing is settled. */
const mostWays = 4000;

interface Way {
  readonly taken: readonly Source[];
  /** Tasks that nothing takes from: the fewer the better. */
  readonly idle: number;
  readonly names: number;
}

/**
 * Fills several places together, so that each task is used, no two outputs are the same answer, and names fit best; where names tell
 * nothing and there are as many places as tasks, in the order of both. Places that the best ways fill differently stay open.
 */
export function assign(choices: readonly Choice[], plan: Plan, brief: Brief): readonly Filled[] {
  const ways = waysThrough(choices, plan, brief);
  if (ways.length === 0) return [];
  const best = ways.filter((way) => compare(way, ways[0]!) === 0);
  const next = ways[best.length];
  const by: SettledBy = next === undefined ? "type" : next.idle > ways[0]!.idle ? "use" : "name";
  const lead = best.length === 1 ? best[0]! : inOrder(best, choices, plan, brief);
  return choices.flatMap(({ place }, i): Filled[] => {
    const agreed = best.every(({ taken }) => taken[i]!.ref === best[0]!.taken[i]!.ref);
    const source = agreed ? best[0]!.taken[i]! : lead?.taken[i];
    return source ? [{ place, value: { ref: source.ref }, by: agreed ? by : "order" }] : [];
  });
}

const compare = (a: Way, b: Way): number => a.idle - b.idle || b.names - a.names;

/** All ways that make no circle and give no answer twice that had not been, best first. */
function waysThrough(choices: readonly Choice[], plan: Plan, brief: Brief): readonly Way[] {
  if (choices.reduce((product, { sources }) => product * sources.length, 1) > mostWays) return [];
  if (choices.some(({ place }) => place.task !== undefined) && orderOf(plan.tasks).cyclic.length > 0) return [];
  const member = new Map(plan.tasks.map((task) => [task.id, task.member]));
  const idle = [...unusedTasks(plan)].filter((id) => !cardOf(brief, plan.tasks.find((task) => task.id === id)!)?.effects);
  const names = choices.map(
    ({ place, sources }) => new Map(sources.map((source) => [source, nameLikeness(place.slot, source, member.get(source.head))] as const)),
  );
  const waits = new Map<string, Set<string>>();
  for (const task of plan.tasks) waits.set(task.id, new Set([...(waits.get(task.id) ?? []), ...needsOf(task)]));
  const answers = new Set(Object.values(plan.output).flatMap(refsOf));
  const taken: Source[] = [];
  const ways: Way[] = [];
  const fill = (i: number): void => {
    const choice = choices[i];
    if (!choice) {
      const heads = new Set(taken.map(({ head }) => head));
      const sum = taken.reduce((all, source, j) => all + names[j]!.get(source)!, 0);
      ways.push({ taken: [...taken], idle: idle.filter((id) => !heads.has(id)).length, names: sum });
      return;
    }
    const id = choice.place.task === undefined ? undefined : plan.tasks[choice.place.task]!.id;
    for (const source of choice.sources) {
      const [set, one] = id === undefined ? [answers, source.ref] : [waits.get(id)!, source.head];
      if (id === undefined ? set.has(one) : waitsFor(one, id, waits)) continue;
      const fresh = !set.has(one);
      set.add(one);
      taken.push(source);
      fill(i + 1);
      taken.pop();
      if (fresh) set.delete(one);
    }
  };
  fill(0);
  return ways.sort(compare);
}

/** Whether a task is another, or waits for it, however long the way. */
function waitsFor(task: string, other: string, waits: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const seen = new Set<string>();
  const open = [task];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === other) return true;
    if (!seen.has(id)) open.push(...(waits.get(id) ?? []));
    seen.add(id);
  }
  return false;
}

const taking = (plan: Plan, choices: readonly Choice[], taken: readonly Source[]): Plan =>
  choices.reduce((now, { place }, i) => withValue(now, place, { ref: taken[i]!.ref }), plan);

/** Of ways that are as good, the only one in which answers come in the order of their tasks, where each task has one answer. */
function inOrder(ways: readonly Way[], choices: readonly Choice[], plan: Plan, brief: Brief): Way | undefined {
  const at = new Map(plan.tasks.map(({ id }, i) => [id, i]));
  const names = Object.keys(brief.wanted);
  if (names.length !== plan.tasks.length) return undefined;
  const rising = ways.filter(({ taken }) => {
    const { output } = taking(plan, choices, taken);
    const order = names.flatMap((name) => refsOf(output[name] ?? [])).map((ref) => at.get(ref.split(".")[0]!) ?? -1);
    return order.length === names.length && order.every((n, i) => n === i);
  });
  return rising.length === 1 ? rising[0] : undefined;
}
