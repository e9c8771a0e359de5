import { reversePostorder } from "./reverse-postorder.js";

/** Which nodes every way to a node passes. */
export interface Dominators {
  /** Nodes that a start leads to, each but for ways back after what leads to it. */
  readonly live: readonly string[];
  /** The last node that every way to a node passes before it; undefined where there is none. */
  readonly above: ReadonlyMap<string, string | undefined>;
  /** Whether every way to `node` passes `other`; a node passes itself. */
  dominates(other: string, node: string): boolean;
}

/** A place in the tree of dominators. Those above come before those below. */
interface Place {
  readonly name: string | undefined;
  readonly n: number;
  above: Place | undefined;
  /** How many places it and those below it are. */
  size: number;
  /** When a walk of the tree enters it, and how much of what is below it the walk has been through. */
  enter: number;
  walked: number;
}

const placeOf = (name: string | undefined, n: number): Place => ({ name, n, above: undefined, size: 1, enter: 0, walked: 1 });

/** The tree of dominators (Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm", 2001); all starts hang from one root outside. */
export function dominators(
  starts: readonly string[],
  successors: (node: string) => readonly string[],
  predecessors: (node: string) => readonly string[],
): Dominators {
  const live = reversePostorder(starts, successors);
  const root = placeOf(undefined, 0);
  const places = new Map(live.map((name, i) => [name, placeOf(name, i + 1)]));
  const first = new Set(starts);
  const incoming = [...places].map(([name, place]) => ({
    place,
    isFirst: first.has(name),
    from: predecessors(name).flatMap((p) => places.get(p) ?? []),
  }));
  const common = (a: Place, b: Place): Place => {
    while (a !== b) {
      while (a.n > b.n) a = a.above ?? root;
      while (b.n > a.n) b = b.above ?? root;
    }
    return a;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const { place, isFirst, from } of incoming) {
      let next = isFirst ? root : undefined;
      for (const p of from) if (p.above) next = next ? common(p, next) : p;
      if (place.above === next) continue;
      place.above = next;
      changed = true;
    }
  }
  walk([...places.values()]);
  return {
    live,
    above: new Map(Array.from(places, ([name, { above }]) => [name, above?.name])),
    dominates(other, node) {
      const [a, b] = [places.get(other), places.get(node)];
      return a !== undefined && b !== undefined && a.enter <= b.enter && b.enter + b.size <= a.enter + a.size;
    },
  };
}

/** Walks the tree. */
function walk(places: readonly Place[]): void {
  for (const { above, size } of [...places].reverse()) if (above) above.size += size;
  for (const place of places) {
    const { above, size } = place;
    if (!above) continue;
    place.enter = above.enter + above.walked;
    above.walked += size;
  }
}
