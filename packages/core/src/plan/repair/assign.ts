import { type Plan, refsOf } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { orderOf } from "../order.js";
import { nameLikeness } from "./likeness.js";
import { type Source, unusedTasks } from "./sources.js";
import { cardOf, type Place, placeName, type Settled, type SettledBy, withValue } from "./step.js";

/** A place that waits for one of several sources. */
export interface Choice {
  readonly place: Place;
  readonly sources: readonly Source[];
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
export function assign(choices: readonly Choice[], plan: Plan, brief: Brief): readonly Settled[] {
  const ways = waysThrough(choices, plan, brief);
  if (ways.length === 0) return [];
  const best = ways.filter((way) => compare(way, ways[0]!) === 0);
  const next = ways[best.length];
  const by: SettledBy = next === undefined ? "type" : next.idle > ways[0]!.idle ? "use" : "name";
  const lead = best.length === 1 ? best[0]! : inOrder(best, choices, plan, brief);
  return choices.flatMap(({ place }, i): Settled[] => {
    const agreed = best.every(({ taken }) => taken[i]!.ref === best[0]!.taken[i]!.ref);
    const source = agreed ? best[0]!.taken[i]! : lead?.taken[i];
    return source ? [{ place: placeName(plan, place), value: { ref: source.ref }, by: agreed ? by : "order" }] : [];
  });
}

const compare = (a: Way, b: Way): number => a.idle - b.idle || b.names - a.names;

/** All ways that make no circle and give no answer twice that had not been, best first. */
function waysThrough(choices: readonly Choice[], plan: Plan, brief: Brief): readonly Way[] {
  if (choices.reduce((product, { sources }) => product * sources.length, 1) > mostWays) return [];
  const member = new Map(plan.tasks.map((task) => [task.id, task.member]));
  const idle = [...unusedTasks(plan)].filter((id) => !cardOf(brief, plan.tasks.find((task) => task.id === id)!)?.effects);
  const answers = Object.values(plan.output).flatMap(refsOf);
  const names = choices.map(
    ({ place, sources }) => new Map(sources.map((source) => [source, nameLikeness(place.slot, source, member.get(source.head))] as const)),
  );
  const inTasks = choices.some(({ place }) => place.task !== undefined);
  let ways: readonly (readonly Source[])[] = [[]];
  for (const { sources } of choices) ways = ways.flatMap((taken) => sources.map((source) => [...taken, source]));
  return ways
    .flatMap((taken): Way[] => {
      const given = [...answers, ...taken.filter((_, i) => choices[i]!.place.task === undefined).map(({ ref }) => ref)];
      if (given.length - new Set(given).size > answers.length - new Set(answers).size) return [];
      if (inTasks && orderOf(filled(plan, choices, taken).tasks).cyclic.length > 0) return [];
      const heads = new Set(taken.map(({ head }) => head));
      return [
        {
          taken,
          idle: idle.filter((id) => !heads.has(id)).length,
          names: taken.reduce((sum, source, i) => sum + names[i]!.get(source)!, 0),
        },
      ];
    })
    .sort(compare);
}

const filled = (plan: Plan, choices: readonly Choice[], taken: readonly Source[]): Plan =>
  choices.reduce((now, { place }, i) => withValue(now, place, { ref: taken[i]!.ref }), plan);

/** Of ways that are as good, the only one in which answers come in the order of their tasks, where each task has one answer. */
function inOrder(ways: readonly Way[], choices: readonly Choice[], plan: Plan, brief: Brief): Way | undefined {
  const at = new Map(plan.tasks.map(({ id }, i) => [id, i]));
  const names = Object.keys(brief.wanted);
  if (names.length !== plan.tasks.length) return undefined;
  const rising = ways.filter(({ taken }) => {
    const { output } = filled(plan, choices, taken);
    const order = names.flatMap((name) => refsOf(output[name] ?? [])).map((ref) => at.get(ref.split(".")[0]!) ?? -1);
    return order.length === names.length && order.every((n, i) => n === i);
  });
  return rising.length === 1 ? rising[0] : undefined;
}
