import { knownBeside } from "./concepts/known.js";
import type { Line } from "./lines.js";

const labelled = /^(\p{L}[\p{L}\p{M} -]{0,20})[:：]/u;
/** The fewest lines of a mail's head, and how well one of them must read as its subject. */
const [fewest, sure] = [3, 0.9];

/** Where the head of a mail ends, lines that begin with labels (`From:`, `To:`, `Date:`, `Subject:`); 0 where a text has none. */
export function mailHead(lines: readonly Line[]): number {
  const first = lines.findIndex(({ text }) => !labelled.test(text));
  const head = first < 0 ? [] : lines.slice(0, first);
  const isSubject = ({ text }: Line) => {
    const [, label = ""] = labelled.exec(text) ?? [];
    return (knownBeside("text")(label).get("subject") ?? 0) >= sure;
  };
  return head.length >= fewest && head.some(isSubject) ? (head.at(-1)?.end ?? 0) : 0;
}
