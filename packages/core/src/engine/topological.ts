/** Nodes in an order, and those that have none. */
export interface Order {
  /** Each node's place; nodes on a cycle, and what follows them, come last, as they were given. */
  readonly order: Readonly<Record<string, number>>;
  readonly stuck: readonly string[];
}

/** Kahn's algorithm, of several that can come next the one given first. */
export function topological(names: readonly string[], forward: Readonly<Record<string, readonly string[]>>): Order {
  const place = new Map(names.map((name, i) => [name, i]));
  const waiting = names.map(() => 0);
  for (const name of names) for (const to of forward[name]!) waiting[place.get(to)!]!++;
  // Places of what can come next, the last one first.
  const ready = names.flatMap((_, i) => (waiting[i] === 0 ? [i] : [])).reverse();
  const order: Record<string, number> = {};
  let at = 0;
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    order[names[next]!] = at++;
    const freed = forward[names[next]!]!.map((to) => place.get(to)!).filter((i) => --waiting[i]! === 0);
    // The last one first, so that each mostly comes at the end.
    for (const i of freed.sort((a, b) => b - a)) insert(ready, i);
  }
  const stuck = names.filter((name) => order[name] === undefined);
  for (const name of stuck) order[name] = at++;
  return { order, stuck };
}

/** Puts a number in its place among falling ones. */
function insert(falling: number[], value: number): void {
  let [low, high] = [0, falling.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (falling[middle]! > value) low = middle + 1;
    else high = middle;
  }
  falling.splice(low, 0, value);
}
