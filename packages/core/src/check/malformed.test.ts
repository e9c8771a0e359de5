import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import {
  append,
  appOf,
  asModel,
  asSpecialist,
  check,
  compile,
  defineGraph,
  END,
  fence,
  mark,
  reduced,
  specialist,
  TroupeError,
  team,
  use,
} from "../index.js";

/** A valid graph with everything in it, as untyped code writes it: made anew, since what is wrong in it is put there. */
const literal = () => {
  const step = () => ({
    name: "step",
    does: "Steps",
    input: z.object({ text: z.string(), level: z.number().optional() }),
    output: z.object({ reply: z.string(), score: z.number() }),
    timeout: 1000,
    effects: true,
    run: ({ text }: any) => ({ reply: text, score: 1 }),
  });
  const inner = {
    name: "inner",
    state: { text: z.string(), reply: z.string(), score: z.number() },
    input: ["text"],
    output: ["reply", "score"],
    nodes: { only: step() },
    start: "only",
    edges: { only: "end" },
  };
  return {
    name: "desk",
    does: "Answers",
    state: {
      text: z.string(),
      texts: z.array(z.string()),
      reply: z.string(),
      replies: z.array(z.string()),
      score: z.number(),
      topic: z.enum(["a", "b"]),
      seen: append(z.number()),
      best: reduced("better", z.number()),
    } as any,
    input: ["text", "texts", "topic"],
    output: ["reply", "replies"],
    nodes: {
      first: { use: step(), map: { read: { text: "text" }, write: { score: "seen" }, set: { level: 3 }, timeout: 500 } },
      each: { use: step(), map: { write: { score: "seen" } } },
      judge: step(),
      writes: { ...step(), run: undefined, model: "writer", prompt: ({ text }: any) => text },
      inside: { graph: inner },
      staff: {
        team: { ...step(), run: undefined, timeout: undefined, effects: undefined, planner: "typed", guide: true, members: [step()] },
      },
    } as any,
    conditions: { long: { reads: ["text"], test: ({ text }: any) => text.length > 3 } } as any,
    reducers: { better: (a: number, b: number) => Math.max(a, b) } as any,
    loops: { judge: { max: 2, then: "writes" } } as any,
    start: "first" as any,
    edges: {
      first: { each: "texts", as: "text", to: "each", collect: { reply: "replies" }, then: "judge", atOnce: 2 },
      each: END,
      judge: [
        { when: "long", to: "judge" },
        { when: { score: { gte: 0.5, in: [1, 2] }, topic: "a" }, to: ["writes"] },
        { otherwise: "writes" },
      ],
      writes: { by: "topic", to: { a: "inside", b: ["staff"] }, otherwise: END },
      inside: END,
      staff: END,
    } as any,
  };
};

/** The graph of a literal: what an untyped caller would call, in the order in which they would. */
function made(from: any): any {
  const node = (one: any) => {
    if (typeof one === "function" || one?.lc_runnable || one?.nodes) return one;
    if (one?.use !== undefined) return (use as any)(specialist(one.use), one.map);
    if (one?.graph !== undefined) return asSpecialist(made(one.graph));
    if (one?.team !== undefined)
      return (team as any)({
        ...one.team,
        members: Array.isArray(one.team?.members) ? one.team.members.map(specialist as any) : one.team?.members,
      });
    return typeof one?.name === "string" ? (specialist as any)(one) : one;
  };
  const nodes =
    Object(from?.nodes) === from?.nodes && !Array.isArray(from.nodes) && typeof from.nodes === "object"
      ? Object.fromEntries(Object.entries(from.nodes).map(([name, one]) => [name, node(one)]))
      : from?.nodes;
  return (defineGraph as any)(Object(from) === from ? { ...from, nodes } : from);
}

test("the graph is one that runs", () => expect(check(made(literal()))).toEqual([]));

/** Every place in it. Schemas and functions are places, not what is in them. */
function places(value: any, path: string[] = []): string[][] {
  const inner = typeof value === "object" && value !== null && !("~standard" in value) && !("reduce" in value) ? Object.keys(value) : [];
  return [path, ...inner.flatMap((key) => places(value[key], [...path, key]))];
}
function put(value: any, [key, ...rest]: readonly string[], there: unknown): any {
  if (key === undefined) return there;
  const inner = put(value[key], rest, there);
  return Array.isArray(value) ? value.map((one, i) => (String(i) === key ? inner : one)) : { ...value, [key]: inner };
}

const strange = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    "",
    "first",
    0,
    -1,
    Number.NaN,
    [],
    {},
    [[]],
    [{}],
    () => {},
    async () => {},
    Promise.resolve(1),
    new Date(0),
    z.string(),
    z.object({}),
    class {},
  ),
  fc.constantFrom<unknown>(
    { "~standard": 3 },
    { "~standard": {} },
    { name: "x" },
    { specialist: undefined },
    { reduce: 1 },
    { when: 1 },
    [{ when: { a: undefined } }],
    new Map(),
    Symbol("x"),
    3n,
    new Uint8Array(2),
  ),
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withTypedArray: true, withSparseArray: true }),
);

