/** The words of a text, without case and accents. */
export function wordsOf(text: string): readonly string[] {
  return folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** A text without case and accents. */
export const folded = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** `isOpen_now` as `is Open now`. */
export const spoken = (name: string): string => name.replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2").replace(/[^\p{L}\p{N}]+/gu, " ");

/** So many letters, and all but so many of the longer one, must be the same for two forms of a word. */
const stem = 4;
const ending = 3;

/** Whether two words are forms of one: `task` and `tasks`, `divorce` and `divorced`. */
export function alike(one: string, other: string): boolean {
  if (one === other || `${one}s` === other || `${other}s` === one) return true;
  const most = Math.max(one.length, other.length);
  if (Math.min(one.length, other.length) < stem) return false;
  let same = 0;
  while (same < most && one[same] === other[same]) same++;
  return same >= Math.max(stem, most - ending);
}
