import { headOf, needsOf, type Plan, type Ref, refsOf } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { orderOf } from "../order.js";
import type { SettledBy } from "../settled.js";
import { nameLikeness } from "./likeness.js";
import { type Source, unusedTasks } from "./sources.js";
import { cardOf, type Place, taskAt, withValue } from "./step.js";

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

/** A source for a place, and how near their names are. */
interface Taken {
  readonly place: Place;
  readonly source: Source;
  readonly name: number;
}

interface Way {
  /** For each place, in their order. */
  readonly taken: readonly Taken[];
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
  const [first] = ways;
  if (!first) return [];
  const best = ways.filter((way) => compare(way, first) === 0);
  const next = ways[best.length];
  const by: SettledBy = next === undefined ? "type" : next.idle > first.idle ? "use" : "name";
  const lead = best.length === 1 ? first : inOrder(best, plan, brief);
  return first.taken.flatMap(({ place, source: { ref } }, i): Filled[] => {
    if (best.every(({ taken }) => taken[i]?.source.ref === ref)) return [{ place, value: { ref }, by }];
    const led = lead?.taken[i]?.source;
    return led ? [{ place, value: { ref: led.ref }, by: "order" }] : [];
  });
}

const compare = (a: Way, b: Way): number => a.idle - b.idle || b.names - a.names;

/** All ways that make no circle and give no answer twice that had not been, best first. */
function waysThrough(choices: readonly Choice[], plan: Plan, brief: Brief): readonly Way[] {
  if (choices.reduce((product, { sources }) => product * sources.length, 1) > mostWays) return [];
  if (choices.some(({ place }) => place.task !== undefined) && orderOf(plan.tasks).cyclic.length > 0) return [];
  const member = new Map(plan.tasks.map((task) => [task.id, task.member]));
  const acting = new Set(plan.tasks.filter((task) => cardOf(brief, task)?.effects).map(({ id }) => id));
  const idle = [...unusedTasks(plan)].filter((id) => !acting.has(id));
  const open = choices.map(({ place, sources }) => ({
    id: taskAt(plan, place)?.id,
    options: sources.map((source): Taken => ({ place, source, name: nameLikeness(place.slot, source, member.get(source.head)) })),
  }));
  const waits = new Map<string, Set<string>>();
  for (const task of plan.tasks) waits.set(task.id, new Set([...(waits.get(task.id) ?? []), ...needsOf(task)]));
  const answers = new Set(Object.values(plan.output).flatMap(refsOf));
  const taken: Taken[] = [];
  const ways: Way[] = [];
  const fill = (i: number): void => {
    const choice = open[i];
    if (!choice) {
      const heads = new Set(taken.map(({ source }) => source.head));
      const names = taken.reduce((sum, { name }) => sum + name, 0);
      ways.push({ taken: [...taken], idle: idle.filter((id) => !heads.has(id)).length, names });
      return;
    }
    const { id, options } = choice;
    for (const option of options) {
      const { ref, head } = option.source;
      const [set, one] = id === undefined ? [answers, ref] : [waits.get(id)!, head];
      if (id === undefined ? set.has(one) : waitsFor(one, id, waits)) continue;
      const fresh = !set.has(one);
      set.add(one);
      taken.push(option);
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

/** Of ways that are as good, the only one in which answers come in the order of their tasks, where each task has one answer. */
function inOrder(ways: readonly Way[], plan: Plan, brief: Brief): Way | undefined {
  const at = new Map(plan.tasks.map(({ id }, i) => [id, i]));
  const names = Object.keys(brief.wanted);
  if (names.length !== plan.tasks.length) return undefined;
  const rising = ways.filter(({ taken }) => {
    const { output } = taken.reduce((now, { place, source }) => withValue(now, place, { ref: source.ref }), plan);
    const order = names.flatMap((name) => refsOf(output[name] ?? [])).map((ref) => at.get(headOf(ref)) ?? -1);
    return order.length === names.length && order.every((n, i) => n === i);
  });
  return rising.length === 1 ? rising[0] : undefined;
}
