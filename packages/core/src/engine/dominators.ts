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

/** The tree of dominators (Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm", 2001); all starts hang from one root outside. */
export function dominators(
  starts: readonly string[],
  successors: Readonly<Record<string, readonly string[]>>,
  predecessors: Readonly<Record<string, readonly string[]>>,
): Dominators {
  const live = reversePostorder(starts, (n) => successors[n]!);
  // Places count from 1; 0 is the root.
  const place = new Map(live.map((name, i) => [name, i + 1]));
  const first = new Set(starts.map((name) => place.get(name)!));
  const incoming = [[], ...live.map((name) => predecessors[name]!.flatMap((p) => place.get(p) ?? []))];
  const parent: number[] = [0];
  const common = (a: number, b: number): number => {
    while (a !== b) {
      while (a > b) a = parent[a]!;
      while (b > a) b = parent[b]!;
    }
    return a;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (let n = 1; n <= live.length; n++) {
      let next = first.has(n) ? 0 : undefined;
      for (const p of incoming[n]!) if (parent[p] !== undefined) next = next === undefined ? p : common(next, p);
      if (parent[n] === next) continue;
      parent[n] = next!;
      changed = true;
    }
  }
  const { enter, leave } = spans(parent);
  return {
    live,
    above: new Map(live.map((name, i) => [name, live[parent[i + 1]! - 1]])),
    dominates(other, node) {
      const [a, b] = [place.get(other), place.get(node)];
      return a !== undefined && b !== undefined && enter[a]! <= enter[b]! && leave[b]! <= leave[a]!;
    },
  };
}

/** When a walk of the tree enters and leaves each place. Parents come before their children. */
function spans(parent: readonly number[]): { enter: readonly number[]; leave: readonly number[] } {
  const size = parent.map(() => 1);
  for (let n = parent.length - 1; n > 0; n--) size[parent[n]!]! += size[n]!;
  const enter: number[] = [0];
  const used = parent.map(() => 1);
  for (let n = 1; n < parent.length; n++) {
    enter[n] = enter[parent[n]!]! + used[parent[n]!]!;
    used[parent[n]!]! += size[n]!;
  }
  return { enter, leave: enter.map((at, n) => at + size[n]!) };
}
