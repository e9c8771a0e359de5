// What is scaled, by name: `prepared(size)` gives the work that is measured, which throws where its result is wrong, and is done several
// times unless it is done `once`; the slope begins at the size `from`, where there is one; `figures(size)` has figures of the shape's own.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { append, asSpecialist, compile, defineGraph, END, fileJournal, memoryJournal, specialist, sum, use } from "@troupe/core";
import { z } from "zod";

const number = z.object({ n: z.number() });
const step = specialist({ name: "step", does: "Adds one", input: number, output: number, run: ({ n }) => ({ n: n + 1 }) });
const listOf = (length) => Array.from({ length }, (_, i) => i);
const demand = (right, what) => {
  if (!right) throw new RangeError(`a wrong answer: ${what}`);
};

/** A graph as an item: two nodes, one after the other. */
const nested = asSpecialist(
  defineGraph({
    name: "nested",
    does: "Adds two",
    state: { n: z.number(), more: z.number() },
    input: ["n"],
    output: ["more"],
    nodes: { one: use(step, { write: { n: "more" } }), two: use(step, { read: { n: "more" }, write: { n: "more" } }) },
    start: "one",
    edges: { one: "two", two: END },
  }),
);

function each(item, { to, atOnce, last }) {
  const begin = specialist({ name: "begin", does: "Begins", input: z.object({}), output: z.object({}), run: () => ({}) });
  return defineGraph({
    name: "each",
    state: { items: z.array(z.number()), n: z.number(), more: z.number(), all: z.array(z.number()), count: z.number() },
    input: ["items"],
    output: ["count"],
    nodes: { begin, item, last },
    start: "begin",
    edges: {
      begin: { each: "items", as: "n", to: "item", collect: { [to]: "all" }, then: "last", ...(atOnce && { atOnce }) },
      item: END,
      last: END,
    },
  });
}

const counting = (run = ({ all }) => ({ count: all.length })) =>
  specialist({ name: "last", does: "Counts", input: z.object({ all: z.array(z.number()) }), output: z.object({ count: z.number() }), run });

const plain = use(step, { write: { n: "more" } });

const items = (item, atOnce) => (size) => {
  const app = compile(each(item, { to: "more", atOnce, last: counting() }));
  const list = listOf(size);
  return async () => {
    const { count } = await app.invoke({ items: list });
    demand(count === size, count);
  };
};

function fan(size) {
  const names = listOf(size).map((i) => `n${i}`);
  const one = specialist({ ...step, name: "one", output: z.object({ total: z.number() }), run: () => ({ total: 1 }) });
  const begin = specialist({ name: "begin", does: "Begins", input: z.object({}), output: z.object({}), run: () => ({}) });
  const app = compile(
    defineGraph({
      name: "fan",
      state: { n: z.number(), total: sum(z.number()) },
      input: ["n"],
      output: ["total"],
      nodes: { begin, ...Object.fromEntries(names.map((name) => [name, one])) },
      start: "begin",
      edges: { begin: names, ...Object.fromEntries(names.map((name) => [name, END])) },
    }),
  );
  return async () => {
    const { total } = await app.invoke({ n: 0 });
    demand(total === size, total);
  };
}

/** Each round adds to a list; `by` says who reads all of it in each round: the node, the rule, or nobody. */
const rounds = (by) => (size) => {
  const reads = by === "node";
  const round = specialist({
    name: "round",
    does: "Adds its number to a list",
    input: z.object({ n: z.number(), ...(reads && { all: z.array(z.number()) }) }),
    output: z.object({ n: z.number(), one: z.number() }),
    run: ({ n, all }) => {
      demand(!reads || all.length === n, `${all?.length} of ${n}`);
      return { n: n + 1, one: n };
    },
  });
  const rule = by === "rule" ? "short" : { n: { lt: size } };
  const app = compile(
    defineGraph({
      name: "rounds",
      state: { n: z.number(), all: append(z.number()) },
      input: ["n"],
      output: ["n", "all"],
      nodes: { round: use(round, { write: { one: "all" } }) },
      conditions: by === "rule" ? { short: { reads: ["all"], test: ({ all }) => all.length < size } } : {},
      loops: { round: { max: size + 1, then: END } },
      start: "round",
      edges: { round: [{ when: rule, to: "round" }, { otherwise: END }] },
    }),
  );
  return async () => {
    const { all } = await app.invoke({ n: 0 });
    demand(all.length === size, all.length);
  };
};

