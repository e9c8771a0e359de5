import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { defineGraph, END } from "../graph/graph.js";
import { compile } from "../interop/compile.js";
import type { Context } from "../specialist/context.js";
import { specialist } from "../specialist/specialist.js";

const asks: Record<string, (ctx: Context) => Promise<unknown>> = {
  generate: (ctx) => ctx.generate({ prompt: "Go on" }),
  offer: (ctx) => ctx.offer({ prompt: "Go on", tools: [] }),
  decide: (ctx) => ctx.decide({ state: "s", questions: { q: { type: "noul", instructions: "Is it?" } } }),
  embed: (ctx) => ctx.embed(["text"]),
  call: (ctx) => ctx.once("key", () => Promise.reject(new Error("no"))),
};

test.each(Object.keys(asks))("%s that fails while nobody waits for it ends no process", async (name) => {
  const unhandled: unknown[] = [];
  const hear = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", hear);
  onTestFinished(() => void process.off("unhandledRejection", hear));
  const work = specialist({
    name: "work",
    does: "Asks for two things and waits for one",
    input: z.object({}),
    output: z.object({ out: z.string() }),
    run: async (_, ctx) => {
      const [first] = [asks[name]!(ctx), asks[name === "call" ? "embed" : name]!(ctx)];
      return { out: await first.then(String, ({ code }) => code) };
    },
  });
  const graph = defineGraph({
    name: "g",
    state: { out: z.string() },
    input: [],
    output: ["out"],
    nodes: { work },
    start: "work",
    edges: { work: END },
  });
  expect(await compile(graph).invoke({})).toEqual({ out: name === "call" ? "SPECIALIST_FAILED" : "MODEL_UNBOUND" });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(unhandled).toEqual([]);
});
