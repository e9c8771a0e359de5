import type { Literal } from "./literal.js";
import { literalsIn } from "./literals-in.js";

const iso = /(?<![\p{L}\d_-])\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?(?![\p{L}\d_:])/gu;
/** What stands between a day and its time, or a time and its day. */
const joining = /^,?\s*(?:at|um|a las?|on|am|el)?\s*$/iu;

/**
 * Days with their times: as ISO 8601, as the text writes them, and a day beside its time, which is in nobody's zone.
 *
 * @example
 * instantsIn("at 2 pm on 4 March 2027").map(({ value }) => value); // ["2027-03-04T14:00:00"]
 */
export function instantsIn(text: string, said: readonly Literal[] = literalsIn(text)): readonly Literal[] {
  const written = [...text.matchAll(iso)].map(
    ({ 0: all, index }): Literal => ({ kind: "instant", value: all, text: all, start: index, end: index + all.length }),
  );
  const halves = said.filter(({ kind }) => kind === "day" || kind === "time");
  const apart = halves.filter(({ start, end }) => !written.some((one) => one.start < end && start < one.end));
  const joined = apart.flatMap((one, i): Literal[] => {
    const next = apart[i + 1];
    if (!next || one.kind === next.kind || !joining.test(text.slice(one.end, next.start))) return [];
    const [day, time] = one.kind === "day" ? [one, next] : [next, one];
    const { start } = one;
    return [{ kind: "instant", value: `${day.value}T${time.value}:00`, text: text.slice(start, next.end), start, end: next.end }];
  });
  return [...written, ...joined];
}
