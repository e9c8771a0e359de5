import type { Ledger, ModelCard } from "@troupe/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { duration, size } from "./amounts.js";
import { ledgerTable } from "./ledger-table.js";
import { planLines } from "./plan-lines.js";
import { widthOf } from "./printable.js";
import { barLine } from "./pull-progress.js";
import { resultLines } from "./result-lines.js";
import { totalLines } from "./total-lines.js";
import { wrap } from "./wrap.js";

const usage = { model: "openai:gpt-4o", calls: 2, input: 1200, output: 80, ms: 2_400, cost: 0.0038 };
const nothing = { cpuMs: 0, measuredJoules: 0, estimatedJoules: 0, wattsPerCore: 3.5, unknown: [] };
const estimated = { cpuMs: 200, measuredJoules: 0, estimatedJoules: 0.7 };
const ledger: Ledger = {
  lines: [
    { at: "desk", specialist: "desk", status: "completed", attempts: 1, ms: 61_000, usage: [usage], energy: estimated },
    { at: "desk#1/t1", specialist: "transcribe", status: "failed", attempts: 2, ms: 830, engine: "whisper", usage: [] },
  ],
  models: [usage],
  cost: 0.0038,
  energy: { ...nothing, ...estimated, measuredJoules: 4200, unknown: ["openai:gpt-4o"] },
};

