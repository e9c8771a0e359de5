import { RunnableLambda } from "@langchain/core/runnables";
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { Annotation, Command, interrupt, isInterrupted, MemorySaver, START, StateGraph } from "@langchain/langgraph";
import { expect, test } from "vitest";
import { z } from "zod";
import { check } from "../../check/check.js";
import { conflicts } from "../../check/conflicts.js";
import { randomGraph } from "../../host/simulation/random-graph.fixture.js";
import { realGraph } from "../../host/simulation/real-graph.fixture.js";
import { withoutConflicts } from "../../host/simulation/without-conflicts.fixture.js";
import { append, compile, defineGraph, END, media, reduced, specialist, TroupeError, use } from "../../index.js";
import { inexpressible } from "./inexpressible.js";
import { toLangGraph } from "./to-langgraph.js";

const text = z.object({ text: z.string() });
const step = (name: string, run: (input: { text: string }, ctx: any) => any, output: any = text) =>
  specialist({ name, does: name, input: text, output, run } as any);

/** A diamond whose short side waits, and a loop after it. */
function reviewed(hooks: { draft?: () => unknown; long?: () => string } = {}) {
  const topic = z.enum(["billing", "bug"]);
  return defineGraph({
    name: "reviewed",
    does: "Answers tickets",
    state: {
      text: z.string(),
      topic,
      notes: append(z.string()),
      best: reduced("longest", z.string()),
      reply: z.string(),
      score: z.number(),
    },
    input: ["text"],
    output: ["reply", "notes"],
    nodes: {
      sort: step("sort", ({ text }) => ({ topic: text.includes("pay") ? "billing" : "bug" }), z.object({ topic })),
      short: use(
        step("short", () => ({ note: "short", best: "ab" }), z.object({ note: z.string(), best: z.string() })),
        { write: { note: "notes" } },
      ),
      long: use(
        step("long", async () => ({ note: (await hooks.long?.()) ?? "long" }), z.object({ note: z.string() })),
        { write: { note: "notes" } },
      ),
      longer: use(
        step("longer", () => ({ best: "abcd" }), z.object({ best: z.string() })),
        {},
      ),
      draft: specialist({
        name: "draft",
        does: "Drafts",
        input: z.object({ notes: z.array(z.string()), reply: z.string().optional() }),
        output: z.object({ reply: z.string() }),
        run: ({ notes, reply = "" }) => {
          hooks.draft?.();
          return { reply: `${reply}${notes.join("+")}!` };
        },
      }),
      judge: specialist({
        name: "judge",
        does: "Judges",
        input: z.object({ reply: z.string() }),
        output: z.object({ score: z.number() }),
        run: ({ reply }) => ({ score: reply.split("!").length - 1 }),
      }),
    },
    reducers: { longest: (total, next) => (next.length > total.length ? next : total) },
    conditions: { enough: { reads: ["score"], test: ({ score }) => score >= 3 } },
    loops: { draft: { max: 5, then: END } },
    start: "sort",
    edges: {
      sort: { by: "topic", to: { billing: ["short", "long"], bug: "draft" } },
      short: "draft",
      long: "longer",
      longer: "draft",
      draft: "judge",
      judge: [{ when: "enough", to: END }, { otherwise: "draft" }],
    },
  });
}
const ticket = { text: "pay me" };

test("labels, named conditions, reducers, joins of unequal branches and loops come to what compile gives", async () => {
  for (const input of [ticket, { text: "it crashes" }]) {
    let drafts = 0;
    const graph = reviewed({ draft: () => drafts++ });
    const expected = await compile(graph).invoke(input);
    const ran = drafts;
    expect(await (await toLangGraph(graph)).invoke(input)).toEqual(expected);
    expect(drafts).toBe(2 * ran);
  }
});

