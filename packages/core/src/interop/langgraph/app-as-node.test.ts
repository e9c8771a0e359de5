import { Annotation, MemorySaver, Send, START, StateGraph } from "@langchain/langgraph";
import { expect, test } from "vitest";
import { z } from "zod";
import { compile, defineGraph, END } from "../../index.js";
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
