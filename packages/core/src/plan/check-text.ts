import { optionInvalid } from "../error/option-invalid.js";
import { say } from "../schema/say.js";

/** Refuses what is no text. @throws TroupeError `OPTION_INVALID` */
export function checkText(of: string, text: unknown): asserts text is string {
  if (typeof text !== "string") throw optionInvalid(of, "text", `is ${say(text)}`, "Give a text.");
}
