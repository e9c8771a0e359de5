import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { alone } from "../alone.js";
import { extract } from "../extract.js";
import { plain } from "./plain.js";

const records = async (name: string) =>
  (await readFile(fileURLToPath(new URL(`../../../../../bench/extract/${name}.jsonl`, import.meta.url)), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** Fields by patterns alone, of letters, invoices, tickets, receipts and chats: what is not sure is null. */
test.each([
  ["texts", 0.9, 4],
  ["later-texts", 0.9, 4],
])(
  "%s in many languages: most fields are right, and hardly a value is wrong",
  async (name, least, most) => {
    const tally = { right: 0, wrong: 0, all: 0 };
    for (const { text, fields, expected } of await records(name)) {
      const { places, ...found } = (await alone(extract({ fields, engine: "patterns" })).invoke({ text })) as any;
      for (const [field, value] of Object.entries<any>(expected)) {
        tally.all++;
        if (found[field] === value || (typeof value === "string" && plain(found[field] ?? "") === plain(value))) tally.right++;
        else if (found[field] !== null) tally.wrong++;
        // A value is a span of its source, a break of line in it a blank.
        if (typeof found[field] === "string" && !["date", "time"].includes(fields[field].kind))
          expect(text.slice(places[field].start, places[field].end).replace(/\s+/g, " ")).toBe(found[field]);
      }
    }
    expect(tally.right / tally.all).toBeGreaterThan(least);
    expect(tally.wrong).toBeLessThanOrEqual(most);
  },
  120_000,
);
