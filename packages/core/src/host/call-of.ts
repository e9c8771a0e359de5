import { copyOf } from "../graph/copy-of.js";
import type { Labels } from "../graph/label.js";
import type { Use } from "../graph/signature.js";
import type { Passage } from "../marks/passage.js";
import { arrived } from "../marks/passed.js";
import type { Specialist } from "../specialist/specialist.js";
import type { Live } from "./live.js";
import { labelsOf } from "./seen.js";

/** A call as the job it is. */
export interface Call {
  readonly specialist: Specialist;
  readonly input: object;
  readonly takes: Labels;
  readonly timeout?: number | undefined;
}

/** What is called, with what: of a placed specialist inputs have the names they are read from, and constants the code vouches for. */
export function callOf(
  live: Live,
  key: string,
  called: Specialist | Use,
  given: object,
  passageOf: (specialist: Specialist) => Passage,
): Call {
  const { specialist, read, set, timeout } = placed(called);
  const names = new Map(Object.entries(read).map(([input, from]) => [from, input]));
  const own = Object.fromEntries(Object.entries(given).map(([from, value]) => [names.get(from) ?? from, value]));
  const bound = Object.fromEntries(Object.entries(labelsOf(live, set)).map(([field, { untrusted: _, ...label }]) => [field, label]));
  const takes = arrived(key, passageOf(specialist as Specialist), { ...labelsOf(live, own), ...bound });
  return { specialist: specialist as Specialist, input: copyOf({ ...own, ...set }), takes, timeout };
}

/** What a call gives, under the names that its place writes to. */
export function renamed(output: object, called: Specialist | Use): object {
  if (!("specialist" in called)) return output;
  const names = new Map(Object.entries(called.write));
  return Object.fromEntries(Object.entries(output).map(([name, value]) => [names.get(name) ?? name, value]));
}

const placed = (called: Specialist | Use): Use => ("specialist" in called ? called : { specialist: called, read: {}, write: {}, set: {} });
