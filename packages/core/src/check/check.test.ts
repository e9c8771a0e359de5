import { expect, test } from "vitest";
import { z } from "zod";
import { dataOf } from "../graph/data.js";
import { append, asSpecialist, defineGraph, END, type Graph, media, specialist } from "../index.js";
import { check, checkData } from "./check.js";
import { report, support, topics } from "./graphs.fixture.js";

test("graphs that are right have no issues", () => {
  expect(check(support)).toEqual([]);
  expect(check(report)).toEqual([]);
  expect(checkData(dataOf(report))).toEqual([]);
});

const takes = (given: z.ZodType, taken: z.ZodType) =>
  check(
    defineGraph({
      name: "g",
      state: { x: given },
      input: ["x"],
      output: [],
      nodes: { only: specialist({ name: "only", does: "", input: z.object({ x: taken }), output: z.object({}), run: () => ({}) }) } as any,
      start: "only",
      edges: { only: END },
    }),
  );
test.each([
  ["anything", z.any(), z.any()],
  ["a default, which stands where nothing was given", z.number().default(5), z.number()],
  ["what is changed on the way in", z.string(), z.iso.datetime().transform((text) => new Date(text))],
  ["what may be missing, by a default", z.string().optional(), z.string().default("en")],
])("a specialist can take %s", (_, given, taken) => expect(takes(given, taken)).toEqual([]));

const flag = (name: string, output: z.ZodType<object>, input: z.ZodType<object> = z.object({})) =>
  specialist({ name, does: name, input, output, run: () => ({}) as any });
const narrowed = (edge: any, more: any = {}) =>
  check(
    defineGraph({
      name: "narrowed",
      state: { a: z.string().optional(), b: z.string(), list: z.array(z.string()).optional(), item: z.string() },
      input: ["a"],
      output: [],
      nodes: {
        first: flag("first", z.object({ b: z.string().optional() })),
        use: flag("use", z.object({}), z.object({ a: z.string() })),
        both: flag("both", z.object({}), z.object({ b: z.string() })),
        ...more,
      },
      start: "first",
      edges: { first: edge, use: END, both: END },
    } as any),
  )
    .map(({ code, path }) => `${code} ${path.join(".")}`)
    .sort();
const left = "field-type nodes.first.write.b";

test("where a field exists, or passes a test that a missing one fails, it is taken as there", () => {
  expect(narrowed([{ when: { a: { exists: true } }, to: "use" }, { when: { b: "x" }, to: "both" }, { otherwise: END }])).toEqual([left]);
  expect(
    narrowed([{ when: { a: { exists: false } }, to: END }, { when: { b: { exists: false } }, to: "use" }, { otherwise: ["both", "use"] }]),
  ).toEqual([left]);
  expect(narrowed([{ when: { a: { exists: false } }, to: "use" }, { otherwise: "both" }])).toEqual([
    left,
    "field-type nodes.use.read.a",
    "read-unwritten nodes.both.read.b",
  ]);
});

