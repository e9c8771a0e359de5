import { expect, it } from "vitest";
import { planLines } from "./plan-lines.js";
import { printable, widthOf } from "./printable.js";
import { resultLines } from "./result-lines.js";
import { table } from "./table.js";
import { wrap } from "./wrap.js";

const long = 100_000;
const repeated = (unit: string) => unit.repeat(Math.ceil(long / unit.length));
/** Each is seconds to hours of work for a pattern or a loop that is not linear. */
const hostile = {
  blanks: repeated(" "),
  tabs: repeated("\t"),
  "blanks before a break": `${repeated(" ")}x\n`,
  "breaks and blanks": repeated("\n \t"),
  prose: repeated("lorem ipsum dolor sit amet "),
  "one word": repeated("a"),
  wide: repeated("日本"),
  combining: `e${repeated("\u0301")}`,
  "escapes without end": repeated("\u001b["),
  parameters: `\u001b[${repeated("1;")}`,
  semicolons: `\u001b${repeated(";")}`,
  "a string without end": `\u001b]8;;${repeated("a")}`,
  "other ends of lines": repeated("a\u2028b\u2029"),
  "half of pairs": repeated("\ud83d"),
};

it.each(Object.entries(hostile))("%s of any length are made printable, wrapped and set in tables", (_, text) => {
  const clean = printable(text);
  expect(clean).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u);
  const lines = wrap(clean, 40);
  expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(40);
  expect(lines.join("").replace(/\s+/g, "")).toBe(clean.replace(/\s+/g, ""));
  expect(resultLines({ text }, 40).length).toBeGreaterThan(0);
  expect(planLines({ at: text, plan: { tasks: [], output: {} }, by: text, notes: [text] }, 40).length).toBeGreaterThan(0);
  expect(Math.max(...table(["a", "b"], [[clean, clean]], 40).map(widthOf))).toBeLessThanOrEqual(40);
});
