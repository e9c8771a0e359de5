import type { Json } from "../schema/json.js";
import type { Analysis } from "./analysis.js";
import { present } from "./present.js";

/** What an occurrence gave to a field with a reducer. */
export interface Contribution {
  /** Iteration, then the node's place in the graph: for each loop around it its head's place and round, then its own, then the item's. */
  readonly key: readonly number[];
  readonly value: Json;
}

/** Puts a contribution in its place and gives that; of like keys the first stays first. */
export function insert(contributions: Contribution[], one: Contribution): number {
  let [low, high] = [0, contributions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = contributions[middle];
    if (other && compareKeys(other.key, one.key) <= 0) low = middle + 1;
    else high = middle;
  }
  contributions.splice(low, 0, one);
  return low;
}

/** The key of what an occurrence of a node contributes, in the rounds that the loops around it are in. */
export function keyOf(
  { around, order }: Analysis,
  node: string,
  rounds: ReadonlyMap<string, number> | undefined,
  item: number | undefined,
): number[] {
  const key: number[] = [];
  for (const head of present(around[node], "node")) key.push(present(order[head], "head"), present(rounds?.get(head), "round"));
  key.push(present(order[node], "node"));
  if (item !== undefined) key.push(item);
  return key;
}

/** The order in which contributions are folded. */
export function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (const [i, one] of a.entries()) {
    const other = b[i];
    if (other === undefined) return 1;
    if (one !== other) return one - other;
  }
  return a.length - b.length;
}
