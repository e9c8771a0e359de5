import { doubledIn } from "../schema/doubled-in.js";
import type { Json } from "../schema/json.js";
import { afterThought } from "./after-thought.js";
import { closingTag } from "./closing-tag.js";
import { type Doubts, noDoubts } from "./doubts.js";
import { mended } from "./mended.js";
import { parseJson } from "./parse-json.js";
import { marksOrWords, rowIn } from "./row-in.js";
import { partsOf, unwrapped } from "./unwrapped.js";
import { writtenIn } from "./written-in.js";

/** Past this a text is no answer but a model running wild. */
const longest = 200_000;
/** Values looked at, at the most: a model that writes more has not answered. */
const most = 16;

/** How the values of a text are looked for. */
export interface Looking {
  /** The text was cut: nothing in it is mended, since what that gives is a part of an answer. */
  readonly cut?: boolean;
  /** Nothing counts that does not close all that it opens, or, `within`, all that it holds: of it only the last bracket may be missing. */
  readonly closed?: boolean | "within";
  /** Fields of the answer that hold objects or lists: what stands in them is a part of it. */
  readonly own?: ReadonlySet<string>;
  /** Hears what speaks against what is found. */
  readonly doubts?: Doubts;
}

/**
 * The JSON values a model's text may be meant to say, likeliest first: the text itself, what stands in it, complete or mended where it is
 * broken or unfinished, the last first and what it calls an example after that. After all of these come the values inside them, where they
 * are wrappers. What is mended says nothing that was not written. Never throws.
 */
export async function answersIn(
  text: string,
  { cut = false, closed = false, own = new Set(), doubts = noDoubts() }: Looking = {},
): Promise<Json[]> {
  const said = afterThought(text.slice(0, longest)).trim();
  const found: Json[] = [];
  const seen = new Set<string>();
  const { doubled, unread } = doubts;
  const take = (source: string) => {
    const value = found.length < most && source !== "" && !seen.has(source) ? parseJson(source) : undefined;
    seen.add(source);
    if (value === undefined) return;
    found.push(value);
    note(source, doubled);
  };
  /** What is broken begins with the first bracket; it is tried without the text after the last one, if it is closed then, and with it. */
  const mend = async (broken: string) => {
    if (cut || found.length >= most) return;
    const start = broken.search(/[[{]/);
    if (start < 0) return;
    const end = Math.max(broken.lastIndexOf("}"), broken.lastIndexOf("]"));
    const fence = broken.indexOf("```", start);
    const all = broken
      .slice(start, fence < 0 ? undefined : fence)
      .replace(closingTag, "")
      .trimEnd();
    for (const part of new Set([broken.slice(start, end + 1), all])) {
      const whole = await mended(part, { closed: closed || part !== all, unread });
      const value = whole === undefined ? undefined : parseJson(whole);
      if (typeof value !== "object" || value === null) continue;
      found.push(value);
      note(whole!, doubled);
    }
  };
  take(said);
  const written = writtenIn(said);
  for (const { text: part, whole } of written) {
    if (whole) take(part);
    else await mend(part);
  }
  for (const fenced of said
    .split("```", 20)
    .filter((_, i) => i % 2 === 1)
    .reverse())
    take(fenced.replace(/^\w+\n/, "").trim());
  if (!found.some((value) => typeof value === "object" && value !== null)) await mend(said);
  for (const row of [rowIn(said, written, marksOrWords), ...found.map((value) => partsOf(value, own))])
    if (row.length > 1) doubts.rivals.push(row.map((value) => [value, ...unwrapped(value, own)]));
  return [...found, ...found.flatMap((value) => unwrapped(value, own))];
}

function note(source: string, doubled: Set<string>): void {
  const name = doubledIn(source);
  if (name !== undefined) doubled.add(name);
}
