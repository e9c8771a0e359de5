/** A seeded source of choices (mulberry32). */
export interface Random {
  /** An integer from 0 to `below` - 1. */
  int(below: number): number;
  chance(p: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Each item with chance `p`. */
  some<T>(items: readonly T[], p: number): T[];
}

export function random(seed: number): Random {
  let a = (seed + 0x9e3779b9) | 0;
  const next = () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const self: Random = {
    int: (below) => Math.floor(next() * below),
    chance: (p) => next() < p,
    pick: (items) => items[self.int(items.length)]!,
    some: (items, p) => items.filter(() => next() < p),
  };
  return self;
}
