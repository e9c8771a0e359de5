import { expect, test } from "vitest";
import { z } from "zod";
import { dataOf } from "../graph/data.js";
import { defineGraph, END, specialist, TroupeError } from "../index.js";
import { validate } from "../schema/schema.js";
import { readGraph } from "./read-graph.js";

const sort = specialist({
  name: "sort",
  does: "Names the kind of a note",
  input: z.object({ note: z.string(), wishes: z.array(z.string()).optional() }),
  output: z.object({ kind: z.enum(["praise", "question"]), score: z.number() }),
  run: () => ({ kind: "praise", score: 1 }),
});
const reply = specialist({
  name: "reply",
  does: "Replies to a note",
  input: z.object({ note: z.string() }),
  output: z.object({ answer: z.string(), seen: z.string() }),
  run: () => ({ answer: "", seen: "" }),
});
const urgent = { reads: ["score"], test: ({ score }: { score: number }) => score > 2 };
const longest = (a: string, b: string) => (a.length > b.length ? a : b);
const inner = defineGraph({
  name: "inner",
  state: { note: z.string(), answer: z.string(), seen: z.string() },
  input: ["note"],
  output: ["answer", "seen"],
  nodes: { reply },
  start: "reply",
  edges: { reply: END },
});
const modules: Record<string, Record<string, unknown>> = {
  "/graphs/desk.ts": { sort, reply, urgent, longest, inner, text: "no" },
  pack: { default: reply },
};
const load = async (module: string) => modules[module] ?? Promise.reject(new Error(`no module ${module}`));
const read = (text: string) => readGraph({ text, file: "/graphs/desk.yaml" }, { load, trust: { modules: ["pack"] } });

const desk = `name: desk
state:
  note: string
  kind: { enum: [praise, question] }
  score: number
  answer: string
  seen: { append: string }
  best: { reduce: longest, of: string }
  wishes: { list: string }
  voice: audio?
  person: { object: { name: string, age: integer? } }
input: [note, wishes]
output: [answer]
nodes:
  sort: ./desk.ts#sort
  reply: { use: ./desk.ts#reply, write: { seen: best } }
  again: { use: pack, read: { note: note }, timeout: 500 }
  whole: ./desk.ts#inner
conditions: { urgent: ./desk.ts#urgent }
reducers: { longest: ./desk.ts#longest }
loops: { reply: { max: 2, then: again } }
start: sort
edges:
  sort:
    - { when: urgent, to: again }
    - { when: { kind: praise, score: { lt: 1 } }, to: whole }
    - { otherwise: reply }
  reply: { by: kind, to: { praise: reply }, otherwise: end }
  again: end
  whole: end
`;

test("a graph in YAML is the graph, with conditions, reducers, renames and graphs at nodes", async () => {
  const { graph, issues } = await read(desk);
  expect(issues).toEqual([]);
  const data = dataOf(graph!);
  expect(data.nodes.again).toMatchObject({ specialist: "reply", timeout: 500 });
  expect(data.nodes.whole!.graph!.name).toBe("inner");
  expect(data.nodes.reply!.write).toEqual({ answer: "answer", seen: "best" });
  expect(data.edges.sort).toEqual({
    kind: "when",
    cases: [
      { when: "urgent", to: ["again"] },
      { when: { kind: { eq: "praise" }, score: { lt: 1 } }, to: ["whole"] },
    ],
    otherwise: ["reply"],
  });
  expect(data.conditions).toEqual({ urgent: ["score"] });
  expect(graph!.reducers.longest).toBe(longest);
  expect(data.state.voice!.schema["x-media"]).toBe("audio");
});

test("the state of a graph file is validated by its types", async () => {
  const { state } = (await read(desk)).graph!;
  const problems = async (field: string, value: unknown) => {
    const result = await validate(state[field] as any, value);
    return "problems" in result ? result.problems : [];
  };
  expect(await problems("kind", "praise")).toEqual([]);
  expect(await problems("kind", "blame")).toEqual(['expected "praise" or "question", got "blame"']);
  expect(await problems("person", { name: "Ada" })).toEqual([]);
  expect(await problems("person", { age: 1.5 })).toEqual(['"name" is missing', "age: expected a whole number, got 1.5"]);
  expect(await problems("wishes", ["a", 2])).toEqual(["1: expected text, got 2"]);
  expect(await problems("voice", { path: "/a", type: "image/png", hash: "sha256:0" })).toHaveLength(1);
  expect(await problems("voice", undefined)).toEqual([]);
  expect(await problems("note", undefined)).toEqual(["it is missing"]);
});

