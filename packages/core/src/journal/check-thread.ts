import { optionInvalid } from "../error/option-invalid.js";

/**
 * Refuses what names no thread: a file keeps names as UTF-8, in which half a surrogate pair is another name.
 * @throws TroupeError `OPTION_INVALID`
 */
export function checkThread(of: string, thread: unknown): void {
  if (typeof thread === "string" && thread !== "" && !/\p{Surrogate}/u.test(thread)) return;
  const told = typeof thread === "string" ? JSON.stringify(thread.slice(0, 60)) : `of type ${typeof thread}`;
  throw optionInvalid(of, "thread", `is ${told}`, 'Name it in a text: thread: "monday".');
}
