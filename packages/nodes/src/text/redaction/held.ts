import type { Personal, PersonalKind } from "./kinds.js";

/**
 * What a form finds in a text, each only so far as `ends` says that it goes, counted from its start. What runs on behind that is looked at
 * again: it may be the next one. So is, with `inside`, what is left behind the first group of what does not hold.
 */
export function held(
  kind: PersonalKind,
  text: string,
  form: RegExp,
  ends: (found: string, index: number) => number | undefined,
  inside = false,
): Personal[] {
  const all: Personal[] = [];
  const one = new RegExp(form.source, form.flags);
  for (let match = one.exec(text); match; match = one.exec(text)) {
    const { 0: found, index: start } = match;
    const end = ends(found, start);
    if (end !== undefined) all.push({ kind, start, end: start + end });
    const next = end ?? (inside ? found.search(/[ -]/) : found.length);
    one.lastIndex = start + (next < 1 ? found.length : next);
  }
  return all;
}
