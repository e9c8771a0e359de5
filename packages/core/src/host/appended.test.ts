import { expect, test } from "vitest";
import { z } from "zod";
import { append, compile, defineGraph, END, type Graph, memoryJournal, reduced, specialist, use } from "../index.js";

const note = z.object({ n: z.number() });
const rounds = 5;

/** A loop whose node and whose rule are handed all notes so far, and do with them what they like. */
function loop(change: (all: { n: number }[]) => unknown, item: z.ZodType<{ n: number }> = note) {
  const writes = specialist({
    name: "writes",
    does: "Adds a note",
    input: z.object({ all: z.array(item) }),
    output: z.object({ one: note }),
    run: ({ all }) => {
      const n = all.length;
      change(all);
      return { one: { n } };
    },
  });
  return defineGraph({
    name: "g",
    state: { all: append(note) },
    input: [],
    output: ["all"],
    nodes: { writes: use(writes, { write: { one: "all" } }) },
    conditions: {
      short: {
        reads: ["all"],
        test: ({ all }) => {
          const { length } = all;
          change(all);
          return length < rounds;
        },
      },
    },
    loops: { writes: { max: rounds + 1, then: END } },
    start: "writes",
    edges: { writes: [{ when: "short", to: "writes" }, { otherwise: END }] },
  });
}
const notes = Array.from({ length: rounds }, (_, n) => ({ n }));

test("a list of what was appended is its reader's own: what it does to it, nobody else sees", async () => {
  const journal = memoryJournal();
  const spoils = (all: { n: number }[]) => all.reverse().push({ n: 99 });
  const { all } = await compile(loop(spoils), { journal }).invoke({}, { thread: "t" });
  expect(all).toEqual(notes);
  const kept = (await journal.read("t")).flatMap((entry) => (entry.kind === "completed" ? [Object(entry.output).one] : []));
  expect(kept).toEqual(notes);
});

test("an item of it is everybody's: to change it is an error, and the next run is as the first", async () => {
  const app = compile(loop(([first]) => first && Object.assign(first, { n: 99 })));
  for (let i = 0; i < 2; i++)
    await expect(app.invoke({})).rejects.toMatchObject({ code: "CONDITION_FAILED", cause: expect.any(TypeError) });
});

test("a schema with code in it sees every item in every round", async () => {
  const seen: number[] = [];
  const watched = note.refine(({ n }) => seen.push(n) > 0);
  await compile(loop(() => {}, watched)).invoke({});
  expect(seen).toEqual([0, 0, 1, 0, 1, 2, 0, 1, 2, 3]);
});

test("a run that was cut off in a loop goes on with all that it appended", async () => {
  const journal = memoryJournal();
  let fail = true;
  const breaks = (all: { n: number }[]) => {
    if (all.length === 3 && fail) throw new RangeError("cut off");
  };
  const app = compile(loop(breaks), { journal });
  await expect(app.invoke({}, { thread: "t" })).rejects.toThrow("cut off");
  fail = false;
  expect(await app.resume("t")).toEqual({ all: notes });
});

test("a reducer of the graph's is called once for each contribution, and for what its reader adds", async () => {
  let calls = 0;
  const counts = specialist({
    name: "counts",
    does: "Counts",
    input: z.object({}),
    output: z.object({ n: z.number() }),
    run: () => ({ n: 1 }),
  });
  const graph: Graph = defineGraph({
    name: "g",
    state: { n: reduced("adds", z.number()) },
    input: [],
    output: ["n"],
    nodes: { counts },
    reducers: {
      adds: (total: number, next: number) => {
        calls++;
        return total + next;
      },
    },
    loops: { counts: { max: 101, then: END } },
    start: "counts",
    edges: { counts: [{ when: { n: { lt: 100 } }, to: "counts" }, { otherwise: END }] },
  });
  expect(await compile(graph).invoke({})).toEqual({ n: 100 });
  expect(calls).toBeLessThan(200);
});
