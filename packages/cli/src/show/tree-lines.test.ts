import type { Entry, TroupeEvent } from "@troupe/core";
import fc from "fast-check";
import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { widthOf } from "./printable.js";
import { treeLines } from "./tree-lines.js";
import { emptyView, follow, type View } from "./view.js";

const colors = pc.createColors(false);
const show = (view: View, width = 100, height?: number) =>
  treeLines(view, { width, now: 5_000, colors, ...(height === undefined ? {} : { height }) });

let seq = 0;
const entry = (record: object): TroupeEvent => ({ thread: "t", run: 1, seq: ++seq, time: 1_000, ...record }) as Entry;
const started = (at: string, specialist = at, attempt = 1) => entry({ kind: "started", at, attempt, specialist });
const completed = (at: string, more = {}) => entry({ kind: "completed", at, output: {}, ms: 1_500, usage: [], ...more });
const usage = (input: number, output: number) => [{ model: "m", calls: 1, input, output, ms: 10, cost: 0 }];
const viewOf = (...events: TroupeEvent[]) => events.reduce(follow, emptyView);

const plan = {
  tasks: [
    { id: "t1", member: "transcribe", args: { audio: { ref: "input.memo" } } },
    { id: "t2", member: "summarize", args: { text: { ref: "t1.text" } } },
  ],
  output: { summary: { ref: "t2.summary" } },
};

