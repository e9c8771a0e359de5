import { messageOf } from "../error/message-of.js";
import { optionInvalid } from "../error/option-invalid.js";
import { isRecord, say } from "../schema/say.js";
import { setKey } from "../schema/set-key.js";

/**
 * Options as an object of their own, so that what was checked is what is used. `names` are those there are.
 * @throws TroupeError `OPTION_INVALID` where they are no options, or cannot be looked at
 */
export function ownOptions(of: string, options: unknown, names: readonly string[]): Record<string, unknown> {
  let at = "options";
  const own: Record<string, unknown> = {};
  try {
    if (isRecord(options)) {
      for (const name of Object.keys(options)) {
        at = name;
        setKey(own, name, options[name]);
      }
      return own;
    }
  } catch (thrown) {
    throw optionInvalid(of, at, `cannot be looked at: ${messageOf(thrown)}`, "Give plain values, in an object that shows them.");
  }
  throw optionInvalid(of, at, `is ${say(options)}`, `Write an object of ${names.join(", ")}.`);
}
