import type { Ranges } from "./ranges.js";
import { tooLarge } from "./rules.js";

/** A regular language: what a text may be. Terms that are made alike are one object, so that they can be told apart by `id`. */
export interface Term {
  readonly id: number;
  /** Whether the empty text is in it. */
  readonly empty: boolean;
  /** What is left of it after a character. */
  after(character: number): Term;
  /** The sets of characters by which texts of it can begin: within a part of any of them, `after` is the same. */
  readonly firsts: readonly Ranges[];
}

/** Terms, as they are made. */
export interface Terms {
  /** The term of this kind and key; the same for the same ones. */
  term(kind: string, key: string, parts: readonly Term[], made: Omit<Term, "id">): Term;
  /** The parts of a term of this kind, undefined for one of another. */
  partsOf(kind: string, term: Term): readonly Term[] | undefined;
  /** These, with the parts of those of this kind in place of them, each once, in order. */
  flat(kind: string, parts: readonly Term[]): Term[];
}

/** Parts of unions and intersections looked at, at the most: seconds of work. */
const mostSteps = 150_000;

export function terms(): Terms {
  const known = new Map<string, Term>();
  const shapes = new Map<number, { readonly kind: string; readonly parts: readonly Term[] }>();
  let count = 0;
  let steps = 0;

  const partsOf = (kind: string, { id }: Term): readonly Term[] | undefined => {
    const shape = shapes.get(id);
    return shape?.kind === kind ? shape.parts : undefined;
  };
  return {
    term(kind, key, parts, made) {
      const name = `${kind} ${key}`;
      const before = known.get(name);
      if (before) return before;
      const left = new Map<number, Term>();
      const after = (character: number): Term => {
        const before = left.get(character) ?? made.after(character);
        left.set(character, before);
        return before;
      };
      const fresh: Term = { id: count++, ...made, after };
      known.set(name, fresh);
      shapes.set(fresh.id, { kind, parts });
      return fresh;
    },
    partsOf,
    flat(kind, parts) {
      // Each state of a hostile pattern can have hundreds of parts.
      steps += parts.length;
      if (steps > mostSteps) throw tooLarge();
      const all = parts.flatMap((part) => partsOf(kind, part) ?? [part]);
      return [...new Map(all.map((part) => [part.id, part])).values()].sort((a, b) => a.id - b.id);
    },
  };
}
