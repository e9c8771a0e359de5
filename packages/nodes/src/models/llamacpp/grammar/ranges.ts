/** A set of characters: code points from and to, both included, in order and apart. */
export type Ranges = readonly (readonly [number, number])[];

const last = 0x10ffff;

/** Any order and overlap, in order and apart. */
export function ranges(parts: Iterable<readonly [number, number]>): Ranges {
  const made: [number, number][] = [];
  for (const [from, to] of [...parts].sort((a, b) => a[0] - b[0])) {
    const before = made.at(-1);
    if (before && from <= before[1] + 1) before[1] = Math.max(before[1], to);
    else if (from <= to) made.push([from, to]);
  }
  return made;
}

export const union = (...sets: readonly Ranges[]): Ranges => ranges(sets.flat());

export function without(all: Ranges, some: Ranges): Ranges {
  let left: (readonly [number, number])[] = [...all];
  for (const [from, to] of some) {
    left = left.flatMap(([a, b]): (readonly [number, number])[] => {
      if (to < a || from > b) return [[a, b]];
      return [...(a < from ? [[a, from - 1] as const] : []), ...(b > to ? [[to + 1, b] as const] : [])];
    });
  }
  return ranges(left);
}

/** Every character that a text can hold: no halves of surrogate pairs. */
export const everything: Ranges = [
  [0, 0xd7ff],
  [0xe000, last],
];
/** What is one unit of a JavaScript string, so that lengths and dots count it once. */
export const units: Ranges = [
  [0, 0xd7ff],
  [0xe000, 0xffff],
];

const alone = (at: number): Ranges => [[at, at]];

export const one = (text: string): Ranges => alone(text.codePointAt(0)!);
