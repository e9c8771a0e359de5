import { expect, test } from "vitest";
import { check } from "../../check/check.js";
import { conflicts } from "../../check/conflicts.js";
import { compile } from "../../interop/compile.js";
import type { Entry, Journal } from "../../journal/journal.js";
import { memoryJournal } from "../../journal/memory.js";
import { simulated } from "../../testing/simulated.js";
import type { Host } from "../host.js";
import { inProcess } from "../in-process.js";
import { digest } from "./digest.fixture.js";
import { randomGraph } from "./random-graph.fixture.js";
import { type Disturb, realGraph } from "./real-graph.fixture.js";
import { withoutConflicts } from "./without-conflicts.fixture.js";

const input = { given: 50, list: [3, 1, 2] };

const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise(setImmediate);
};

/** What a journal says came of each occurrence. */
const outcomes = (entries: readonly Entry[]) =>
  Object.fromEntries(entries.flatMap((e) => (e.kind === "completed" ? [[e.at, { output: e.output, next: e.next }]] : [])));

/** Occurrences that were started after they were completed. */
function startedAgain(entries: readonly Entry[]): string[] {
  const completed = new Set<string>();
  return entries.flatMap((e) => {
    if (e.kind === "completed") completed.add(e.at);
    return e.kind === "started" && completed.has(e.at) ? [e.at] : [];
  });
}

/** A journal that knows the first records of a run and no more, as a crash leaves it. */
async function cut(entries: readonly Entry[], length: number) {
  const journal = memoryJournal();
  const hold = await journal.hold("t");
  for (const { thread: _, run, seq: __, time: ___, ...record } of entries.slice(0, length)) await hold.append(run, [record]);
  await hold.release();
  return journal;
}

function* graphs(count: number) {
  for (let seed = 1, found = 0; found < count; seed++) {
    const bare = randomGraph(seed, { shared: seed % 2 === 0 });
    if (!bare || Object.keys(bare.nodes).length > 9) continue;
    const data = withoutConflicts(bare, conflicts, seed);
    let disturb: Disturb = async () => {};
    const graph = realGraph(data, (at, attempt) => disturb(at, attempt));
    if (check(graph).length) continue;
    found++;
    const app = (journal: Journal, by: Disturb, host?: Host) => {
      disturb = by;
      return compile(graph, { journal, ...(host ? { host } : {}) });
    };
    yield { seed, app };
  }
}

const delays =
  (seed: number): Disturb =>
  (at, attempt) =>
    turns(digest([seed, at, attempt]) % 5);

test("a run cut after any of its records and resumed, under whichever host, ends as if it had not been cut, and repeats nothing completed", async () => {
  let cuts = 0;
  for (const { seed, app } of graphs(24)) {
    const journal = memoryJournal();
    const output = await app(journal, delays(seed)).invoke(input, { thread: "t" });
    const whole = await journal.read("t");
    if (whole.length > 90) continue;
    for (let length = 1; length <= whole.length; length++, cuts++) {
      const left = await cut(whole, length);
      const where = `graph ${seed} cut after ${length} of ${whole.length}`;
      const host = length % 2 ? simulated({ seed: length }) : inProcess();
      expect(await app(left, delays(seed + length), host).resume("t"), where).toEqual(output);
      const entries = await left.read("t");
      expect(outcomes(entries), where).toEqual(outcomes(whole));
      expect(startedAgain(entries), where).toEqual([]);
    }
  }
  expect(cuts).toBeGreaterThan(300);
}, 120_000);

test("a run that fails here and there and is resumed until it is done ends as one that never failed", async () => {
  let failures = 0;
  for (const { seed, app } of graphs(25)) {
    const journal = memoryJournal();
    const calm = memoryJournal();
    const output = await app(calm, delays(seed)).invoke(input, { thread: "t" });
    const fails: Disturb = async (at, attempt) => {
      await delays(seed + 1)(at, attempt);
      if (attempt < 3 && digest([seed, attempt, at]) < 12) throw new RangeError("bad luck");
    };
    const failing = app(journal, fails);
    let got: unknown;
    for (let go = () => failing.invoke(input, { thread: "t" }); got === undefined; go = () => failing.resume("t"))
      got = await go().catch((error) => {
        expect(error.cause?.message ?? error.message).toBe("bad luck");
        failures++;
      });
    expect(got, `graph ${seed}`).toEqual(output);
    const entries = await journal.read("t");
    expect(outcomes(entries), `graph ${seed}`).toEqual(outcomes(await calm.read("t")));
    expect(startedAgain(entries), `graph ${seed}`).toEqual([]);
    const open = new Set<string>();
    for (const e of entries) {
      if (e.kind === "resumed") expect([...open], `graph ${seed}`).toEqual([]);
      if (e.kind === "started") open.add(e.at);
      if (e.kind === "completed" || e.kind === "failed" || e.kind === "cancelled") open.delete(e.at);
    }
    expect([...open]).toEqual([]);
  }
  expect(failures).toBeGreaterThan(50);
}, 120_000);
