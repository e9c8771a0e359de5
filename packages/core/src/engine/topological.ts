/** Nodes in an order, and those that have none. */
export interface Order {
  /** Each node's place; nodes on a cycle, and what follows them, come last, as they were given. */
  readonly order: Readonly<Record<string, number>>;
  readonly stuck: readonly string[];
}

interface Step {
  readonly name: string;
  /** Its place among the names given. */
  readonly given: number;
  /** How many it still waits for. */
  waits: number;
  leads: readonly Step[];
}

/** Kahn's algorithm, of several that can come next the one given first. */
export function topological(names: readonly string[], forward: (node: string) => readonly string[]): Order {
  const steps = names.map((name, given): Step => ({ name, given, waits: 0, leads: [] }));
  const byName = new Map(steps.map((step) => [step.name, step]));
  for (const step of steps) {
    step.leads = forward(step.name).flatMap((to) => byName.get(to) ?? []);
    for (const to of step.leads) to.waits++;
  }
  // What can come next, the last one first.
  const ready = steps.filter(({ waits }) => waits === 0).reverse();
  const order: Record<string, number> = {};
  let at = 0;
  for (let next = ready.pop(); next; next = ready.pop()) {
    order[next.name] = at++;
    const freed = next.leads.filter((to) => --to.waits === 0);
    // The last one first, so that each mostly comes at the end.
    for (const one of freed.sort((a, b) => b.given - a.given)) insert(ready, one);
  }
  const stuck = names.filter((name) => order[name] === undefined);
  for (const name of stuck) order[name] = at++;
  return { order, stuck };
}

/** Puts a step in its place among falling ones. */
function insert(falling: Step[], step: Step): void {
  let [low, high] = [0, falling.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((falling[middle]?.given ?? 0) > step.given) low = middle + 1;
    else high = middle;
  }
  falling.splice(low, 0, step);
}