test("it is drawn with the graph's nodes and edges, and says what it takes", async () => {
  const drawn = (await (await toLangGraph(reviewed())).getGraphAsync()).toJSON() as any;
  expect(drawn.nodes.map(({ id }: any) => id).sort()).toEqual(
    ["__end__", "__start__", "draft", "judge", "long", "longer", "short", "sort"].sort(),
  );
  expect(drawn.edges.map(({ source, target }: any) => `${source}>${target}`).sort()).toEqual(
    [
      "__start__>sort",
      "sort>short",
      "sort>long",
      "sort>draft",
      "short>draft",
      "long>longer",
      "longer>draft",
      "draft>judge",
      "draft>__end__",
      "judge>__end__",
      "judge>draft",
    ].sort(),
  );
});

test("each node's update, the state after each superstep, and tokens of its models are streamed", async () => {
  const compiled = await toLangGraph(reviewed());
  const nodes: string[] = [];
  for await (const update of await compiled.stream(ticket, { streamMode: "updates" })) nodes.push(...Object.keys(update));
  expect(new Set(nodes)).toEqual(new Set(["sort", "short", "long", "longer", "draft", "judge"]));
  let last: any;
  for await (const state of await compiled.stream(ticket, { streamMode: "values" })) last = state;
  expect(last).toMatchObject({ reply: "short+long!short+long!short+long!", score: 3, best: "abcd" });

  const answer = specialist({
    name: "answer",
    does: "Answers",
    input: text,
    output: z.object({ reply: z.string() }),
    prompt: ({ text }) => text,
  });
  const asked = defineGraph({
    name: "asked",
    state: { text: z.string(), reply: z.string() },
    input: ["text"],
    output: ["reply"],
    nodes: { answer },
    start: "answer",
    edges: { answer: END },
  });
  const chat = new FakeListChatModel({ responses: ['{"reply": "so it is"}'] });
  const tokens: string[] = [];
  for await (const [chunk, about] of await (await toLangGraph(asked, { models: { default: chat } })).stream(
    { text: "Is it?" },
    { streamMode: "messages" },
  )) {
    expect((about as any).langgraph_node).toBe("answer");
    tokens.push((chunk as any).text);
  }
  expect(tokens.join("")).toBe('{"reply": "so it is"}');
  expect(tokens.length).toBeGreaterThan(5);
});

test("a run that failed goes on from its checkpoint, and what was completed is not run again", async () => {
  let broken = true;
  let drafts = 0;
  const long = () => {
    if (broken) throw new Error("the server is down");
    return "long";
  };
  const compiled = await toLangGraph(reviewed({ long, draft: () => drafts++ }), { checkpointer: new MemorySaver() });
  const thread = { configurable: { thread_id: "monday" } };
  await expect(compiled.invoke(ticket, thread)).rejects.toMatchObject({
    code: "SPECIALIST_FAILED",
    detail: { at: "long", graph: "reviewed" },
  });
  expect((await compiled.getState(thread)).next).toContain("long");
  broken = false;
  expect(await compiled.invoke(null, thread)).toMatchObject({ reply: "short+long!short+long!short+long!" });
  expect(drafts).toBe(3);
});

test("a second run on a thread starts from its own input", async () => {
  const compiled = await toLangGraph(reviewed(), { checkpointer: new MemorySaver() });
  const thread = { configurable: { thread_id: "monday" } };
  const first = await compiled.invoke(ticket, thread);
  expect(await compiled.invoke(ticket, thread)).toEqual(first);
});

test("a run can be stopped before a node, its state edited, and taken up again", async () => {
  const compiled = await toLangGraph(reviewed(), { checkpointer: new MemorySaver(), interruptBefore: ["judge"] });
  const thread = { configurable: { thread_id: "monday" } };
  await compiled.invoke(ticket, thread);
  expect((await compiled.getState(thread)).next).toEqual(["judge"]);
  await compiled.updateState(thread, { reply: "a!b!c!d!" });
  expect((await compiled.getState(thread)).next).toEqual(["judge"]);
  expect(await compiled.invoke(null, thread)).toMatchObject({ reply: "a!b!c!d!" });
});

