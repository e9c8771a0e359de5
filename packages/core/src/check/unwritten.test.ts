import { expect, test } from "vitest";
import { eachesOf } from "../engine/eaches-of.js";
import { advance, begin } from "../engine/engine.js";
import type { Next } from "../engine/record.js";
import { type GraphData, outcomesOf } from "../graph/data.js";
import { random } from "../run/simulation/random.js";
import { randomGraph } from "../run/simulation/random-graph.js";
import { unwritten } from "./unwritten.js";

type Random = ReturnType<typeof random>;

/** Runs a graph with every rule decided by chance; tells what was not yet written when each node started, and at the end. */
function walk(graph: GraphData, r: Random, missing: (place: string, field: string) => void): void {
  const written = new Set(graph.input);
  const open = new Map<string, number>();
  const lack = (place: string) => {
    for (const field of Object.keys(graph.state)) if (!written.has(field)) missing(place, field);
  };
  let { state, commands } = begin(graph);
  const running: { at: string; name: string }[] = [];
  for (let steps = 0; steps < 2000; steps++) {
    for (const command of commands) {
      if (command.kind !== "start") continue;
      lack(command.name);
      running.push(command);
    }
    const one = running.splice(r.int(running.length || 1), 1)[0];
    if (!one) break;
    const { at, name } = one;
    const rule = graph.edges[name]!;
    const each = eachesOf(graph).get(name);
    let next: Next = [];
    if (each) {
      open.set(name, open.get(name)! - 1);
      if (open.get(name) === 0) for (const field of Object.values(each.collect)) written.add(field);
    } else {
      for (const field of Object.values(graph.nodes[name]!.write)) written.add(field);
      const outcomes = outcomesOf(rule);
      next = outcomes[r.int(outcomes.length)]!;
      if (rule.kind === "each") {
        const count = r.int(3);
        next = { each: rule.to, count };
        open.set(rule.to, count);
        if (count === 0) for (const field of Object.values(rule.collect)) written.add(field);
      }
    }
    ({ state, commands } = advance(state, { kind: "completed", at, output: {}, next, ms: 0, usage: [] }));
  }
  if (running.length === 0) lack("");
}

test("what it holds to be written is written in every run, and most of what it holds to be missing is in some", () => {
  const tally = { held: 0, wrong: [] as string[], doubted: 0, seen: 0 };
  for (let seed = 1; seed <= 400; seed++) {
    const graph = randomGraph(seed, { shared: seed % 3 > 0 });
    if (!graph) continue;
    const writes = Object.fromEntries(Object.entries(graph.nodes).map(([name, { write }]) => [name, new Set(Object.values(write))]));
    const ways = unwritten(graph, writes);
    const may = new Map<string, boolean>();
    const found = new Set<string>();
    const r = random(seed);
    for (let i = 0; i < 60; i++)
      walk(graph, r, (place, field) => {
        found.add(`${place} ${field}`);
      });
    for (const place of ["", ...Object.keys(graph.nodes)])
      for (const field of Object.keys(graph.state)) {
        if (graph.input.includes(field)) continue;
        may.set(`${place} ${field}`, place === "" ? ways.atEnd(field) : ways.before(place, field));
      }
    for (const [key, missing] of may) {
      if (missing) {
        tally.doubted++;
        if (found.has(key)) tally.seen++;
      } else {
        tally.held++;
        if (found.has(key)) tally.wrong.push(`${seed}: ${key}`);
      }
    }
  }
  expect(tally.wrong).toEqual([]);
  expect(tally.held).toBeGreaterThan(2000);
  expect(tally.seen / tally.doubted).toBeGreaterThan(0.9);
});
