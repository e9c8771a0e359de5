import { expect, test } from "vitest";
import type { GraphData } from "../graph/data.js";
import type { Graph, Rule } from "../graph/graph.js";
import { everyWay } from "../host/simulation/every-way.fixture.js";
import { randomGraph } from "../host/simulation/random-graph.fixture.js";
import type { JsonSchema } from "../schema/json.js";
import { schemaFromJson } from "../schema/schema-from-json.js";
import { random } from "../testing/random.js";
import { check, checkData } from "./check.js";

/** A graph whose every node must have every plain field, and whose output they all are; some outputs of nodes may be left out. */
function asking(data: GraphData, may: (node: string, field: string) => boolean): Graph {
  const fields = Object.keys(data.state).filter((field) => data.state[field]!.reduce === undefined);
  const object = (keys: readonly string[], of: (key: string) => JsonSchema, required: readonly string[]) =>
    schemaFromJson({ type: "object", properties: Object.fromEntries(keys.map((key) => [key, of(key)])), required });
  const nodes = Object.entries(data.nodes).map(([name, { write }]) => {
    const schemaOf = (field: string) => data.state[field]!.schema;
    const specialist = {
      name,
      does: name,
      run: () => ({}),
      input: object(fields, schemaOf, fields),
      output: object(
        Object.keys(write),
        (key) => schemaOf(write[key]!),
        Object.keys(write).filter((key) => !may(name, write[key]!)),
      ),
    };
    return [name, { specialist, read: {}, write, set: {} }] as const;
  });
  const state = Object.entries(data.state).map(([name, { schema, reduce }]) => {
    const one = schemaFromJson(schema);
    return [name, reduce ? { reduce, schema: one } : one] as const;
  });
  const edges = Object.entries(data.edges).map(([name, { kind, ...rest }]): [string, Rule] => {
    const rule = rest as any;
    return [name, kind === "to" ? rule.to : kind === "when" ? [...rule.cases, { otherwise: rule.otherwise }] : rule];
  });
  return {
    ...data,
    output: fields,
    nodes: Object.fromEntries(nodes),
    state: Object.fromEntries(state),
    edges: Object.fromEntries(edges),
    conditions: {},
    reducers: {},
  };
}

/** What check says may be unwritten: `node field`, or ` field` at the end. */
function said(graph: Graph): Set<string> {
  return new Set(
    check(graph).flatMap(({ code, path }) =>
      code === "read-unwritten" && path[0] === "nodes"
        ? [`${path[1]} ${path[3]}`]
        : code === "output-missing" || code === "output-unwritten"
          ? [` ${graph.output[path[1] as number]}`]
          : [],
    ),
  );
}

const node = (read: readonly string[], write: readonly string[]) => {
  const named = (fields: readonly string[]) => Object.fromEntries(fields.map((field) => [field, field]));
  return { specialist: "s", read: named(read), write: named(write), set: {}, optional: [] };
};
const plain = { schema: { type: "number" } };
const retry = { kind: "when", cases: [{ when: { score: { lt: 1 } }, to: ["ask"] }] } as const;
const asked: GraphData = {
  name: "asked",
  state: { given: plain, score: plain, other: plain, sum: plain },
  input: ["given"],
  output: ["score"],
  nodes: {
    prepare: node(["given"], []),
    ask: node(["given"], ["score"]),
    beside: node(["given"], ["other"]),
    join: node(["score"], ["sum"]),
  },
  conditions: {},
  reducers: [],
  loops: { ask: { max: 3, then: ["end"] } },
  start: ["prepare"],
  edges: {
    prepare: { kind: "to", to: ["ask", "beside"] },
    ask: { ...retry, otherwise: ["join"] },
    beside: { kind: "to", to: ["join"] },
    join: { kind: "to", to: ["end"] },
  },
};

test("a node that retries itself after another has written what follows it and the end read", () => {
  expect(checkData(asked)).toEqual([]);
  expect(checkData({ ...asked, loops: { ask: { max: 3, then: ["join"] } }, output: ["score", "sum"] })).toEqual([]);
});

test("of every field that a node reads or a run gives, check says what all runs of a graph say: some run lacks it, or none", () => {
  const wrong: string[] = [];
  const tally = { graphs: 0, lacking: 0, sure: 0, retries: 0, outward: 0, eaches: 0, left: 0 };
  for (let seed = 1; tally.graphs < 500; seed++) {
    const data = randomGraph(seed, { shared: seed % 3 > 0, small: seed % 4 > 0 });
    if (!data) continue;
    const r = random(seed);
    const maybe = new Set<string>();
    for (const [node, { write }] of Object.entries(data.nodes))
      for (const field of Object.values(write)) if (r.chance(0.15)) maybe.add(`${node} ${field}`);
    const graph = asking(data, (node, field) => maybe.has(`${node} ${field}`));
    const issues = check(graph);
    if (issues.some(({ code }) => code === "unreachable" || code === "endless")) continue;
    const found = said(graph);
    const real = new Map<string, boolean>();
    for (const field of graph.output) {
      if (data.input.includes(field)) continue;
      const writes = (node: string) => Object.values(data.nodes[node]!.write).includes(field) && !maybe.has(`${node} ${field}`);
      const ways = everyWay(data, field, writes);
      real.set(` ${field}`, ways.ends);
      for (const node of Object.keys(data.nodes)) real.set(`${node} ${field}`, ways.started.has(node));
      // The item stands in its field for the node that an each runs.
      for (const rule of Object.values(data.edges)) if (rule.kind === "each" && rule.as === field) real.delete(`${rule.to} ${field}`);
    }
    if (real.size === 0) continue;
    tally.graphs++;
    for (const [key, lacks] of real) {
      tally[lacks ? "lacking" : "sure"]++;
      if (found.has(key) !== lacks) wrong.push(`${seed}: "${key}" ${lacks ? "missed" : "is no finding"}`);
    }
    if (Object.entries(data.edges).some(([node, rule]) => JSON.stringify(rule).includes(`"to":["${node}"]`))) tally.retries++;
    if (Object.values(data.loops).some(({ then }) => then.some((target) => data.loops[target]))) tally.outward++;
    if (Object.values(data.edges).some(({ kind }) => kind === "each")) tally.eaches++;
    if (maybe.size) tally.left++;
  }
  expect(wrong).toEqual([]);
  for (const count of Object.values(tally)) expect(count).toBeGreaterThan(20);
}, 300_000);