test.each([
  ["stands inside itself", "a: &a [*a, *a]\nname: *a\n"],
  [
    "grows without end",
    [
      "a: &a [x,x,x,x,x,x,x,x,x]",
      ..."bcdefghi".split("").map((c, i) => `${c}: &${c} [${Array(9).fill(`*${"abcdefgh"[i]}`).join(",")}]`),
    ].join("\n"),
  ],
])("YAML whose alias %s is an issue", async (_, text) => {
  expect((await read(text)).issues).toMatchObject([{ code: "file-syntax", message: expect.stringContaining("alias") }]);
});

test("JSON is read too", async () => {
  const json = {
    name: "j",
    state: { note: "string", answer: "string", seen: "string" },
    input: ["note"],
    output: ["answer"],
    nodes: { reply: "./desk.ts#reply" },
    start: "reply",
    edges: { reply: "end" },
  };
  expect((await read(JSON.stringify(json, null, 2))).issues).toEqual([]);
  const { issues } = await read(JSON.stringify({ ...json, edges: { reply: "ned" } }, null, 2));
  expect(issues).toMatchObject([{ code: "unknown-target", path: ["edges", "reply"], line: 19 }]);
});

const mistakes: [string, string, string, string, number, string?][] = [
  ["a key that means nothing", "timeout: 500", "timeot: 500", "file-shape", 17, 'Did you mean "timeout"?'],
  ["a type that is none", "score: number", "score: numbr", "file-shape", 5],
  ["a loop without max", "{ max: 2, then: again }", "{ then: again }", "file-shape", 21],
  ["a case without a target", "when: urgent, to: again", "when: urgent", "file-shape", 25],
  ["a rule of no form", "again: end", "again: { to: end }", "file-shape", 29],
  ["a missing start", "start: sort\n", "", "file-shape", 1],
  ["a module that does not load", "./desk.ts#sort", "./dask.ts#sort", "unknown-module", 15],
  ["a misspelt export", "./desk.ts#sort", "./desk.ts#sotr", "unknown-export", 15, 'Did you mean "sort"?'],
  ["an export that is no specialist", "sort: ./desk.ts#sort", "sort: ./desk.ts#text", "wrong-export", 15],
  ["an export that is no condition", "urgent: ./desk.ts#urgent", "urgent: ./desk.ts#sort", "wrong-export", 19],
  ["an unknown target", "otherwise: reply", "otherwise: repyl", "unknown-target", 27, 'Did you mean "reply"?'],
  ["an unknown condition", "when: urgent", "when: urgnt", "unknown-condition", 25, 'Did you mean "urgent"?'],
  ["a field of another type", "score: number", "score: string", "field-type", 15],
];
test.each(mistakes)("%s is named once, with its line", async (_, from, to, code, line, hint) => {
  expect(desk).toContain(from);
  const { issues } = await read(desk.replace(from, to));
  expect(issues.filter((issue) => issue.code !== "test-type").map((issue) => [issue.code, issue.line])).toEqual([[code, line]]);
  if (hint) expect(issues[0]!.hint).toBe(hint);
});

test.each([
  ["of a key that no form of a type has, all forms are named", "score: { kind: number }", "or a JSON Schema or"],
  ["of one that is like another's, that one", "score: { lst: number }", '"lst" means nothing here'],
])("%s", async (_, to, said) => {
  const { issues } = await read(desk.replace("score: number", to));
  expect(issues.find(({ code }) => code === "file-shape")?.message).toContain(said);
});

test("a file that is no YAML, or no graph at all, is an issue; one that is not there an error", async () => {
  expect((await read("name: [")).issues[0]).toMatchObject({ code: "file-syntax", line: 1 });
  expect((await read("a: 1\na: 2\n")).issues[0]).toMatchObject({ code: "file-syntax", line: 2 });
  expect((await read("")).issues[0]).toMatchObject({ code: "file-shape", line: 1 });
  expect((await read("- a")).graph).toBeUndefined();
  await expect(readGraph("/nowhere/graph.yaml", { load })).rejects.toThrow(TroupeError);
});

test("why a module does not load is said once", async () => {
  const cause = new Error("Cannot find module '/graphs/desk.ts'");
  const failing = () => Promise.reject(new TroupeError("FILE_FAILED", `A module cannot be loaded: ${cause.message}`, { cause }));
  const { issues } = await readGraph({ text: desk, file: "/graphs/desk.yaml" }, { load: failing, trust: { modules: ["pack"] } });
  expect(issues[0]).toMatchObject({
    code: "unknown-module",
    message: "The module ./desk.ts can't be loaded: Cannot find module '/graphs/desk.ts'.",
  });
});

test("a file may name its schema and say a remark, which are no part of the graph", async () => {
  const { graph, issues } = await read(`$schema: ./graph.schema.json\n$comment: Look here\n${desk}`);
  expect(issues).toEqual((await read(desk)).issues);
  expect(Object.keys(graph!)).toEqual(Object.keys((await read(desk)).graph!));
});