test("whatever stands at any place of a graph, it ends in issues or an error that says what to write", () => {
  const all = places(literal());
  const tally = { wrong: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...all), strange, (path, value) => {
      let found: readonly { message: string; hint?: string }[] = [];
      try {
        const graph = made(put(literal(), path, value));
        found = check(graph);
        compile(graph);
        expect(found).toEqual([]);
      } catch (error) {
        if (!(error instanceof TroupeError)) throw error;
        tally.wrong++;
        expect(error.hint ?? error.issues.length).toBeTruthy();
      }
      for (const { message, hint } of found) {
        expect(message).toMatch(/^[^\n]{8,}\.$/);
        expect(hint).toBeTruthy();
      }
    }),
    { numRuns: 1500 },
  );
  expect(tally.wrong).toBeGreaterThan(500);
});

test("whatever is given in place of a graph or of what makes one ends the same way", () => {
  const calls: ((value: any) => unknown)[] = [
    (value) => compile(value),
    (value) => check(value),
    (value) => compile((defineGraph as any)(value)),
    (value) => specialist(value),
    (value) => team(value),
    (value) => asSpecialist(value),
    (value) => compile(made({ ...literal(), nodes: { first: use(value) } })),
    (value) => compile(made({ ...literal(), nodes: { first: (use as any)(specialist(literal().nodes.judge), value) } })),
    (value) => compile(made(literal()), value),
    (value) => compile(made(literal()), { models: value }),
    (value) => compile(made(literal()), { models: { default: value } }),
    (value) => compile(made(literal()), { journal: value }),
    (value) => compile(made(literal()), { timeout: value }),
    (value) => compile(made(literal()), { limits: value }),
    (value) => compile(made(literal()), { trust: value }),
    (value) => appOf(value),
    (value) => asModel(value),
    (value) => mark.private(value),
    (value) => fence(value),
  ];
  fc.assert(
    fc.property(fc.nat(calls.length - 1), strange, (i, value) => {
      try {
        calls[i]!(value);
      } catch (error) {
        if (!(error instanceof TroupeError)) throw error;
      }
    }),
    { numRuns: 600 },
  );
});