test("an interrupt inside a specialist reaches LangGraph, and its answer comes back", async () => {
  const ask = step("ask", () => ({ reply: interrupt("May I?") }), z.object({ reply: z.string() }));
  const graph = defineGraph({
    name: "asking",
    state: { text: z.string(), reply: z.string() },
    input: ["text"],
    output: ["reply"],
    nodes: { ask },
    start: "ask",
    edges: { ask: END },
  } as any);
  const compiled = await toLangGraph(graph as any, { checkpointer: new MemorySaver() });
  const thread = { configurable: { thread_id: "monday" } };
  const stopped: any = await compiled.invoke({ text: "x" }, thread);
  expect(isInterrupted(stopped) && stopped.__interrupt__[0]!.value).toBe("May I?");
  expect(await compiled.invoke(new Command({ resume: "You may" }), thread)).toEqual({ reply: "You may" });
});

test("an abort stops the specialists that run, and services come from the context", async () => {
  let aborted = false;
  const wait = step("wait", (_, ctx) => {
    return new Promise((_resolve, reject) => {
      ctx.signal.addEventListener("abort", () => {
        aborted = true;
        reject(ctx.signal.reason);
      });
      ctx.services.started();
    });
  });
  const graph: any = defineGraph({
    name: "waiting",
    state: { text: z.string() },
    input: ["text"],
    output: ["text"],
    nodes: { wait },
    start: "wait",
    edges: { wait: END },
  } as any);
  const compiled = await toLangGraph(graph);
  const stop = new AbortController();
  const run = compiled.invoke({ text: "x" }, { signal: stop.signal, context: { started: () => stop.abort() } } as any);
  await expect(run).rejects.toThrow(/abort/i);
  expect(aborted).toBe(true);
});

test("a loop of more rounds than LangGraph's default bound runs to its end, in a chain, a batch and a graph too", async () => {
  const count = specialist({
    name: "count",
    does: "Counts",
    input: z.object({ n: z.number() }),
    output: z.object({ n: z.number() }),
    run: ({ n }) => ({ n: n + 1 }),
  });
  const graph = defineGraph({
    name: "counting",
    state: { n: z.number() },
    input: ["n"],
    output: ["n"],
    nodes: { count },
    loops: { count: { max: 60, then: END } },
    start: "count",
    edges: { count: "count" },
  });
  const compiled = await toLangGraph(graph);
  expect(await compiled.invoke({ n: 0 })).toEqual({ n: 60 });
  expect(
    await RunnableLambda.from((n: number) => ({ n }))
      .pipe(compiled)
      .invoke(0),
  ).toEqual({ n: 60 });
  expect(await compiled.withConfig({ tags: ["a"] }).batch([{ n: 0 }, { n: 1 }])).toEqual([{ n: 60 }, { n: 61 }]);
  const around = new StateGraph(Annotation.Root({ n: Annotation<number> })).addNode("inner", compiled);
  expect(await around.addEdge(START, "inner").compile().invoke({ n: 0 })).toEqual({ n: 60 });
  // A bound that the caller sets is the caller's.
  await expect(compiled.invoke({ n: 0 }, { recursionLimit: 10 })).rejects.toThrow("Recursion limit of 10");
});

test("what LangGraph would stumble over in a call is refused before", async () => {
  for (const [options, says] of [
    [{ checkpointer: {} }, "checkpointer is an object"],
    [{ checkpointer: "memory" }, "checkpointer is"],
    [{ interruptBefore: "review" }, "interruptBefore is"],
    [{ interruptBefore: ["sort", "shrot"] }, 'Did you mean "short"?'],
    [{ interruptAfter: ["nobody"] }, "There are sort,"],
  ] as const)
    await expect(toLangGraph(reviewed(), options as any)).rejects.toMatchObject({
      code: "OPTION_INVALID",
      message: expect.stringContaining(says),
    });
});

