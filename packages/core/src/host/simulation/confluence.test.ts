import { expect, test } from "vitest";
import { conflicts } from "../../check/conflicts.js";
import { type Analysis, analyse } from "../../engine/analysis.js";
import type { GraphData } from "../../graph/data.js";
import { randomGraph } from "./random-graph.fixture.js";
import { simulate } from "./simulate.fixture.js";
import { withoutConflicts } from "./without-conflicts.fixture.js";

const timings = 5;
const wanted = 2000;

interface Findings {
  readonly graphs: number;
  /** Names of graphs that ended otherwise under another timing, or did not end. */
  readonly differ: readonly string[];
  readonly with: Readonly<Record<"loop" | "each" | "reducer" | "plan" | "resumed", number>>;
}

/** Runs random graphs under several timings, the last of them with crashes, and says which differ. */
function findings(
  graphs: number,
  { shared, find = conflicts, tamper }: { shared: boolean; find?: typeof conflicts; tamper?: (analysis: Analysis) => void },
): Findings {
  const differ: string[] = [];
  const seen = { loop: 0, each: 0, reducer: 0, plan: 0, resumed: 0 };
  let count = 0;
  for (let seed = 1; count < graphs; seed++) {
    const bare = randomGraph(seed, { shared });
    if (!bare) continue;
    count++;
    const graph: GraphData = withoutConflicts(bare, find, seed);
    tamper?.(analyse(graph));
    try {
      const outcomes = Array.from({ length: timings }, (_, timing) => simulate(graph, timing, { crash: timing === timings - 1 }));
      const [first, ...others] = outcomes.map(({ state }) => JSON.stringify(state));
      const [ran, ...again] = outcomes.map(({ occurrences }) => JSON.stringify([...new Set(occurrences)]));
      if (others.some((state) => state !== first) || again.some((o) => o !== ran)) differ.push(graph.name);
      const kinds = JSON.stringify(outcomes[0]!.records.slice(1));
      if (kinds.includes("@2/")) seen.loop++;
      if (kinds.includes("[1]")) seen.each++;
      if (kinds.includes("out_all") || kinds.includes("out_total")) seen.reducer++;
      if (kinds.includes('"planned"')) seen.plan++;
      if (outcomes.at(-1)!.records.some(({ kind }) => kind === "resumed")) seen.resumed++;
    } catch (error) {
      if (!(error instanceof RangeError) && !tamper) throw error;
      differ.push(graph.name);
    }
  }
  return { graphs: count, differ, with: seen };
}

test("a graph ends in the same state whatever the timing, and after crashes", () => {
  const found = findings(wanted, { shared: false });
  expect(found.differ).toEqual([]);
  for (const count of Object.values(found.with)) expect(count).toBeGreaterThan(wanted / 20);
}, 300_000);

test("so does a graph whose nodes share fields, once what the race check names is gone", () => {
  const found = findings(wanted, { shared: true });
  expect(found.differ).toEqual([]);
  for (const count of Object.values(found.with)) expect(count).toBeGreaterThan(wanted / 20);
}, 300_000);

test("a broken readiness rule is noticed", () => {
  const fireOnArrival = (analysis: Analysis) => {
    Object.assign(analysis.reach, { has: () => false, first: () => undefined });
  };
  expect(findings(200, { shared: false, tamper: fireOnArrival }).differ.length).toBeGreaterThan(10);
});

test("a broken latch is noticed", () => {
  const goRoundAtOnce = (analysis: Analysis) => {
    for (const heads of Object.values(analysis.around)) (heads as string[]).length = 0;
  };
  expect(findings(400, { shared: false, tamper: goRoundAtOnce }).differ.length).toBeGreaterThan(10);
});

test("a broken race check is noticed", () => {
  const none: typeof conflicts = () => [];
  expect(findings(200, { shared: true, find: none }).differ.length).toBeGreaterThan(10);
});
