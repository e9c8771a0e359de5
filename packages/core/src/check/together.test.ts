import { expect, test } from "vitest";
import { type Analysis, analyse } from "../engine/analysis.js";
import { randomGraph } from "../host/simulation/random-graph.fixture.js";
import { random } from "../testing/random.js";
import { together } from "./together.js";
import { type Tokens, tokensOf } from "./tokens.js";

/** Every pair that can be alive together, from the starts on, whatever it leads to: the definition, carried out. */
function allTogether({ inLoop, reach }: Analysis, { starts, ways, names, nodeOf, isLatch }: Tokens): ReadonlySet<string> {
  const held = (token: number, other: number): boolean => {
    const [name, by] = [nodeOf(token), nodeOf(other)];
    if (isLatch(token)) return inLoop(by, name);
    return !(isLatch(other) && inLoop(name, by)) && reach.has(by, name);
  };
  const alive = new Set<number>();
  const todo: [number, number][] = [];
  const meet = (a: number, b: number) => {
    const key = Math.min(a, b) * 2 * names.length + Math.max(a, b);
    if (a === b || alive.has(key)) return;
    alive.add(key);
    todo.push([a, b]);
  };
  const meetAll = (tokens: readonly number[]) => {
    for (const a of tokens) for (const b of tokens) meet(a, b);
  };
  meetAll(starts);
  const seen = new Set(starts);
  for (const token of seen)
    for (const { to } of ways[token]!) {
      meetAll(to);
      for (const t of to) seen.add(t);
    }
  const found = new Set<string>();
  for (let pair = todo.pop(); pair; pair = todo.pop()) {
    for (const [a, b] of [pair, [pair[1], pair[0]] as const])
      if (!held(a, b)) for (const { to } of ways[a]!) for (const t of to) meet(t, b);
    const [a, b] = pair;
    if (!isLatch(a) && !isLatch(b) && !held(a, b) && !held(b, a)) found.add([nodeOf(a), nodeOf(b)].sort().join(" "));
  }
  return found;
}

test("of some nodes those that can run together are the ones that following every pair finds", () => {
  let pairs = 0;
  for (let seed = 1; seed <= 1500; seed++) {
    const graph = randomGraph(seed, { shared: true, small: seed % 2 === 0 });
    if (!graph) continue;
    const r = random(seed);
    const analysis = analyse(graph);
    const tokens = tokensOf(analysis, () => []);
    const expected = allTogether(analysis, tokens);
    for (let i = 0; i < 6; i++) {
      const some = r.some(analysis.live, i ? 0.4 : 1);
      const found = new Set([...together(analysis, tokens, some)].map((pair) => pair.map(tokens.nodeOf).sort().join(" ")));
      const asked = [...expected].filter((pair) => pair.split(" ").every((name) => some.includes(name)));
      expect([...found].sort(), `graph ${seed}, ${some}`).toEqual(asked.sort());
      pairs += asked.length;
    }
  }
  expect(pairs).toBeGreaterThan(1000);
});
