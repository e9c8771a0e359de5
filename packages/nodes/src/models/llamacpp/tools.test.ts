import { compile, defineGraph, END, specialist } from "@troupe/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { model } from "../model.js";

test("the embedded model, which has no tools of its own, is held to a call of a specialist or an answer", async () => {
  const asked: string[] = [];
  const weather = specialist({
    name: "weather",
    does: "Tells how warm it is in a city",
    input: z.object({ city: z.enum(["Bern", "Rome"]) }),
    output: z.object({ degrees: z.number() }),
    run: ({ city }) => {
      asked.push(city);
      return { degrees: 21 };
    },
  });
  const ask = specialist({
    name: "ask",
    does: "Answers questions on the weather",
    input: z.object({ question: z.string() }),
    output: z.object({ answer: z.string() }),
    prompt: ({ question }) => question,
    tools: [weather],
  });
  const graph = defineGraph({
    name: "g",
    state: { question: z.string(), answer: z.string() },
    input: ["question"],
    output: ["answer"],
    nodes: { ask },
    start: "ask",
    edges: { ask: END },
  });
  const app = compile(graph, { models: { default: model("llamacpp:smollm2-135m") } });
  const { answer } = await app.invoke({ question: "How warm is it in Rome?" });
  expect(answer).not.toBe("");
  for (const city of asked) expect(["Bern", "Rome"]).toContain(city);
}, 120_000);
