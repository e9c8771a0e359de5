import { expect, test } from "vitest";
import { z } from "zod";
import { append, compile, defineGraph, END, memoryJournal, specialist, team, use } from "../index.js";
import { cassette } from "./cassette.js";
import { scriptedModel } from "./scripted-model.js";

const draft = specialist({
  name: "draft",
  does: "Writes a draft",
  model: "default",
  input: z.object({ ticket: z.string() }),
  output: z.object({ text: z.string() }),
  prompt: ({ ticket }) => `Draft a reply: ${ticket}`,
});
const judge = specialist({
  name: "judge",
  does: "Says how good a text is",
  input: z.object({ text: z.string() }),
  output: z.object({ score: z.number() }),
  run: ({ text }) => ({ score: text.length }),
});
const desk = team({
  name: "desk",
  does: "Says how good a text is",
  members: [judge],
  input: z.object({ text: z.string() }),
  output: z.object({ score: z.number() }),
});

/** Drafts until a text is long enough. */
const graph = (enough: number) =>
  defineGraph({
    name: "drafts",
    state: { ticket: z.string(), text: z.string(), scores: append(z.number()), score: z.number() },
    input: ["ticket"],
    output: ["text", "scores"],
    nodes: { draft, desk, note: use(judge, { write: { score: "scores" } }) },
    loops: { draft: { max: 3, then: END } },
    start: "draft",
    edges: { draft: "desk", desk: "note", note: [{ when: { score: { lt: enough } }, to: "draft" }, { otherwise: END }] },
  });

async function recorded() {
  const journal = memoryJournal();
  const chat = scriptedModel(['{"text":"a"}', '{"text":"ab"}', '{"text":"abc"}']);
  const output = await compile(graph(3), { journal, models: { default: chat } }).invoke({ ticket: "It crashes" }, { thread: "t" });
  return { output, entries: await journal.read("t") };
}

test("a cassette gives what its run gave, round by round, and asks no model and no team", async () => {
  const { output, entries } = await recorded();
  expect(output).toEqual({ text: "abc", scores: [1, 2, 3] });
  expect(await compile(cassette(graph(3), entries)).invoke({ ticket: "It crashes" })).toEqual(output);
});

test("other rules are followed over the same answers", async () => {
  const { entries } = await recorded();
  expect(await compile(cassette(graph(2), entries)).invoke({ ticket: "It crashes" })).toEqual({ text: "ab", scores: [1, 2] });
});

test("where its run did not come, it says so and makes nothing up", async () => {
  const { entries } = await recorded();
  const cut = entries.slice(
    0,
    entries.findIndex((entry) => entry.kind === "completed" && entry.at === "draft@3/draft"),
  );
  await expect(compile(cassette(graph(3), cut)).invoke({ ticket: "It crashes" })).rejects.toMatchObject({
    code: "CASSETTE_LACKS",
    message: expect.stringContaining("draft@3/draft"),
  });
});

test("an answer whose schema makes something of it is as its run made it; one that no longer fits is refused", async () => {
  const share = z.preprocess((percent) => Number(percent) / 100, z.number());
  const one = (score: z.ZodType) =>
    defineGraph({
      name: "one",
      state: { text: z.string(), score: z.number() },
      input: ["text"],
      output: ["score"],
      nodes: { judge: specialist({ ...judge, output: z.object({ score }), run: () => ({ score: 50 }) } as any) },
      start: "judge",
      edges: { judge: END },
    } as any) as any;
  const journal = memoryJournal();
  expect(await compile(one(share), { journal }).invoke({ text: "-" }, { thread: "t" })).toEqual({ score: 0.5 });
  const entries = await journal.read("t");
  expect(await compile(cassette(one(share), entries)).invoke({ text: "-" })).toEqual({ score: 0.5 });
  const changed = compile(cassette(one(z.number().min(1)), entries));
  await expect(changed.invoke({ text: "-" })).rejects.toMatchObject({ code: "OUTPUT_INVALID" });
});

test("what is no list of records is refused", () => {
  for (const records of [undefined, "monday", Promise.resolve([])] as any[])
    expect(() => cassette({} as any, records)).toThrow(/cassette\.records is/);
  expect(() => cassette({} as any, [{ kind: "ended" }, null] as any)).toThrow(/cassette\.records\.1 is null/);
});
