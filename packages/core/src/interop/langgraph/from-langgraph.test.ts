import { Annotation, interrupt, END as LG_END, MemorySaver, START, StateGraph } from "@langchain/langgraph";
import { expect, test } from "vitest";
import { z } from "zod";
import { compile, defineGraph, END, memoryJournal, specialist } from "../../index.js";
import { fromLangGraph } from "./from-langgraph.js";
import { toLangGraph } from "./to-langgraph.js";

const State = Annotation.Root({
  n: Annotation<number>,
  steps: Annotation<string[]>({ reducer: (a, b) => [...a, ...b], default: () => [] }),
});
const card = {
  name: "double",
  does: "Doubles, then adds one",
  input: z.object({ n: z.number() }),
  output: z.object({ n: z.number(), steps: z.array(z.string()) }),
};

const built = (hooks: { second?: (config: any) => unknown } = {}) =>
  new StateGraph(State)
    .addNode("twice", ({ n }) => ({ n: 2 * n, steps: ["twice"] }))
    .addNode("more", async ({ n }, config) => {
      await hooks.second?.(config);
      return { n: n + 1, steps: ["more"] };
    })
    .addEdge(START, "twice")
    .addEdge("twice", "more")
    .addEdge("more", LG_END);

const around = (double: any) =>
  defineGraph({
    name: "g",
    state: { n: z.number(), steps: z.array(z.string()) },
    input: ["n"],
    output: ["n", "steps"],
    nodes: { double },
    start: "double",
    edges: { double: END },
  } as any) as any;

test("a LangGraph graph is a node of a Troupe graph, and back in LangGraph too", async () => {
  const graph = around(fromLangGraph(built().compile(), card));
  expect(await compile(graph).invoke({ n: 4 })).toEqual({ n: 9, steps: ["twice", "more"] });
  expect(await (await toLangGraph(graph)).invoke({ n: 4 })).toEqual({ n: 9, steps: ["twice", "more"] });
});

test("its state is given and read as the card says, and held to the schema", async () => {
  const mapped = fromLangGraph(built().compile(), {
    ...card,
    given: ({ n }) => ({ n: n + 100 }),
    gives: ({ n }) => ({ n, steps: [] }),
  });
  expect(await compile(around(mapped)).invoke({ n: 1 })).toEqual({ n: 203, steps: [] });
  const wrong = fromLangGraph(built().compile(), { ...card, gives: () => ({ n: "many" }) as any });
  await expect(compile(around(wrong)).invoke({ n: 1 })).rejects.toMatchObject({ code: "OUTPUT_INVALID" });
});

test("callbacks, tags, services and the signal reach it", async () => {
  let heard: any;
  const app = compile(around(fromLangGraph(built({ second: (config) => (heard = config) }).compile(), card)));
  const names: string[] = [];
  const callbacks = [{ handleChainStart: (...all: any[]) => void names.push(all[7]) }];
  const { signal } = new AbortController();
  await app.invoke({ n: 1 }, { callbacks, tags: ["mine"], services: { key: 7 }, signal });
  expect(names).toEqual(expect.arrayContaining(["g", "LangGraph", "more"]));
  expect(heard.tags).toContain("mine");
  expect(heard.context).toEqual({ key: 7 });
  expect(heard.signal).toBeInstanceOf(AbortSignal);
});

test("one with a checkpointer goes on where it was when the run is resumed", async () => {
  let broken = true;
  const second = () => {
    if (broken) throw new Error("the server is down");
  };
  const compiled = built({ second }).compile({ checkpointer: new MemorySaver() });
  const app = compile(around(fromLangGraph(compiled, card)), { journal: memoryJournal() });
  await expect(app.invoke({ n: 4 }, { thread: "monday" })).rejects.toMatchObject({ code: "SPECIALIST_FAILED" });
  broken = false;
  expect(await app.resume("monday")).toEqual({ n: 9, steps: ["twice", "more"] });
});

test("one that came to its end is not run again when what came of it was refused", async () => {
  let wrong = true;
  const compiled = built().compile({ checkpointer: new MemorySaver() });
  const gives = (state: any) => (wrong ? { n: "many" as any, steps: [] } : state);
  const app = compile(around(fromLangGraph(compiled, { ...card, gives })), { journal: memoryJournal() });
  await expect(app.invoke({ n: 4 }, { thread: "monday" })).rejects.toMatchObject({ code: "OUTPUT_INVALID" });
  wrong = false;
  expect(await app.resume("monday")).toEqual({ n: 9, steps: ["twice", "more"] });
});

test("one that is called with something else than before begins anew", async () => {
  let n = 1;
  const second = () => {
    if (n === 1) throw new Error("the server is down");
  };
  const double = fromLangGraph(built({ second }).compile({ checkpointer: new MemorySaver() }), card);
  const caller = specialist({ ...card, name: "caller", run: (_, ctx) => ctx.call("double", double, { n }) });
  const app = compile(around(caller), { journal: memoryJournal() });
  await expect(app.invoke({ n: 0 }, { thread: "monday" })).rejects.toMatchObject({ code: "SPECIALIST_FAILED" });
  n = 10;
  expect(await app.resume("monday")).toEqual({ n: 21, steps: ["twice", "more"] });
});

test("a question to a person is an error that says so, and in LangGraph it is asked", async () => {
  const asking = (checkpointer?: MemorySaver) => built({ second: () => interrupt("May I?") }).compile(checkpointer ? { checkpointer } : {});
  const alone = compile(around(fromLangGraph(asking(new MemorySaver()), card)));
  await expect(alone.invoke({ n: 1 })).rejects.toMatchObject({ code: "GRAPH_INTERRUPTED", what: expect.stringContaining("May I?") });
  const whole = await toLangGraph(around(fromLangGraph(asking(), card)), { checkpointer: new MemorySaver() });
  const stopped: any = await whole.invoke({ n: 1 }, { configurable: { thread_id: "monday" } });
  expect(stopped.__interrupt__[0].value).toBe("May I?");
});

test("what makes the graph's input and its output has to be functions", () => {
  const compiled = built({}).compile();
  for (const part of ["given", "gives"])
    expect(() => fromLangGraph(compiled, { ...card, [part]: {} } as any)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
});
