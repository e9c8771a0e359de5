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
  const lower = name.toLowerCase();
  for (const one of names) {
    const other = one.toLowerCase();
    const most = Math.max(1, Math.floor(Math.max(lower.length, other.length) / 3));
    if (Math.abs(lower.length - other.length) > most) continue;
    const apart = apartBy(lower, other);
    if (apart < least && apart <= most) {
      best = one;
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

/** So many of a list of names are shown. */
export const shown = 30;

/** Names one after another, of very many the first ones. */
export function listed(names: readonly string[]): string {
  return names.length <= shown ? names.join(", ") : `${names.slice(0, shown).join(", ")} and ${names.length - shown} more`;
}

/** `Did you mean "review"?`, or what else to do. */
export function didYouMean(name: string, names: Iterable<string>, otherwise: string): string {
  const near = nearest(name, names);
  return near === undefined ? otherwise : `Did you mean "${near}"?`;
}
