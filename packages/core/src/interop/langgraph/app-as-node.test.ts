import { Annotation, Command, interrupt, MemorySaver, Send, START, StateGraph } from "@langchain/langgraph";
import { expect, test } from "vitest";
import { z } from "zod";
import { compile, defineGraph, END, memoryJournal, specialist } from "../../index.js";
import { shout } from "../../specialist/words.fixture.js";

test("an app is a node of a LangGraph graph, several at a time, on one thread", async () => {
  const app = compile(
    defineGraph({
      name: "desk",
      state: { text: z.string(), loud: z.string() },
      input: ["text"],
      output: ["loud"],
      nodes: { shout },
      start: "shout",
      edges: { shout: END },
    }),
  );
  const State = Annotation.Root({
    text: Annotation<string>,
    replies: Annotation<string[]>({ reducer: (all, more) => [...all, ...more], default: () => [] }),
  });
  const outer = new StateGraph(State)
    .addNode("desk", async ({ text }: { text: string }, config: any) => ({ replies: [(await app.invoke({ text }, config)).loud] }))
    .addConditionalEdges(START, () => ["pay", "call"].map((text) => new Send("desk", { text })), ["desk"])
    .compile({ checkpointer: new MemorySaver() });
  const { replies } = await outer.invoke({ text: "x" }, { configurable: { thread_id: "monday" } });
  expect(replies).toEqual(["PAY", "CALL"]);
});

test.each(["invoke", "stream", "resume"])(
  "what stops inside an app to ask a person stops the LangGraph run around it, by %s",
  async (how) => {
    const asks = specialist({
      name: "asks",
      does: "Asks a person",
      input: z.object({ text: z.string() }),
      output: z.object({ said: z.string() }),
      run: ({ text }) => ({ said: `${text} ${interrupt("Really?")}` }),
    });
    const app = compile(
      defineGraph({
        name: "asking",
        state: { text: z.string(), said: z.string() },
        input: ["text"],
        output: ["said"],
        nodes: { asks },
        start: "asks",
        edges: { asks: END },
      }),
      { journal: memoryJournal() },
    );
    let begun = false;
    const outer = new StateGraph(Annotation.Root({ text: Annotation<string>, said: Annotation<string> }))
      .addNode("desk", async ({ text }: { text: string }, config: any) => {
        if (how === "stream")
          for await (const chunk of await app.stream({ text }, { ...config, streamMode: "updates" })) return (chunk as any).asks;
        if (how !== "resume" || !begun) {
          begun = true;
          return app.invoke({ text }, { ...config, thread: how === "resume" ? "own" : undefined });
        }
        return app.resume("own", config);
      })
      .addEdge(START, "desk")
      .compile({ checkpointer: new MemorySaver() });
    const thread = { configurable: { thread_id: "monday" } };
    expect(await outer.invoke({ text: "Book it." }, thread)).toMatchObject({ __interrupt__: [{ value: "Really?" }] });
    expect(await outer.invoke(new Command({ resume: "Yes." }), thread)).toMatchObject({ said: "Book it. Yes." });
  },
);
