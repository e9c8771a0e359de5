import { TroupeError } from "./error.js";

/** An option that is unknown, or not of its type: `limits.pixels is no number above 0`. */
export function optionInvalid(of: string, name: string, why: string, hint: string): TroupeError {
  return new TroupeError("OPTION_INVALID", `${of}.${name} ${why}`, { hint });
}
