import { TroupeError } from "@troupe/core";
import type { Example, WeighedExample } from "@troupe/nodes";
import { lostSaid } from "./lost-said.js";
import { readText } from "./read-text.js";

/**
 * Examples of a file of JSON lines, or of stdin (`-`): `{ "text": "…", "label": "…" }`, with null for what belongs to no label, or
 * `{ "text": "…", "worth": { … } }`.
 * @throws TroupeError `INPUT_UNREADABLE`; `EXAMPLES_INVALID` with the line
 */
export async function readExamples(file: string): Promise<Example[] | WeighedExample[]> {
  const rows = (await readText(file, "FILE")).split(/\r?\n/);
  const read = rows.flatMap((row, i): (Example | WeighedExample)[] => {
    if (row.trim() === "") return [];
    const place = `${file}:${i + 1}`;
    let given: Partial<Example & WeighedExample>;
    try {
      given = Object(JSON.parse(row));
    } catch (cause) {
      throw refused(`The line is no JSON: ${(cause as Error).message}`, place);
    }
    const lost = lostSaid(row);
    if (lost) throw refused(lost.what, place);
    const { text, label, worth } = given;
    if (typeof text !== "string" || text.trim() === "") throw refused("The example has no text", place);
    if (worth !== undefined && label !== undefined) throw refused("The example has a label and a worth, of which it may have one", place);
    if (worth !== undefined) return [{ text, worth }];
    if (label !== null && (typeof label !== "string" || label.trim() === "")) throw refused("The example has no label", place);
    return [{ text, label }];
  });
  // `train` refuses a mixture.
  return read as Example[] | WeighedExample[];
}

const refused = (what: string, place: string): TroupeError =>
  new TroupeError("EXAMPLES_INVALID", what, {
    file: place,
    hint: 'Write a line an example: { "text": "…", "label": "…" }, with null for what belongs to no label.',
  });