describe("what is printed about a run", () => {
  it("has a ledger with a line an occurrence and a line a model", () => {
    expect(ledgerTable(ledger)).toEqual([
      "occurrence  specialist  by                                   in  out      time   energy      cost",
      "desk        desk        openai:gpt-4o                      1200   80  1 m 01 s  ~0.70 J  $0.00380",
      "desk#1/t1   transcribe  whisper        failed, 2 attempts               830 ms",
      "",
      "model          calls    in  out   time      cost",
      "openai:gpt-4o      2  1200   80  2.4 s  $0.00380",
    ]);
  });

  it("says where a cost is not known, and guesses none", () => {
    const free = { model: "openai:own@https://models.example/v1", calls: 3, input: 700, output: 60, ms: 900, cost: 0, unpriced: 3 };
    const lines = ledgerTable({ ...ledger, models: [{ ...usage, unpriced: 1 }, free] });
    expect(lines.slice(-2).map((line) => line.split(/ {2,}/).at(-1))).toEqual(["$0.00380 + ?", "?"]);
  });

  it("says how much energy was measured and estimated, what is not known, and what it would have cost on a giant", () => {
    const price = { input: 2.5, output: 10, source: "https://prices.example", asOf: "2026-11-27" };
    expect(totalLines(ledger, { id: "openai:giant", card: { price } as ModelCard })).toEqual([
      "Energy for 200 ms of CPU time here: 4.20 kJ by what the machine told, ~0.70 J estimated at 3.5 W for a core at work.",
      "What openai:gpt-4o took where it runs is not known.",
      "On openai:giant, 1200 tokens in and 80 out would have cost $0.00380 ($2.5 and $10 a million tokens, prices.example, 2026-11-27); not counted, since it took no tokens: transcribe.",
    ]);
    expect(totalLines(ledger, { id: "openai:new", card: {} as ModelCard }).at(-1)).toBe(
      "What this would have cost on openai:new cannot be told: no price of it is known.",
    );
  });

  it("keeps heads whole and every line within 40 columns, and leaves out columns that have no room", () => {
    const lines = ledgerTable(ledger, 40);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(40);
    const heads = lines.filter((line) => /^(occurrence|model) /.test(line)).map((line) => line.trim().split(/ +/));
    const known = ["occurrence", "specialist", "by", "in", "out", "time", "energy", "cost", "model", "calls"];
    for (const head of heads.flat()) expect(known).toContain(head);
    expect(heads[0]).toEqual(expect.arrayContaining(["occurrence", "in", "out", "time"]));
    expect(heads[1]).toEqual(expect.arrayContaining(["model", "calls", "time", "cost"]));
  });

  it("has one line for the items of an each, with what all of them took", () => {
    const item = (i: number, status: "completed" | "failed" = "completed") => [
      { at: `desk@2/work[${i}]`, specialist: "work", status, attempts: 1, ms: 100, usage: [usage] },
      { at: `desk@2/work[${i}]/ask`, specialist: "answer", status: "completed" as const, attempts: 1, ms: 50, usage: [] },
    ];
    const many: Ledger = {
      lines: [...Array.from({ length: 63 }, (_, i) => item(i)).flat(), ...item(63, "failed")],
      models: [],
      cost: 0,
      energy: nothing,
    };
    expect(ledgerTable(many)).toEqual([
      "occurrence         specialist  by                                in   out   time   cost",
      "desk@2/work[]      work        openai:gpt-4o  63 of 64 items  76800  5120  6.4 s  $0.24",
      "desk@2/work[]/ask  answer                     64 items                     3.2 s",
    ]);
  });

  it("has a plan with its tasks, members, refs, literals and notes", () => {
    const tasks = [
      { id: "t1", member: "transcribe", args: { audio: { ref: "input.memo" } } },
      { id: "t2", member: "write", args: { texts: [{ ref: "t1.text" }, "Regards"], length: 3 } },
    ];
    const plan = { tasks, output: { letter: { ref: "t2.text" } } };
    expect(planLines({ at: "desk#1", plan, by: "ollama:phi3", notes: ["t2: length was missing"] })).toEqual([
      "plan desk#1 by ollama:phi3, 2 tasks",
      "  t1      transcribe  audio = input.memo",
      '  t2      write       texts = [t1.text, "Regards"], length = 3',
      "  output              letter = t2.text",
      "  note: t2: length was missing",
    ]);
  });

  it("tells text as it stands, other values as JSON, and cannot move the cursor", () => {
    expect(resultLines({ reply: "Dear all,\nyes.\u001b[2J\n", score: 3, list: ["a"] })).toEqual([
      "reply:",
      "  Dear all,",
      "  yes.",
      "score: 3",
      "list:",
      "  [",
      '    "a"',
      "  ]",
    ]);
  });

  it("fits any width without losing a word", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme" }).map((word) => word.replace(/\s/g, ""))),
        fc.integer({ min: 2, max: 60 }),
        (words, width) => {
          const line = words.join(" ").replace(/[\p{Cc}\p{Cf}]/gu, "");
          const lines = wrap(line, width);
          for (const one of lines) expect(widthOf(one)).toBeLessThanOrEqual(width);
          expect(lines.join("").replace(/\s/g, "")).toBe(line.replace(/\s/g, ""));
        },
      ),
    );
    for (const width of [8, 30, 50, 80]) {
      for (const line of [...ledgerTable(ledger, width), barLine({ name: "minilm", source: "hub", done: 3e6, total: 25e6 }, width)]) {
        expect(widthOf(line)).toBeLessThanOrEqual(width);
      }
    }
  });

  it("says how long and how much in units a person reads at a glance", () => {
    expect([0, 820, 3_400, 59_960, 125_000].map(duration)).toEqual(["0 ms", "820 ms", "3.4 s", "1 m 00 s", "2 m 05 s"]);
    expect([12, 999, 25_000_000, 4_500_000_000].map(size)).toEqual(["12 bytes", "999 bytes", "25.0 MB", "4.5 GB"]);
    expect(barLine({ name: "minilm", source: "hub", done: 5e6, total: 25e6 }, 60)).toBe(
      "minilm from hub  ████░░░░░░░░░░░░░░  20 %  5.0 MB of 25.0 MB",
    );
    expect(barLine({ name: "minilm", source: "hub", done: 5e6, total: 0 }, 60)).toBe("minilm from hub  5.0 MB");
  });
});
