import type { Entry, TroupeEvent } from "@troupe/core";
import { expect, it } from "vitest";
import { plainLines } from "./plain-line.js";
import { emptyView, follow } from "./view.js";

let seq = 0;
const entry = (record: object): TroupeEvent => ({ thread: "t", run: 1, seq: ++seq, time: 1_000, ...record }) as Entry;
const started = (at: string, specialist = at) => entry({ kind: "started", at, attempt: 1, specialist });
const completed = (at: string, more = {}) => entry({ kind: "completed", at, output: {}, ms: 10, usage: [], ...more });

function told(events: readonly TroupeEvent[]): string[] {
  let view = emptyView;
  return events.flatMap((event) => {
    const lines = plainLines(view, event);
    view = follow(view, event);
    return lines;
  });
}

it("items of an each are told by how many are done, not one by one", () => {
  const items = Array.from({ length: 200 }, (_, i) => [
    started(`work[${i}]`, "summarize"),
    entry({ kind: "called", at: `work[${i}]/ask`, specialist: "answer" }),
    started(`work[${i}]/ask`, "answer"),
    completed(`work[${i}]/ask`),
    i === 7
      ? entry({ kind: "failed", at: "work[7]", error: { code: "TIMEOUT", message: "too slow" }, ms: 20, usage: [] })
      : completed(`work[${i}]`),
  ]).flat();
  const lines = told([started("split"), completed("split", { next: { each: "work", count: 200 } }), ...items, started("join")]);
  expect(lines.slice(0, 3)).toEqual(["> split  split", "✓ split  10 ms", "> work  summarize  0 of 200"]);
  expect(lines).toContain("✗ work[7]  20 ms  TIMEOUT: too slow");
  expect(lines).toContain("  work  100 of 200, 1 failed");
  expect(lines.at(-2)).toBe("  work  199 of 200, 1 failed");
  expect(lines.at(-1)).toBe("> join  join");
  expect(lines.length).toBeLessThan(20);
  expect(
    told([
      started("split"),
      completed("split", { next: { each: "work", count: 2 } }),
      started("work[0]", "summarize"),
      completed("work[0]"),
    ]),
  ).toEqual(["> split  split", "✓ split  10 ms", "> work  summarize  0 of 2", "  work  1 of 2"]);
});
