import { expect, test } from "vitest";
import { z } from "zod";
import { asModel, defineGraph, END, formatIssue, type Graph, type ModelCard, memoryHints, specialist, team } from "../index.js";

const gb = 1e9;
const card = (id: string, more: Partial<ModelCard>) => asModel({ _llmType: () => "x", _modelType: () => "x" } as never, id, more);
const inside = (id: string, memory: number) => card(id, { local: true, embedded: true, memory: memory * gb });
const served = (id: string, memory: number) => card(id, { local: true, memory: memory * gb });

const text = z.object({ text: z.string() });
const says = (name: string, more: object = {}) =>
  specialist({ name, does: "Says", input: text, output: text, prompt: ({ text }: any) => text, ...more } as any);
const graphOf = (...specialists: any[]) =>
  (defineGraph as any)({
    name: "g",
    state: { text: z.string() },
    input: ["text"],
    output: ["text"],
    nodes: Object.fromEntries(specialists.map((one) => [one.name, one])),
    start: specialists[0].name,
    edges: Object.fromEntries(specialists.map(({ name }, i) => [name, specialists[i + 1]?.name ?? END])),
  }) as Graph;
const hinted = (graph: Graph, models: object, memory: number) =>
  memoryHints(graph, models as never, memory * gb).map(({ names }) => names!.model);

test("models of this process are all loaded and counted together, a model once whatever roles it plays", () => {
  const models = { default: inside("a", 3), embeddings: inside("b", 2), calls: inside("a", 3), judge: inside("c", 2) };
  expect(hinted(graphOf(says("s")), models, 7)).toEqual([]);
  const [hint, ...more] = memoryHints(graphOf(says("s")), models, 6.9 * gb);
  expect(more).toEqual([]);
  expect(formatIssue(hint!)).toMatch(
    /about 7\.0 GB, and there are 6\.9 GB: a \(3\.0 GB\), b \(2\.0 GB\), c .*Take smaller .*\[memory-short\]$/,
  );
});

test("models of a server here are loaded one at a time; those elsewhere, and those whose size nobody told, take nothing", () => {
  const models = { default: served("a", 5), judge: served("b", 5), planner: served("c", 26) };
  expect(hinted(graphOf(says("s")), models, 6)).toEqual([["c"]]);
  expect(hinted(graphOf(says("s")), models, 4)).toEqual([["a"], ["b"], ["c"]]);
  const nowhere = { default: card("x", { local: false, memory: 900 * gb }), judge: card("y", { local: true }) };
  expect(hinted(graphOf(says("s")), nowhere, 1)).toEqual([]);
  // As LangChain makes it.
  expect(hinted(graphOf(says("s")), { default: { _llmType: () => "x", invoke() {} } }, 1)).toEqual([]);
});

test("models that specialists name count too, wherever they stand", () => {
  const large = says("large", { model: served("l", 9) });
  const desk = (more: object) => team({ name: "desk", does: "Says", members: [large], input: text, output: text, ...more } as any);
  const inner = graphOf(large);
  const graph = { ...specialist({ name: "inner", does: "Says", input: text, output: text, run: (x: any) => x }), graph: inner };
  for (const one of [large, desk({}), says("tooled", { tools: [large] }), graph]) expect(hinted(graphOf(one), {}, 8)).toEqual([["l"]]);
  expect(hinted(graphOf(desk({ planner: inside("p", 10), stronger: served("q", 11) })), {}, 8)).toEqual([["p"], ["q"], ["l"]]);
  expect(hinted(graphOf(large), { default: inside("s", 7) }, 10)).toEqual([]);
});

test("this machine's memory is known", () => {
  expect(memoryHints(graphOf(says("s")), { default: served("a", 1e6) })).toHaveLength(1);
  expect(memoryHints(graphOf(says("s")), { default: inside("a", 0.01) })).toEqual([]);
});
