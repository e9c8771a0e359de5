import type { LoopInfo } from "./loops.js";

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
  const set = (row: Uint32Array, i: number) => {
    row[i >> 5]! |= 1 << (i & 31);
  };
  const add = (row: Uint32Array, other: Uint32Array) => {
    for (let w = 0; w < words; w++) row[w]! |= other[w]!;
  };
  const bits = (some: Iterable<string>) => {
    const row = new Uint32Array(words);
    for (const name of some) if (place.has(name)) set(row, place.get(name)!);
    return row;
  };
  let made: readonly Uint32Array[] | undefined;
  const rows = () => (made ??= make());
  function make(): readonly Uint32Array[] {
    const all: Uint32Array[] = [];
    const bodies = new Map<string, Uint32Array>();
    for (const node of nodes) {
      const row = new Uint32Array(words);
      const left = new Set<string>();
      for (const from of before(node)) {
        const i = place.get(from);
        if (i === undefined) continue;
        add(row, all[i]!);
        set(row, i);
        for (const head of around[from]!) if (!loops[head]!.body.has(node)) left.add(head);
      }
      // From anywhere in a loop a way leads to what follows it.
      for (const head of left) {
        const { body } = loops[head]!;
        if (body.size < words) for (const inside of body) set(row, place.get(inside)!);
        else add(row, bodies.get(head) ?? bodies.set(head, bits(body)).get(head)!);
      }
      all.push(row);
    }
    return all;
  }
  return {
    none: () => new Uint32Array(words),
    set(some, node, on) {
      const i = place.get(node);
      if (i === undefined) return;
      if (on) set(some, i);
      else some[i >> 5]! &= ~(1 << (i & 31));
    },
    has(from, to) {
      const [i, j] = [place.get(from), place.get(to)];
      return i !== undefined && j !== undefined && (rows()[j]![i >> 5]! & (1 << (i & 31))) !== 0;
    },
    first(some, to) {
      const j = place.get(to);
      if (j === undefined) return undefined;
      const row = rows()[j]!;
      for (let w = 0; w < words; w++) {
        const both = row[w]! & some[w]!;
        if (both !== 0) return nodes[w * 32 + 31 - Math.clz32(both)];
      }
      return undefined;
    },
  };
}