/** The least that such a loop can cost: a list of its own for each round, in plain JavaScript and with no run about it. */
const copies = (size) => async () => {
  const all = [];
  let read;
  for (let i = 0; i < size; i++) {
    all.push(i);
    read = all.slice();
  }
  demand(read.length === size, read.length);
};

/** Runs of five nodes, all of which wait in the third at once. `waiting` is called then. */
function concurrent(size, waiting = () => {}) {
  let there;
  let open;
  let gate;
  const wait = specialist({
    ...step,
    name: "wait",
    run: async ({ n }) => {
      there++;
      await gate;
      return { n: n + 1 };
    },
  });
  const names = listOf(5).map((i) => `n${i}`);
  const app = compile(
    defineGraph({
      name: "five",
      state: { n: z.number() },
      input: ["n"],
      output: ["n"],
      nodes: Object.fromEntries(names.map((name, i) => [name, i === 2 ? wait : step])),
      start: "n0",
      edges: Object.fromEntries(names.map((name, i) => [name, names[i + 1] ?? END])),
    }),
  );
  return async () => {
    there = 0;
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const runs = Promise.all(listOf(size).map(() => app.invoke({ n: 0 })));
    while (there < size) await turn();
    waiting();
    open();
    const ended = await runs;
    demand(
      ended.every(({ n }) => n === 5),
      "a run",
    );
  };
}

/** What a run that waits takes of the heap. */
async function heapOf(size) {
  const used = () => {
    globalThis.gc();
    return process.memoryUsage().heapUsed;
  };
  let after;
  const work = concurrent(size, () => {
    after = used();
  });
  const before = used();
  await work();
  return { "heap a run (kB)": Number(((after - before) / size / 1024).toFixed(1)) };
}

/** A run that stopped after as many records; its records are read, folded and gone on from. */
const resumed = (journalIn) => async (size) => {
  const folder = mkdtempSync(join(tmpdir(), "troupe-scale-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const journal = journalIn(folder);
  let ready = false;
  const last = counting(({ all }) => {
    if (!ready) throw new RangeError("not yet");
    return { count: all.length };
  });
  // Each item is two records: that it started, and what came of it.
  const app = compile(each(plain, { to: "more", last }), { journal });
  const list = listOf(size / 2);
  await app.invoke({ items: list }, { thread: "t" }).catch(() => {});
  ready = true;
  return async () => {
    const { count } = await app.resume("t");
    demand(count === list.length, count);
    await journal.close();
  };
};

const upTo = (most) => [1000, 3000, 10_000, 30_000, 100_000, 300_000].filter((size) => size <= most);

export const shapes = {
  // All items are under way at once: a few thousand fit the young heap and are never moved, so that each costs half.
  each: { sizes: upTo(300_000), of: "items", from: 10_000, prepared: items(plain) },
  "each, 8 at once": { sizes: upTo(100_000), of: "items", prepared: items(plain, 8) },
  "each, a graph an item": { sizes: upTo(100_000), of: "items", prepared: items(use(nested, { write: { more: "more" } })) },
  "fan-out": { sizes: [300, ...upTo(10_000)], of: "nodes", prepared: fan },
  "loop that appends": { sizes: [300, ...upTo(10_000)], of: "rounds", prepared: rounds() },
  "loop whose rule reads what it appended": { sizes: [300, ...upTo(10_000)], of: "rounds", prepared: rounds("rule") },
  "loop whose node reads what it appended": { sizes: [300, ...upTo(10_000)], of: "rounds", prepared: rounds("node") },
  "baseline: a list copied each round": { sizes: [300, ...upTo(10_000)], of: "rounds", baseline: true, prepared: copies },
  // From a thousand on what waits is more than the young heap holds, so that it is collected as what is kept.
  "runs at once": { sizes: upTo(30_000), of: "runs", prepared: (size) => concurrent(size), figures: heapOf },
  "resumed, in memory": { sizes: upTo(100_000), of: "records", once: true, prepared: resumed(() => memoryJournal()) },
  "resumed, SQLite": {
    sizes: upTo(100_000),
    of: "records",
    once: true,
    prepared: resumed((folder) => fileJournal(join(folder, "journal.db"))),
  },
};