/** One mistake each: the graph it is made in, what is changed, the code and the place of its one issue. */
const mistakes: [string, Graph, (graph: any) => void, string, string][] = [
  ["a misspelt target", support, (g) => (g.edges.engineer = "reviw"), "unknown-target", "edges.engineer"],
  ["a misspelt target in a list", report, (g) => (g.start[1] = "lefd"), "unknown-target", "start.1"],
  ["a target that is nowhere", support, (g) => (g.edges.triage[0].to = "accounting"), "unknown-target", "edges.triage.0.to"],
  ["a misspelt otherwise", support, (g) => (g.edges.triage[3].otherwise = "gaint"), "unknown-target", "edges.triage.3.otherwise"],
  ["a misspelt start", support, (g) => (g.start = "traige"), "unknown-target", "start"],
  ["a loop that goes nowhere", support, (g) => (g.loops.engineer.then = "gigant"), "unknown-target", "loops.engineer.then"],
  ["an each of no node", report, (g) => (g.edges.split.to = "werk"), "unknown-target", "edges.split.to"],
  ["no targets", support, (g) => (g.edges.billing = []), "no-target", "edges.billing"],
  ["no start", support, (g) => (g.start = []), "no-target", "start"],
  ["a start that is the end", support, (g) => (g.start = ["end"]), "no-target", "start"],
  ["a node without an edge", support, (g) => delete g.edges.giant, "missing-edge", "edges"],
  ["an edge of a misspelt node", support, (g) => rename(g.edges, "review", "reveiw"), "unknown-node", "edges.reveiw"],
  ["a loop of a misspelt node", support, (g) => rename(g.loops, "engineer", "enginer"), "unknown-node", "loops.enginer"],
  ["a field read that is not declared", support, (g) => (g.nodes.triage.read.text = "tickt"), "unknown-field", "nodes.triage.read.text"],
  [
    "a field written that is not declared",
    support,
    (g) => (g.nodes.review.write.score = "scores"),
    "unknown-field",
    "nodes.review.write.score",
  ],
  ["a field that was forgotten", support, (g) => delete g.state.confidence, "unknown-field", "nodes.triage.write.confidence"],
  ["a rule by an undeclared field", support, (g) => (g.edges.review[0].when = { scor: 1 }), "unknown-field", "edges.review.0.when.scor"],
  ["an undeclared input", support, (g) => g.input.push("mood"), "unknown-field", "input.1"],
  ["an undeclared output", support, (g) => g.output.push("mood"), "unknown-field", "output.1"],
  [
    "a collected field that is not declared",
    report,
    (g) => (g.edges.split.collect = { summary: "part" }),
    "unknown-field",
    "edges.split.collect.summary",
  ],
  ["a rename of an input that is none", support, (g) => (g.nodes.triage.set.txt = "x"), "unknown-input", "nodes.triage.set.txt"],
  [
    "a rename of an output that is none",
    support,
    (g) => (g.nodes.review.write.scored = "score"),
    "unknown-output",
    "nodes.review.write.scored",
  ],
  ["a field read as another type", support, (g) => (g.state.ticket = z.number()), "field-type", "nodes.triage.read.text"],
  ["a field that may be missing", support, (g) => (g.state.ticket = z.string().optional()), "field-type", "nodes.triage.read.text"],
  ["an enum that is too wide", report, (g) => (g.nodes.split.read = { memo: "photo" }), "field-type", "nodes.split.read.memo"],
  [
    "a written field of another type",
    support,
    (g) => (g.state.topic = z.enum(["billing", "bug"])),
    "field-type",
    "nodes.triage.write.topic",
  ],
  [
    "a list read as one contribution",
    report,
    (g) => (g.nodes.join.read = { seen: "parts", parts: "cost" }),
    "field-type",
    "nodes.join.read.parts",
  ],
  ["a constant of another type", support, (g) => (g.nodes.giant.set.advice = 7), "constant-type", "nodes.giant.set.advice"],
  ["an each over what is no list", report, (g) => (g.edges.split.each = "style"), "each-type", "edges.split.each"],
  [
    "items of another type",
    report,
    (g) => (g.state.chapter = z.object({ title: z.string(), at: z.number(), by: z.string() })),
    "each-type",
    "edges.split.as",
  ],
  ["an each none of which runs", report, (g) => (g.edges.split.atOnce = 0), "each-at-once", "edges.split.atOnce"],
  [
    "collecting into single contributions",
    report,
    (g) => (g.state.parts = append(z.string())),
    "collect-type",
    "edges.split.collect.summary",
  ],
  [
    "collecting what is not written",
    report,
    (g) => (g.edges.split.collect = { summary: "parts", reply: "parts" }),
    "collect-unwritten",
    "edges.split.collect.reply",
  ],
  ["an each's node that leads on", report, (g) => (g.edges.work = "join"), "each-leads-on", "edges.work"],
  ["an each's node that is reached otherwise", report, (g) => g.start.push("work"), "each-shared", "edges.split.to"],
  ["a test of another type", support, (g) => (g.edges.triage[1].when = { topic: "biling" }), "test-type", "edges.triage.1.when.topic"],
  ["a comparison of a label", support, (g) => (g.edges.triage[1].when = { topic: { lt: 3 } }), "test-type", "edges.triage.1.when.topic"],
  [
    "a test that does not exist",
    support,
    (g) => (g.edges.triage[0].when = { confidence: { less: 3 } }),
    "unknown-test",
    "edges.triage.0.when.confidence.less",
  ],
  ["a list without otherwise", support, (g) => g.edges.review.pop(), "missing-otherwise", "edges.review"],
  ["an otherwise that is not last", support, (g) => g.edges.review.reverse(), "otherwise-not-last", "edges.review.0"],
  ["a label without target", report, (g) => delete g.edges.join.to.long, "missing-label", "edges.join.to"],
  ["a misspelt label", report, (g) => rename(g.edges.join.to, "long", "lang"), "unknown-label", "edges.join.to.lang"],
  ["free text without otherwise", report, (g) => (g.state.style = z.string()), "missing-otherwise", "edges.join"],
  [
    "a rule by what is no label",
    report,
    (g) => (g.edges.join = { by: "parts", to: {}, otherwise: "desk" }),
    "not-a-label",
    "edges.join.by",
  ],
  ["a cycle that nothing bounds", support, (g) => delete g.loops.engineer, "loop-missing", "edges.review"],
  ["a loop's entry at another node", support, (g) => rename(g.loops, "engineer", "review"), "loop-not-head", "loops.review"],
  ["an entry where no loop is", support, (g) => (g.loops.billing = { max: 2, then: END }), "loop-not-head", "loops.billing"],
  ["a loop of no rounds", support, (g) => (g.loops.engineer.max = 0), "loop-max", "loops.engineer.max"],
  ["a loop that goes on inside", support, (g) => (g.loops.engineer.then = "review"), "loop-then-inside", "loops.engineer.then"],
  ["a cycle entered at two nodes", support, (g) => (g.edges.triage[3].otherwise = "review"), "irreducible", "edges.engineer"],
  ["a node that nothing leads to", support, (g) => g.edges.triage.splice(1, 1), "unreachable", "nodes.billing"],
  [
    "no way to the end",
    support,
    (g) => {
      g.edges.review = "engineer";
      delete g.loops.engineer;
    },
    "endless",
    "edges.engineer",
  ],
  ["a read before any write", support, (g) => (g.nodes.engineer.read.ticket = "advice"), "read-unwritten", "nodes.engineer.read.ticket"],
  [
    "a read that one way does not write",
    report,
    (g) => [(g.nodes.left.read.page = "scan"), (g.state.scan = media.page())],
    "read-unwritten",
    "nodes.left.read.page",
  ],
  [
    "a rule by what is not written",
    support,
    (g) => (g.edges.billing = [{ when: { score: { gt: 1 } }, to: END }, { otherwise: END }]),
    "read-unwritten",
    "edges.billing",
  ],
  ["an output that nothing writes", support, (g) => [(g.state.mood = z.string()), g.output.push("mood")], "output-unwritten", "output.1"],
  ["an output that some way misses", support, (g) => g.output.push("score"), "output-missing", "output.1"],
  ["a race", report, (g) => (g.nodes.left.write.seen = g.nodes.right.write.seen = "report"), "race", "nodes.left.write.seen"],
  [
    "an output of an item that nothing collects",
    report,
    (g) => {
      g.nodes.work.specialist = { ...g.nodes.work.specialist, output: z.object({ summary: z.string(), note: z.string() }) };
      g.state.note = z.string();
    },
    "each-uncollected",
    "nodes.work.write.note",
  ],
  [
    "collecting what items may leave out",
    report,
    (g) => {
      g.nodes.work.specialist = { ...g.nodes.work.specialist, output: z.object({ summary: z.string().optional() }) };
      g.state.summary = z.string().optional();
    },
    "collect-type",
    "edges.split.collect.summary",
  ],
  [
    "an each over a list that its node may leave out",
    report,
    (g) => {
      const chapters = z.array(z.object({ title: z.string(), at: z.number() })).optional();
      g.nodes.split.specialist = { ...g.nodes.split.specialist, output: z.object({ chapters }) };
      g.state.chapters = chapters;
    },
    "read-unwritten",
    "edges.split",
  ],
  [
    "a label that its node may leave out",
    support,
    (g) => {
      g.nodes.triage.specialist = { ...g.nodes.triage.specialist, output: z.object({ topic: topics.optional(), confidence: z.number() }) };
      g.state.topic = topics.optional();
      g.edges.triage = { by: "topic", to: { billing: "billing", bug: "engineer", other: "giant" } };
    },
    "read-unwritten",
    "edges.triage",
  ],
  ["a node called as a number", support, (g) => renameNode(g, "billing", "2024"), "node-name", "nodes.2024"],
  ["a bound that an output need not keep", support, (g) => (g.state.score = z.number().max(1)), "field-type", "nodes.review.write.score"],
  [
    "a length that an output need not keep",
    support,
    (g) => (g.state.advice = z.string().min(1)),
    "field-type",
    "nodes.review.write.advice",
  ],
  [
    "a bound that the items of a list need not keep",
    report,
    (g) => (g.state.parts = z.array(z.string().max(80))),
    "collect-type",
    "edges.split.collect.summary",
  ],
  ["an unknown condition", support, (g) => (g.edges.triage[0].when = "unsure"), "unknown-condition", "edges.triage.0.when"],
  ["an unknown reducer", report, (g) => (g.state.seen = { reduce: "apend", schema: z.string() }), "unknown-reducer", "state.seen"],
  ["a reducer of a built-in name", support, (g) => (g.reducers.sum = (a: number) => a), "reserved-name", "reducers.sum"],
  ["a node called end", support, (g) => [(g.nodes.end = g.nodes.giant), (g.edges.end = END)], "reserved-name", "nodes.end"],
  [
    "a node name that paths can't hold",
    support,
    (g) => [(g.nodes["a/b"] = g.nodes.billing), (g.edges["a/b"] = END), (g.edges.triage[0].to = "a/b")],
    "node-name",
    "nodes.a/b",
  ],
  [
    "a state schema that transforms",
    support,
    (g) => (g.state.ticket = z.string().transform((s) => s.length)),
    "schema-transforms",
    "state.ticket",
  ],
  ["a state schema that is no JSON", support, (g) => (g.state.when = z.date()), "schema-opaque", "state.when"],
  [
    "an input that is no JSON",
    support,
    (g) => (g.nodes.billing.specialist = { ...g.nodes.billing.specialist, input: z.object({ at: z.date() }) }),
    "schema-opaque",
    "nodes.billing",
  ],
  [
    "a mistake in a graph inside",
    report,
    (g) => (g.nodes.desk.specialist = asSpecialist(changed(support, (s) => (s.edges.billing = "ned")))),
    "unknown-target",
    "nodes.desk.graph.edges.billing",
  ],
];

