import { type Ranges, ranges } from "./ranges.js";
import type { Term } from "./terms.js";

/** A state of a machine that reads a text: whether it may end here, and where each character leads. The first one is the start. */
export interface State {
  readonly accepts: boolean;
  readonly edges: readonly { readonly on: Ranges; readonly to: number }[];
}

/**
 * The machine of a start and the steps from it, without states from which no end can be reached; `nothing` where the start is one.
 * Undefined where it would have more than `most` states.
 */
export function machine<T>(
  start: T,
  most: number,
  look: (state: T) => { readonly key: string | number; readonly accepts: boolean; readonly edges: () => readonly (readonly [Ranges, T])[] },
): readonly State[] | "nothing" | undefined {
  const numbers = new Map<string | number, number>();
  const waiting: T[] = [];
  const numberOf = (state: T): number => {
    const { key } = look(state);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    waiting.push(state);
    return numbers.size - 1;
  };
  numberOf(start);
  const states: State[] = [];
  for (const state of waiting) {
    if (numbers.size > most) return undefined;
    const { accepts, edges } = look(state);
    states.push({ accepts, edges: edges().map(([on, to]) => ({ on, to: numberOf(to) })) });
  }
  return useful(states);
}

/** The machine of a language. */
export function machineOf(term: Term, most: number): readonly State[] | "nothing" | undefined {
  return machine(term, most, (state) => ({
    key: state.id,
    accepts: state.empty,
    edges: () => edgesOf(state),
  }));
}

/** One edge for each of the terms that are left after a character. */
function edgesOf(term: Term): (readonly [Ranges, Term])[] {
  const sets = [...new Set(term.firsts)];
  const cuts = [...new Set(sets.flat().flatMap(([from, to]) => [from, to + 1]))].sort((a, b) => a - b);
  // Stretches that lie in the same sets lead to the same term.
  const alike = new Map<string, Term>();
  const edges = new Map<Term, (readonly [number, number])[]>();
  cuts.slice(0, -1).forEach((from, i) => {
    const sign = sets.map((set) => (set.some(([a, b]) => from >= a && from <= b) ? 1 : 0)).join("");
    if (!sign.includes("1")) return;
    const next = alike.get(sign) ?? term.after(from);
    alike.set(sign, next);
    edges.set(next, [...(edges.get(next) ?? []), [from, cuts[i + 1]! - 1]]);
  });
  return [...edges].map(([next, stretches]) => [ranges(stretches), next]);
}

function useful(states: readonly State[]): readonly State[] | "nothing" {
  const from = new Map<number, Set<number>>();
  for (const [i, { edges }] of states.entries()) for (const { to } of edges) from.set(to, (from.get(to) ?? new Set<number>()).add(i));
  const alive = new Set(states.flatMap(({ accepts }, i) => (accepts ? [i] : [])));
  for (const i of alive) for (const before of from.get(i) ?? []) alive.add(before);
  if (!alive.has(0)) return "nothing";
  const numbers = new Map([...alive].sort((a, b) => a - b).map((old, i) => [old, i]));
  const renumbered = ({ on, to: old }: State["edges"][number]) => {
    const to = numbers.get(old);
    return to === undefined ? [] : [{ on, to }];
  };
  return states.filter((_, i) => alive.has(i)).map(({ accepts, edges }) => ({ accepts, edges: edges.flatMap(renumbered) }));
}
