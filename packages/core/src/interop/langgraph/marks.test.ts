import { expect, test } from "vitest";
import { z } from "zod";
import { defineGraph, END, mark, specialist, use } from "../../index.js";
import { chatAt, sends } from "../../marks/marks.fixture.js";
import { toLangGraph } from "./to-langgraph.js";

test("marks hold in LangGraph: recipients that are trusted are taken, and code asks no cloud with what is private", async () => {
  const sent: object[] = [];
  const cloud = chatAt(false);
  const here = chatAt(true);
  const looks = specialist({
    name: "looks",
    does: "Looks a record up",
    input: z.object({ letter: z.string() }),
    output: z.object({ record: mark.private(z.string()) }),
    run: ({ letter }) => ({ record: `of ${letter}` }),
  });
  const asks = specialist({
    name: "asks",
    does: "Asks a model",
    input: z.object({ record: z.string() }),
    output: z.object({ body: z.string() }),
    run: async ({ record }, ctx) => ({ body: (await ctx.generate({ model: "helper", prompt: record })).text }),
  });
  const graph = defineGraph({
    name: "letters",
    state: { letter: z.string(), owner: mark.trusted(z.string()), record: z.string(), body: z.string(), sent: z.boolean() },
    input: ["letter", "owner"],
    output: ["sent"],
    nodes: { looks, asks, sends: use(sends(sent), { read: { to: "owner" } }) },
    start: "looks",
    edges: { looks: "asks", asks: "sends", sends: END },
  });
  const input = { letter: "Ada", owner: "desk@example.org" };
  expect(await (await toLangGraph(graph, { models: { helper: here.model } })).invoke(input)).toEqual({ sent: true });
  expect(sent).toMatchObject([{ to: "desk@example.org" }]);
  const refused = (await toLangGraph(graph, { models: { helper: cloud.model } })).invoke(input);
  await expect(refused).rejects.toMatchObject({ code: "PRIVATE_DATA" });
  expect(cloud.heard).toEqual([]);
});
