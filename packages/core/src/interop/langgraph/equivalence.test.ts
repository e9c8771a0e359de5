import { expect, test } from "vitest";
import { check } from "../../check/check.js";
import { conflicts } from "../../check/conflicts.js";
import { randomGraph } from "../../host/simulation/random-graph.fixture.js";
import { realGraph } from "../../host/simulation/real-graph.fixture.js";
import { withoutConflicts } from "../../host/simulation/without-conflicts.fixture.js";
import { compile } from "../compile.js";
import { toLangGraph } from "./to-langgraph.js";

const wanted = Number(process.env.WANTED ?? 500);
const input = { given: 50, list: [3, 1, 2] };

test("random graphs come to the same output in LangGraph, and run the same occurrences", async () => {
  const seen = { loop: 0, each: 0, reducer: 0 };
  for (let seed = 1, found = 0; found < wanted; seed++) {
    const bare = randomGraph(seed, { shared: seed % 2 === 0, small: seed % 3 !== 0 });
    if (!bare) continue;
    const data = withoutConflicts(bare, conflicts, seed);
    let occurrences = 0;
    const graph = realGraph(data, async () => void occurrences++);
    if (check(graph).length) continue;
    found++;
    const expected = await compile(graph).invoke(input);
    const [ran] = [occurrences, (occurrences = 0)];
    const compiled = await toLangGraph(graph);
    expect(await compiled.invoke(input), graph.name).toEqual(expected);
    expect(occurrences, graph.name).toBe(ran);
    if (Object.keys(graph.loops).length) seen.loop++;
    if (Object.values(data.edges).some(({ kind }) => kind === "each")) seen.each++;
    if (expected.all.length) seen.reducer++;
  }
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(wanted / 20);
}, 600_000);
