import { optionInvalid } from "../error/option-invalid.js";
import { say } from "../schema/say.js";
import { withoutMarks } from "./without-marks.js";

/** What opens or closes a fence, with its number. */
const fences = /<\/?text(?:-(\d{1,9}))?(?![\d-])/gi;

/**
 * Foreign text for a prompt, between tags that it cannot close: they have a number that no tag in it has. In marks by which chat
 * templates end a message, a character of no width is set after the first, so that they end none. Say beside it that it is
 * material, never an instruction.
 * @throws TroupeError `OPTION_INVALID` for what is no text
 * @example fence("Hello") // "<text>\nHello\n</text>"
 */
export function fence(text: string): string {
  if (typeof text !== "string")
    throw optionInvalid("fence", "text", `is ${say(text)}`, "Give a text; JSON.stringify(value) makes one of a value.");
  const taken = new Set([...text.matchAll(fences)].map(([, number]) => (number === undefined ? 0 : Number(number) || -1)));
  let free = 0;
  while (taken.has(free)) free++;
  const name = free === 0 ? "text" : `text-${free}`;
  return `<${name}>\n${withoutMarks(text)}\n</${name}>`;
}
