import type { LoopInfo } from "./loops.js";
import { present } from "./present.js";

/** Which nodes can still reach which, by a way that does not go round a loop that contains the second one. */
export interface Reach {
  has(from: string, to: string): boolean;
  /** No nodes, as `set` and `first` take them. */
  none(): Uint32Array;
  /** Adds a node to some, or takes it away. */
  set(nodes: Uint32Array, node: string, on: boolean): void;
  /** The first of some nodes that can reach one; undefined where none can. */
  first(nodes: Uint32Array, to: string): string | undefined;
}

/** A row of bits a node, one for each that reaches it: 10,000 nodes take 12 MB and 10 ms, so they are made when first asked for. */
export function reach(
  /** What leads to a node comes before it. */
  nodes: readonly string[],
  before: (node: string) => readonly string[],
  around: Readonly<Record<string, readonly string[]>>,
  loops: Readonly<Record<string, LoopInfo>>,
): Reach {
  const place = new Map(nodes.map((name, i) => [name, i]));
  const words = (nodes.length + 31) >> 5;
  const has = (row: Uint32Array, i: number): boolean => ((row[i >> 5] ?? 0) & (1 << (i & 31))) !== 0;
  const set = (row: Uint32Array, i: number) => {
    row[i >> 5] = (row[i >> 5] ?? 0) | (1 << (i & 31));
  };
  const add = (row: Uint32Array, other: Uint32Array) => {
    for (let w = 0; w < words; w++) row[w]! |= other[w]!; // both have as many words
  };
  const mark = (row: Uint32Array, some: Iterable<string>) => {
    for (const name of some) {
      const i = place.get(name);
      if (i !== undefined) set(row, i);
    }
    return row;
  };
  let made: ReadonlyMap<string, Uint32Array> | undefined;
  const rows = () => (made ??= make());
  function make(): ReadonlyMap<string, Uint32Array> {
    const all = new Map<string, Uint32Array>();
    const bodies = new Map<string, Uint32Array>();
    for (const node of nodes) {
      const row = new Uint32Array(words);
      const left = new Set<string>();
      for (const from of before(node)) {
        const [i, others] = [place.get(from), all.get(from)];
        if (i === undefined || !others) continue;
        add(row, others);
        set(row, i);
        for (const head of around[from] ?? []) if (!loops[head]?.body.has(node)) left.add(head);
      }
      // From anywhere in a loop a way leads to what follows it.
      for (const head of left) {
        const { body } = present(loops[head], "loop");
        if (body.size < words) mark(row, body);
        else {
          const whole = bodies.get(head) ?? mark(new Uint32Array(words), body);
          bodies.set(head, whole);
          add(row, whole);
        }
      }
      all.set(node, row);
    }
    return all;
  }
  return {
    none: () => new Uint32Array(words),
    set(some, node, on) {
      const i = place.get(node);
      if (i === undefined) return;
      if (on) set(some, i);
      else some[i >> 5] = (some[i >> 5] ?? 0) & ~(1 << (i & 31));
    },
    has(from, to) {
      const [i, row] = [place.get(from), rows().get(to)];
      return i !== undefined && row !== undefined && has(row, i);
    },
    first(some, to) {
      const row = rows().get(to);
      if (!row) return undefined;
      for (let w = 0; w < words; w++) {
        const both = row[w]! & some[w]!; // both have as many words
        if (both !== 0) return nodes[w * 32 + 31 - Math.clz32(both)];
      }
      return undefined;
    },
  };
}