test("what LangGraph has no place for is an issue, and bad input is named", async () => {
  const look = specialist({
    name: "look",
    does: "Looks",
    input: z.object({ photo: media.image() }),
    output: z.object({ reply: z.string() }),
    run: () => ({ reply: "" }),
  });
  const graph = defineGraph({
    name: "looking",
    state: { photo: media.image(), reply: z.string() },
    input: ["photo"],
    output: ["reply"],
    nodes: { reply: look, "a:b": look },
    start: ["reply", "a:b"],
    edges: { reply: END, "a:b": END },
  } as any) as any;
  expect(inexpressible(graph).map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual([
    "langgraph-name nodes.reply",
    "langgraph-name nodes.a:b",
    "langgraph-media state.photo",
  ]);
  const fine = { ...graph, edges: { ...graph.edges } };
  await expect(toLangGraph(fine)).rejects.toMatchObject({ code: expect.stringMatching(/GRAPH_/) });
  const compiled = await toLangGraph(reviewed());
  await expect(compiled.invoke({ text: 3 } as any)).rejects.toMatchObject({ code: "INPUT_INVALID" });
  await expect(compiled.invoke({ text: "x", more: 1 } as any)).rejects.toMatchObject({ code: "INPUT_INVALID" });
});

test("random graphs that are stopped after every superstep, and that fail here and there, end the same", async () => {
  const input = { given: 50, list: [3, 1, 2] };
  for (let seed = 1, found = 0; found < 25; seed++) {
    const bare = randomGraph(seed, { shared: seed % 2 === 0, small: true });
    if (!bare) continue;
    const data = withoutConflicts(bare, conflicts, seed);
    let left = 0;
    const graph = realGraph(data, async () => {
      if (left > 0 && left-- === 1) throw new Error("now and then");
    });
    if (check(graph).length) continue;
    found++;
    const expected = await compile(graph).invoke(input);
    const compiled = await toLangGraph(graph, { checkpointer: new MemorySaver(), interruptAfter: Object.keys(data.nodes) });
    const thread = { configurable: { thread_id: graph.name } };
    let given: typeof input | null = input;
    for (let turn = 0; ; turn++) {
      left = turn % 3 === 0 ? 1 + (seed % 3) : 0;
      const stopped: boolean = await compiled.invoke(given, thread).then(
        () => false,
        (error) => String(error).includes("now and then") || Promise.reject(error),
      );
      given = null;
      if (!stopped && (await compiled.getState(thread)).next.length === 0) break;
    }
    const { values } = await compiled.getState(thread);
    expect({ all: values.all, total: values.total }, graph.name).toEqual(expected);
  }
}, 120_000);

test("what a node's work, its output or its rule fails with is the same error there, with its code and its place", async () => {
  const failing = (run: () => unknown, test: () => boolean = () => true) =>
    defineGraph({
      name: "failing",
      state: { text: z.string() },
      input: ["text"],
      output: ["text"],
      conditions: { fine: { reads: ["text"], test } },
      nodes: { work: step("work", run) },
      start: "work",
      edges: { work: [{ when: "fine", to: END }, { otherwise: END }] },
    } as any) as any;
  const thrower = (thrown: unknown) => () => {
    throw thrown;
  };
  for (const graph of [
    failing(thrower(new Error("boom"))),
    failing(thrower(new TroupeError("OWN", "own fault"))),
    failing(() => ({ text: 5 })),
    failing(() => ({ text: "x" }), thrower(new Error("a condition"))),
  ]) {
    const error = await compile(graph)
      .invoke({ text: "x" } as any)
      .catch((thrown: unknown) => thrown as TroupeError);
    const { code, message } = error as TroupeError;
    expect(code).toEqual(expect.any(String));
    const compiled = await toLangGraph(graph);
    await expect(compiled.invoke({ text: "x" })).rejects.toMatchObject({
      name: "TroupeError",
      code,
      message,
      detail: { graph: "failing", at: "work" },
    });
    const streamed = async () => {
      for await (const _ of await compiled.stream({ text: "x" }));
    };
    await expect(streamed()).rejects.toMatchObject({ code, message });
  }
});
