// A loop whose steps give a kB each, on a journal in a file.

import { rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { compile, defineGraph, END, fileJournal, specialist } from "@troupe/core";
import { z } from "zod";

const SQLite = createRequire(new URL("../../packages/core/package.json", import.meta.url))("libsql");
const graphOf = (steps, work) => {
  const io = z.object({ n: z.number(), text: z.string() });
  const step = specialist({ name: "step", does: "One step", input: io, output: io, run: ({ n }) => work(n + 1) });
  return defineGraph({
    name: "steps",
    state: { n: z.number(), text: z.string() },
    input: ["n", "text"],
    output: ["n"],
    nodes: { step },
    start: "step",
    edges: { step: [{ when: { n: { lt: steps } }, to: "step" }, { otherwise: END }] },
    loops: { step: { max: steps + 1, then: END } },
  });
};

export function troupe(file) {
  const remove = () => {
    for (const part of ["", "-wal", "-shm"]) rmSync(`${file}${part}`, { force: true });
  };
  remove();
  let journal = fileJournal(file);
  const sizeOf = (path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return {
    run: (steps, thread, work) => compile(graphOf(steps, work), { journal }).invoke({ n: 0, text: "" }, { thread }),
    async resume(steps, thread, work) {
      for await (const event of compile(graphOf(steps, work), { journal }).resumeEvents(thread)) void event;
    },
    log: () => sizeOf(`${file}-wal`),
    async reopen() {
      await journal.close();
      journal = fileJournal(file);
    },
    async bytes() {
      await journal.close();
      const db = new SQLite(file);
      db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      db.close();
      journal = fileJournal(file);
      return sizeOf(file);
    },
    async end() {
      await journal.close();
      remove();
    },
  };
}

/** A value that so many nodes pass on, each under a name of its own: the bytes of the file afterwards. */
export async function passedOn(file, text, nodes) {
  const names = Array.from({ length: nodes + 1 }, (_, i) => `f${i}`);
  const one = (from, to) =>
    specialist({
      name: `to-${to}`,
      does: "Passes a text on",
      input: z.object({ [from]: z.string() }),
      output: z.object({ [to]: z.string() }),
      run: (state) => ({ [to]: state[from] }),
    });
  const steps = names.slice(1).map((to, i) => [`n${i}`, one(names[i], to)]);
  const graph = defineGraph({
    name: "pass",
    state: Object.fromEntries(names.map((name) => [name, z.string()])),
    input: ["f0"],
    output: [names.at(-1)],
    nodes: Object.fromEntries(steps),
    start: "n0",
    edges: Object.fromEntries(steps.map(([name], i) => [name, steps[i + 1]?.[0] ?? END])),
  });
  const journal = fileJournal(file);
  await compile(graph, { journal, limits: { characters: 2 * text.length } }).invoke({ f0: text }, { thread: "t" });
  await journal.close();
  return statSync(file).size;
}

/** The journal by itself: appends of one record of a kB each, of so many threads at a time, each after its last. */
export async function appends(file, threads, each, text, watch) {
  const journal = fileJournal(file);
  const holds = await Promise.all(Array.from({ length: threads }, (_, i) => journal.hold(`t${i}`)));
  const began = performance.now();
  await Promise.all(
    holds.map(async (hold) => {
      for (let i = 0; i < each; i++) {
        await hold.append(1, [{ kind: "completed", at: `n#${i}`, output: { text: text() }, ms: 1, usage: [] }]);
        watch();
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  await journal.close();
  return (threads * each) / seconds;
}
