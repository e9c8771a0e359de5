import { TroupeError } from "./error.js";
import { didYouMean } from "./nearest.js";

/** An option that is unknown, or not of its type: `limits.pixels is no number above 0`. */
export function optionInvalid(of: string, name: string, why: string, hint: string): TroupeError {
  return new TroupeError("OPTION_INVALID", `${of}.${name} ${why}`, { hint });
}

/** Refuses an option of a name that there is none of: misspelt, it would be passed over. @throws TroupeError `OPTION_INVALID` */
export function refuseUnknown(of: string, options: object, names: readonly string[]): void {
  const [name] = Object.entries(options).find(([key, one]) => one !== undefined && !names.includes(key)) ?? [];
  if (name === undefined) return;
  throw optionInvalid(of, name, "is no option of it", didYouMean(name, names, `Its options are ${names.join(", ")}.`));
}
