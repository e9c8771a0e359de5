import { distance } from "fastest-levenshtein";

/**
 * The name that was probably meant, or undefined where none is near: at most a third of its letters differ, case aside; two letters in the wrong order count as one.
 *
 * @example
 * nearest("reveiw", ["draft", "review"]); // "review"
 */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const other of names) {
    const apart = apartBy(name.toLowerCase(), other.toLowerCase());
    if (apart < least && apart <= Math.max(1, Math.floor(Math.max(name.length, other.length) / 3))) {
      best = other;
      least = apart;
    }
  }
  return best;
}

function apartBy(a: string, b: string): number {
  const apart = distance(a, b);
  const swapped = apart === 2 && a.length === b.length && [...a].sort().join() === [...b].sort().join();
  return swapped ? 1 : apart;
}

/** `Did you mean "review"?`, or what else to do. */
export function didYouMean(name: string, names: Iterable<string>, otherwise: string): string {
  const near = nearest(name, names);
  return near === undefined ? otherwise : `Did you mean "${near}"?`;
}
