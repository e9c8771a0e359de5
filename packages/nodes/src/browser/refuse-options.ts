import { nearest, TroupeError } from "@troupe/core";

/** Refuses options that are none, or of another name; by hand, since zod is more than a page may have. Throws OPTION_INVALID. */
export function refuseOptions(of: string, given: unknown, names: readonly string[]): void {
  const own = `Its options are ${names.join(", ")}.`;
  if (typeof given !== "object" || given === null) throw new TroupeError("OPTION_INVALID", `${of} is given no options`, { hint: own });
  const strange = Object.keys(given).find((name) => !names.includes(name));
  if (strange === undefined) return;
  const near = nearest(strange, names);
  throw new TroupeError("OPTION_INVALID", `${of}.${strange} is no option of it`, { hint: near ? `Did you mean "${near}"?` : own });
}
