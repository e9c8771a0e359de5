import { meaningsOf } from "./concepts/meanings.js";
import { wordsOf } from "./prose.js";

/** What says which of several values of one concept is meant: the `next` meeting is not the meeting. */
const telling = ["next", "new", "previous", "first", "remaining"] as const;

/** What a field says of itself that tells which of several is meant, each as the numbers of its meanings; see `meaningsOf`. */
export function qualifiersOf(said: string): readonly ReadonlySet<number>[] {
  const means = wordsOf(said).map(({ text }) => meaningsOf(text));
  return telling.map((word) => meaningsOf(word)).filter((wanted) => means.some((meanings) => [...meanings].some((one) => wanted.has(one))));
}
