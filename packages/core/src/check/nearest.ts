import { distance } from "fastest-levenshtein";

/** The name that was probably meant, or undefined where none is near: at most a third of its letters differ, case aside. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const other of names) {
    const apart = distance(name.toLowerCase(), other.toLowerCase());
    if (apart < least && apart <= Math.max(1, Math.floor(Math.max(name.length, other.length) / 3))) {
      best = other;
      least = apart;
    }
  }
  return best;
}

/** `Did you mean "review"?`, or what else to do. */
export function didYouMean(name: string, names: Iterable<string>, otherwise: string): string {
  const near = nearest(name, names);
  return near === undefined ? otherwise : `Did you mean "${near}"?`;
}