const wrong: [string, (graph: any) => void, string, RegExp][] = [
  ["no state", (g) => delete g.state, "state", /z\.string\(\)/],
  ["no edges", (g) => delete g.edges, "edges", /edges: \{/],
  ["no nodes", (g) => delete g.nodes, "nodes", /specialist/],
  ["a state that is one schema", (g) => (g.state = z.object({ text: z.string() })), "state", /fields/],
  ["a field that is a type's name", (g) => (g.state.text = "string"), "state.text", /z\.string\(\)/],
  ["a rule that is a function", (g) => (g.edges.judge = () => "writes"), "edges.judge", /conditions/],
  ["a node that is a function", (g) => (g.nodes.judge = async () => ({})), "nodes.judge", /specialist\(\{/],
  ["a node that is a graph", (g) => (g.nodes.judge = made(g.nodes.inside.graph)), "nodes.judge", /asSpecialist\(/],
  ["a node that is an app", (g) => (g.nodes.judge = compile(made(g.nodes.inside.graph))), "nodes.judge", /asSpecialist\(app\.graph\)/],
  ["a model that is a provider's name", (g) => (g.nodes.writes.model = "openai:gpt-4o"), "nodes.writes.model", /model\("openai:gpt-4o"\)/],
  [
    "a planner that is a provider's name",
    (g) => (g.nodes.staff.team.planner = "openai:gpt-4o"),
    "nodes.staff.team.planner",
    /model\("openai:gpt-4o"\)/,
  ],
  ["a condition that is a function", (g) => (g.conditions.long = () => true), "conditions.long", /reads/],
  ["a test of one label as a list", (g) => (g.edges.judge[1].when.score.in = 1), "edges.judge.1.when.score.in", /\[1\]/],
  [
    "a test of whether it is there, as YAML's yes",
    (g) => (g.edges.judge[1].when.score = { exists: "yes" }),
    "edges.judge.1.when.score.exists",
    /true/,
  ],
  ["a test against no number", (g) => (g.edges.judge[1].when.score = { lt: Number.NaN }), "edges.judge.1.when.score.lt", /a number/],
  ["a test that says nothing", (g) => (g.edges.judge[1].when.score = {}), "edges.judge.1.when.score", /exists/],
  ["a test of one of no labels", (g) => (g.edges.judge[1].when.score.in = []), "edges.judge.1.when.score.in", /Write a list/],
  ["a test of nothing", (g) => (g.edges.judge[1].when.score = undefined), "edges.judge.1.when.score", /exists/],
  ["a schema that is none", (g) => (g.nodes.judge.input = { text: "string" }), "nodes.judge.input", /z\.object/],
  ["a constant that is no JSON", (g) => (g.nodes.first.map.set.level = new Date(0)), "nodes.first.set.level", /JSON/],
];
test.each(wrong)("%s is an issue that says what to write", (_, change, path, hint) => {
  const graph = literal();
  change(graph);
  const issues = check(made(graph));
  expect(issues.map((issue) => [issue.code, issue.path.join(".")])).toEqual([["malformed", path]]);
  expect(issues[0]!.hint).toMatch(hint);
});

test("a graph that defineGraph did not make is one issue, which misses nothing that may be left out", () => {
  const graph = literal().nodes.inside.graph;
  for (const one of [graph, graph.nodes.only, compile(made(graph))])
    expect(check(one as any)).toEqual([
      expect.objectContaining({ code: "malformed", path: [], hint: "Give what defineGraph({ … }) returns." }),
    ]);
});

const unknown: [string, (graph: any) => void, string, string?][] = [
  ["a graph", (g) => (g.retries = 3), "retries"],
  ["a graph, misspelt", (g) => (g.conditons = {}), "conditons", "conditions"],
  ["a specialist", (g) => (g.nodes.judge.retries = 3), "nodes.judge.retries"],
  ["a specialist, misspelt", (g) => (g.nodes.judge.timout = 3), "nodes.judge.timout", "timeout"],
  ["use", (g) => (g.nodes.first.map.reads = {}), "nodes.first.reads", "read"],
  ["a team", (g) => (g.nodes.staff.team.memberz = []), "nodes.staff.team.memberz", "members"],
  ["a member", (g) => (g.nodes.staff.team.members[0].retry = 1), "nodes.staff.team.members.0.retry"],
  ["a rule", (g) => (g.edges.first.atonce = 2), "edges.first.atonce", "atOnce"],
  ["a case", (g) => (g.edges.judge[0].too = "writes"), "edges.judge.0.too", "to"],
  ["a loop", (g) => (g.loops.judge.maximum = 2), "loops.judge.maximum"],
  ["a condition", (g) => (g.conditions.long.read = ["text"]), "conditions.long.read", "reads"],
  ["a graph inside", (g) => (g.nodes.inside.graph.nodes.only.retries = 3), "nodes.inside.graph.nodes.only.retries"],
];
test.each(unknown)("an option that %s does not know is named, with the nearest it knows", (_, change, path, near) => {
  const graph = literal();
  change(graph);
  const issues = check(made(graph));
  expect(issues.map((issue) => [issue.code, issue.path.join(".")])).toEqual([["unknown-option", path]]);
  expect(issues[0]!.hint).toContain(near ? `Did you mean "${near}"?` : "options");
});

const app = () => compile(made(literal().nodes.inside.graph));
test.each<[string, () => unknown, RegExp]>([
  ["compile", () => compile(app().graph, { retries: 3 } as any), /compile\.retries/],
  ["compile, misspelt", () => compile(app().graph, { jornal: undefined, modles: {} } as any), /modles.*\n.*Did you mean "models"/],
  ["a journal that is a path", () => compile(app().graph, { journal: "./x.db" } as any), /fileJournal\("\.\/x\.db"\)/],
  [
    "a model that is a name",
    () => compile(app().graph, { models: { default: "openai:gpt-4o" } } as any),
    /models\.default.*\n.*model\("openai:gpt-4o"\)/,
  ],
  ["a model that is none", () => compile(app().graph, { models: { default: {} } } as any), /models\.default/],
  ["invoke", () => app().invoke({ text: "x" }, { retries: 3 } as any), /invoke\.retries/],
  ["invoke, misspelt", () => app().invoke({ text: "x" }, { thred: "a" } as any), /Did you mean "thread"/],
  ["a thread that is no text", () => app().invoke({ text: "x" }, { thread: 3 } as any), /invoke\.thread/],
  ["a thread without a name", () => app().resume("", {}), /resume\.thread/],
  ["a thread that is nothing", () => app().resume(undefined as any), /resume\.thread/],
  ["a signal that is none", () => app().invoke({ text: "x" }, { signal: 3 } as any), /invoke\.signal/],
])("an option of %s that cannot be used is an error that says what to write", async (_, call, says) => {
  const error: any = await Promise.resolve()
    .then(call)
    .then(
      () => undefined,
      (thrown) => thrown,
    );
  expect([error?.code, error?.message]).toEqual(["OPTION_INVALID", expect.stringMatching(says)]);
});

test("a config that LangChain made is taken with whatever is in it", async () => {
  const { RunnableLambda } = await import("@langchain/core/runnables");
  const chain = RunnableLambda.from((text: string) => ({ text })).pipe(app() as any);
  expect(await chain.invoke("x", { something: 1 } as any)).toEqual({ reply: "x", score: 1 });
});