/** Gives a node another name, wherever it stands. */
function renameNode(graph: any, from: string, to: string): void {
  rename(graph.nodes, from, to);
  rename(graph.edges, from, to);
  for (const one of graph.edges.triage) if (one.to === from) one.to = to;
}

function rename(record: any, from: string, to: string): void {
  record[to] = record[from];
  delete record[from];
}

/** A graph with something changed in it: the parts that are data are copied, the rest stays. */
function changed(graph: Graph, change: (graph: any) => void): Graph {
  const { input, output, loops, start, edges } = structuredClone({
    input: graph.input,
    output: graph.output,
    loops: graph.loops,
    start: graph.start,
    edges: graph.edges,
  });
  const nodes = Object.fromEntries(
    Object.entries(graph.nodes).map(([name, { read, write, set, ...node }]) => [
      name,
      { ...node, read: { ...read }, write: { ...write }, set: { ...set } },
    ]),
  );
  const copy = { ...graph, input, output, loops, start, edges, nodes, state: { ...graph.state }, reducers: { ...graph.reducers } };
  change(copy);
  return copy;
}

test.each(mistakes)("%s", (_, graph, change, code, path) => {
  const issues = check(changed(graph, change));
  expect(issues.map((issue) => [issue.code, issue.path.join(".")])).toEqual([[code, path]]);
  expect(issues[0]!.hint).toBeTruthy();
});

test.each(mistakes)("%s: its names are told apart from the message", (_, graph, change) => {
  const wrong = changed(graph, change);
  const known = new Set([wrong, support].flatMap((g) => [g.nodes, g.state, g.conditions, g.reducers].flatMap(Object.keys)));
  for (const { message, names = {} } of check(wrong)) {
    const told = Object.values(names).flat();
    const quoted = [...message.replace(/one of (".*?"(, )?)+|expected .*/g, "").matchAll(/"([^"]+)"/g)].map(([, name]) => name!);
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual(expect.arrayContaining(quoted.filter((name) => known.has(name))));
    expect(message.includes(told[0]!)).toBe(true);
  }
});
