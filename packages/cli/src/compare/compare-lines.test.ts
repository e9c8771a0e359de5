import type { Ledger } from "@troupe/core";
import { expect, test } from "vitest";
import { compareLines } from "./compare-lines.js";
import { judge } from "./judged.js";
import type { Ran } from "./run-case.js";
import type { Case } from "./suite.js";
import { type Compared, summaryOf } from "./summary.js";

/** What a run took: `elsewhere` names a model that does not run here. */
function took(joules: number, elsewhere?: string, cost = 0): Ledger {
  const usage = { model: elsewhere ?? "small", calls: 1, input: 100, output: 10, ms: 5, cost };
  const energy = { cpuMs: 1, measuredJoules: joules, estimatedJoules: 0, wattsPerCore: 3.5, unknown: elsewhere ? [elsewhere] : [] };
  return { lines: [], models: [usage], cost, energy };
}
const one = (id: string): Case => ({ id, input: {}, expect: { grade: { is: "pass" } }, hash: id });
const ran = (grade: string | undefined, ms: number, ledger: Ledger, code?: string): Ran => ({
  ...(grade === undefined ? { error: { code: code!, message: "no" } } : { output: { grade, note: "x" } }),
  ms,
  ledger,
});
const compared = (id: string, team: Ran, giant: Ran): Compared => ({
  case: one(id),
  team: { ...team, ...judge(one(id), team) },
  giant: { ...giant, ...judge(one(id), giant) },
});
const lines = (all: readonly Compared[]) => compareLines(all, summaryOf(all), { giant: "big", outputs: ["grade", "note"], width: 200 });

test("where cases are enough and differ, the difference has an interval, and what was refused is no part of it", () => {
  const all = [...Array(20)].map((_, i) =>
    compared(String(i), ran(i < 4 ? "fail" : "pass", 100 + i, took(2)), ran(i < 18 ? "fail" : "pass", 1000 + i, took(5))),
  );
  const refused = compared("image", ran("pass", 100, took(2)), ran(undefined, 1, took(0), "MODALITY_UNSUPPORTED"));
  const columns = lines([...all, refused])
    .slice(0, 9)
    .map((line) => line.trim().split(/ {2,}/));
  expect(columns).toEqual([
    ["team", "big", "giant less team, a case (95%)"],
    ["cases right", "17 of 21", "2 of 21", "-70 points (-87 to -40)"],
    ["fields right", "17 of 21", "2 of 21"],
    ["refused", "0", "1"],
    ["latency, median", "109 ms", "1.0 s", "+900 ms (+900 ms to +900 ms)"],
    ["latency, p90", "117 ms", "1.0 s"],
    ["tokens", "2100 in, 210 out", "2100 in, 210 out", "+0 (+0 to +0), not told apart"],
    ["energy", "42 J", "100 J", "+3.00 J (+3.00 J to +3.00 J)"],
    ["cost", "$0", "$0"],
  ]);
});

test("energy of a model elsewhere is no number, and neither is a difference from it", () => {
  const all = [...Array(8)].map((_, i) => compared(String(i), ran("pass", 10, took(2)), ran("pass", 20, took(0.1, "big", 0.01))));
  const said = lines(all);
  expect(said.find((line) => line.startsWith("energy"))).toMatch(/^energy +16 J +0\.80 J \+ \?$/);
  expect(said.find((line) => line.startsWith("cost"))).toMatch(/^cost +\$0 +\$0\.08 +\+\$0\.01 \(/);
  expect(said).toContain("What big took where it runs is not known.");
  expect(said).toContain("8 judged cases do not tell which of the two is right more often.");
  expect(said).toContain("Not judged, since no case expects anything of it: note.");
});
