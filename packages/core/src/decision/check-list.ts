import { optionInvalid } from "../error/option-invalid.js";
import { say } from "../schema/say.js";

/** Refuses what is no list. @throws TroupeError `OPTION_INVALID` */
export function checkList(of: string, name: string, given: unknown, hint: string): void {
  if (!Array.isArray(given)) throw optionInvalid(of, name, `is ${say(given)}`, hint);
}