describe("the tree of a run", () => {
  it("has tasks and calls under what they run inside, with time, tokens and what is being written", () => {
    const view = viewOf(
      started("gate@2/desk", "desk"),
      entry({ kind: "planned", at: "gate@2/desk#1", plan, by: "typed", notes: [], usage: usage(9, 4) }),
      started("gate@2/desk#1/t1", "transcribe"),
      completed("gate@2/desk#1/t1", { engine: "whisper" }),
      started("gate@2/desk#1/t2", "summarize"),
      entry({ kind: "called", at: "gate@2/desk#1/t2/ask", specialist: "answer" }),
      started("gate@2/desk#1/t2/ask", "answer"),
      { kind: "token", at: "gate@2/desk#1/t2/ask", time: 1, text: "All is", model: "m", attempt: 1, answer: 1 },
      { kind: "token", at: "gate@2/desk#1/t2/ask", time: 1, text: "\n   well", model: "m", attempt: 1, answer: 1 },
      started("lone"),
    );
    expect(show(view).map((line) => line.replace(/[⠀-⣿]/, "*"))).toEqual([
      "* gate@2/desk desk  4.0 s  9→4 tokens",
      "  ✓ t1 transcribe  1.5 s  whisper",
      "  * t2 summarize  4.0 s",
      "    * ask answer  4.0 s",
      "        All is well",
      "* lone  4.0 s",
    ]);
  });

  it("shows each of several answers by itself, until one is heard or another attempt begins", () => {
    const token = (answer: number, text: string, attempt = 1): TroupeEvent => ({
      kind: "token",
      at: "ask",
      time: 1,
      model: "m",
      text,
      attempt,
      answer,
    });
    const lines = (...events: TroupeEvent[]) => show(viewOf(started("ask"), ...events)).slice(1);
    const both = [token(1, "Dear "), token(2, "Yes, "), token(1, "all"), token(2, "it is")];
    expect(lines(...both)).toEqual(["    Dear all", "    Yes, it is"]);
    expect(lines(...both, token(3, "a"), token(4, "b"), token(1, ","))).toEqual(["    ,", "    a", "    b"]);
    expect(lines(...both, entry({ kind: "learnt", at: "ask", answers: [], usage: usage(3, 1) }), token(2, " so"))).toEqual(["    so"]);
    expect(lines(...both, started("ask", "ask", 2), token(2, "late"), token(1, "No", 2))).toEqual(["    No"]);
  });

  it("tells what failed, and after a restart what was finished before", () => {
    const before = [
      entry({ kind: "began", graph: { name: "g" }, hash: "h", input: {} }),
      started("a"),
      completed("a"),
      started("b"),
      entry({ kind: "failed", at: "b", error: { code: "TIMEOUT", message: "too slow\nat all" }, ms: 20, usage: [] }),
    ];
    expect(show(viewOf(...before))).toEqual(["✓ a  1.5 s", "✗ b  20 ms  TIMEOUT: too slow"]);
    const after = viewOf(...before, entry({ kind: "resumed" }), started("b", "b", 2));
    expect(show(after).map((line) => line.replace(/[⠀-⣿]/, "*"))).toEqual(["✓ a  1.5 s  from the journal", "* b  4.0 s  attempt 2"]);
  });

  const fanned = (done: number, running: number) => [
    started("split"),
    completed("split", { next: { each: "work", count: 200 } }),
    ...Array.from({ length: done }, (_, i) => [started(`work[${i}]`, "summarize"), completed(`work[${i}]`, { usage: usage(3, 1) })]).flat(),
    ...Array.from({ length: running }, (_, i) => started(`work[${done + i}]`, "summarize")),
  ];

  it("has one line for the items of an each: how many of how many are done, and what they took", () => {
    const lines = show(viewOf(...fanned(64, 8))).map((line) => line.replace(/[⠀-⣿]/, "*"));
    expect(lines).toEqual(["✓ split  1.5 s", "* work summarize  64 of 200  4.0 s  192→64 tokens"]);
    const all = show(viewOf(...fanned(200, 0)));
    expect(all).toEqual(["✓ split  1.5 s", "✓ work summarize  200 of 200  1.5 s  600→200 tokens"]);
  });

  it("shows which items failed, and what an item asks where only one runs", () => {
    const failed = entry({ kind: "failed", at: "work[64]", error: { code: "TIMEOUT", message: "too slow" }, ms: 20, usage: [] });
    const lines = show(viewOf(...fanned(64, 2), failed, entry({ kind: "called", at: "work[65]/ask", specialist: "answer" })));
    expect(lines.map((line) => line.replace(/[⠀-⣿]/, "*"))).toEqual([
      "✓ split  1.5 s",
      "* work summarize  64 of 200, 1 failed  4.0 s  192→64 tokens",
      "  ✗ [64]  20 ms  TIMEOUT: too slow",
      "  * [65]  4.0 s",
      "    · ask answer",
    ]);
  });

  const text = fc.oneof(fc.string({ unit: "binary", maxLength: 30 }), fc.constantFrom("\u001b[2J", "日本語", "👍🏽", "a\nb\u0007", ""));
  const at = fc
    .array(fc.constantFrom("a", "b@2", "desk", "n[3]", "é"), { minLength: 1, maxLength: 4 })
    .chain((parts) =>
      fc
        .array(fc.constantFrom("/", "#1/"), { minLength: 3, maxLength: 3 })
        .map((by) => parts.slice(1).reduce<string>((l, r, i) => l + by[i] + r, parts[0]!)),
    );
  const event: fc.Arbitrary<TroupeEvent> = fc.oneof(
    fc.record({ at, specialist: text, attempt: fc.integer({ min: 1, max: 9 }) }).map((r) => entry({ kind: "started", ...r })),
    fc.record({ at, specialist: text }).map((r) => entry({ kind: "called", ...r })),
    fc.record({ at, ms: fc.nat(1e6) }).map((r) => completed(r.at, { ms: r.ms, usage: usage(r.ms, 2) })),
    fc
      .record({ at, message: text })
      .map((r) => entry({ kind: "failed", at: r.at, error: { code: "X", message: r.message }, ms: 1, usage: [] })),
    at.map((where) => entry({ kind: "planned", at: `${where}#1`, plan, by: "m", notes: [], usage: [] })),
    fc
      .record({ at, text, answer: fc.integer({ min: 1, max: 9 }) })
      .map((r): TroupeEvent => ({ kind: "token", time: 1, model: "m", attempt: 1, ...r })),
    fc
      .record({ at, message: text, part: fc.double({ min: 0, max: 1, noNaN: true }) })
      .map((r): TroupeEvent => ({ kind: "progress", time: 1, ...r })),
    fc.constant(entry({ kind: "resumed" })),
  );

  it("fits any terminal whatever happens and whatever anyone wrote, and lists each occurrence once", () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 40 }),
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 1, max: 30 }),
        (events, width, height) => {
          const view = viewOf(...events);
          const all = show(view, width);
          for (const line of all) {
            expect(widthOf(line)).toBeLessThanOrEqual(width);
            // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
            expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
          }
          // Items of an each share a line.
          const alone = [...view.rows.keys()].filter((at) => !at.includes("[")).length;
          const marked = width < 40 ? alone : all.filter((line) => /^ *[·✓✗–⠀-⣿] /u.test(line)).length;
          expect(marked).toBeGreaterThanOrEqual(alone);
          expect(all.length).toBeLessThanOrEqual(3 * view.rows.size);
          expect(show(view, width, height).length).toBeLessThanOrEqual(height);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("keeps what runs in sight where the terminal is low", () => {
    const done = Array.from({ length: 40 }, (_, i) => [started(`n${i}`), completed(`n${i}`)]).flat();
    const view = viewOf(started("long"), ...done);
    const lines = show(view, 60, 5);
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe("… 37 more");
    expect(lines[1]).toMatch(/ long /);
  });
});
