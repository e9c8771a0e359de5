import { TroupeError } from "../error/error.js";
import type { Use } from "../graph/signature.js";
import { withinLimits } from "../limits/within-limits.js";
import { arrived } from "../marks/passed.js";
import { Path } from "../path/path.js";
import { copyOf } from "../schema/copy-of.js";
import type { Labels } from "../schema/label.js";
import { isSchema, say } from "../schema/say.js";
import type { Specialist } from "../specialist/specialist.js";
import type { Asker } from "./asker.js";
import type { Live } from "./live.js";
import { labelsOf } from "./seen.js";

/** A call as the job it is. */
export interface Call {
  readonly specialist: Specialist;
  readonly input: object;
  readonly takes: Labels;
  readonly timeout?: number | undefined;
}

/** What is called, with what; constants of its place the code vouches for. @throws TroupeError `LIMIT_CROSSED`, those of `placed` */
export function callOf(
  live: Live,
  key: string,
  called: Specialist | Use,
  given: object,
  { graph, limits, guard }: Pick<Asker, "graph" | "limits" | "guard">,
): Call {
  const { specialist, own, set, timeout } = placed(key, called, given);
  withinLimits({ ...own, ...set }, limits, { graph, at: Path.child(live.at, key) });
  const bound = Object.fromEntries(Object.entries(labelsOf(live, set)).map(([field, { untrusted: _, ...label }]) => [field, label]));
  const takes = arrived(key, guard.passage(specialist), { ...labelsOf(live, own), ...bound });
  return { specialist, input: copyOf({ ...own, ...set }), takes, timeout };
}

/**
 * What is called, its inputs under its own names, and the constants and the time of its place.
 * @throws TroupeError `SPECIALIST_INVALID`, `INPUT_INVALID` where it is none, or what it is given is no object
 */
function placed(key: string, called: Specialist | Use, given: object) {
  const { specialist, read = {}, set = {}, timeout } = "specialist" in Object(called) ? (called as Use) : { specialist: called };
  const { name, input, output } = Object(specialist);
  if (typeof name !== "string" || !isSchema(input) || !isSchema(output))
    throw new TroupeError("SPECIALIST_INVALID", `The call ${key} is of ${say(specialist)}, which is no specialist`, {
      hint: "Call what specialist(), team() or use() gave: ctx.call(key, work, input); for a graph, asSpecialist(graph), and for a function, ctx.once(key, fn).",
    });
  if (typeof given !== "object" || given === null)
    throw new TroupeError("INPUT_INVALID", `The call ${key} cannot take its input: it is ${say(given)}`, {
      hint: "Give ctx.call an object of what its input schema says.",
    });
  const names = new Map(Object.entries(read).map(([input, from]) => [from, input]));
  const own = Object.fromEntries(Object.entries(given).map(([from, value]) => [names.get(from) ?? from, value]));
  return { specialist: specialist as Specialist, own, set, timeout };
}

/** What a call gives, under the names that its place writes to. */
export function renamed(output: object, called: Specialist | Use): object {
  if (!("specialist" in called)) return output;
  const names = new Map(Object.entries(called.write));
  return Object.fromEntries(Object.entries(output).map(([name, value]) => [names.get(name) ?? name, value]));
}
