import { expect, test } from "vitest";
import { draw } from "../draw/draw.js";
import type { GraphData } from "../graph/data.js";
import { randomGraph } from "../host/simulation/random-graph.fixture.js";
import { type Random, random } from "../testing/random.js";
import { checkData } from "./check.js";
import { conflicts } from "./conflicts.js";

/** Renames a key or a name somewhere in a graph, drops something, or lets it lead elsewhere; the shape of the data is kept. */
function mangle(graph: GraphData, r: Random): GraphData {
  const copy = structuredClone(graph) as any;
  const names = [...Object.keys(copy.nodes), ...Object.keys(copy.state), "end", "nowhere", "constructor", "toString", "a/b", ""];
  for (let i = 0; i <= r.int(4); i++) {
    const part = r.pick(["nodes", "edges", "loops", "state", "conditions"]);
    const keys = Object.keys(copy[part]);
    const key = keys.length ? r.pick(keys) : undefined;
    const way = r.int(8);
    if (way === 0 && key !== undefined) delete copy[part][key];
    else if (way === 1 && key !== undefined) {
      copy[part][r.pick(names)] = copy[part][key];
      delete copy[part][key];
    } else if (way === 2) copy.edges[r.pick(names)] = { kind: "to", to: r.some(names, 0.2) };
    else if (way === 3) copy.start = r.some(names, 0.2);
    else if (way === 4) copy.loops[r.pick(names)] = { max: r.int(4) - 1, then: r.some(names, 0.1) };
    else if (way === 5) copy.output = r.some(names, 0.2);
    else if (way === 6)
      copy.edges[r.pick(names)] = {
        kind: "each",
        each: r.pick(names),
        as: r.pick(names),
        to: r.pick(names),
        collect: { [r.pick(names)]: r.pick(names) },
        then: r.some(names, 0.1),
      };
    else
      copy.edges[r.pick(names)] = {
        kind: "when",
        cases: [{ when: r.chance(0.5) ? r.pick(names) : { [r.pick(names)]: { lt: 1 } }, to: r.some(names, 0.1) }],
      };
  }
  return copy;
}

test("whatever is wrong with a graph, its check ends in issues that are plain data", () => {
  let broken = 0;
  for (let seed = 1; seed <= 1500; seed++) {
    const graph = randomGraph(seed, { shared: seed % 2 === 0 });
    if (!graph) continue;
    const mangled = mangle(graph, random(seed));
    const issues = checkData(mangled);
    for (const language of ["mermaid", "dot"] as const) expect(draw(mangled, language)).not.toContain("undefined");
    if (issues.length) broken++;
    expect(JSON.parse(JSON.stringify(issues))).toEqual(issues);
    for (const { code, message, hint, names = {} } of issues) {
      const told = Object.values(names).flat();
      for (const [, name] of message.matchAll(/"([^"]+)"/g))
        if (Object.hasOwn(mangled.nodes, name!) || Object.hasOwn(mangled.state, name!)) expect(told, message).toContain(name);
      expect(code).toMatch(/^[a-z-]+$/);
      expect(message).toMatch(/\.$/);
      expect(hint).toBeTruthy();
    }
  }
  expect(broken).toBeGreaterThan(300);
});

test("a random graph that is sound but for its races has only these, one issue each at the most", () => {
  for (let seed = 1; seed <= 400; seed++) {
    const graph = randomGraph(seed, { shared: true });
    if (!graph) continue;
    // It makes no claim on what a rule finds when it looks, nor that every node is led to.
    const codes = checkData(graph)
      .map(({ code }) => code)
      .filter((code) => !["read-unwritten", "unreachable", "loop-not-head", "test-type"].includes(code));
    expect([...new Set(codes)].filter((code) => code !== "race")).toEqual([]);
    expect(codes.length).toBeLessThanOrEqual(conflicts(graph).length);
  }
});
