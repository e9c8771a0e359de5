import { FakeListChatModel } from "@langchain/core/utils/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineGraph, END, type Graph } from "../graph/graph.js";
import { use } from "../graph/use.js";
import { compile } from "../interop/compile.js";
import { media } from "../media/media.js";
import { asModel, type ChatModel, type ModelCard } from "../model/model.js";
import { team } from "../plan/team.js";
import { asSpecialist, type Specialist, specialist } from "../specialist/specialist.js";
import { check } from "./check.js";

const known: Partial<ModelCard> = { context: 8192, modalities: ["text"], tools: false, structured: "format", assumed: [] };
const chat = (card: Partial<ModelCard> = {}, id = "ollama:phi3:mini"): ChatModel =>
  asModel(new FakeListChatModel({ responses: ['{"out":"a"}'] }), id, { ...known, ...card });

const says = { output: z.object({ out: z.string() }), does: "Says what it sees", prompt: () => "What is there?" };
const alone = (one: Specialist, fields: Record<string, z.ZodType> = {}, set: object = {}): Graph =>
  (defineGraph as (graph: object) => Graph)({
    name: "alone",
    state: { ...fields, out: z.string() },
    input: Object.keys(fields),
    output: ["out"],
    nodes: { one: use(one, { set } as never) },
    start: "one",
    edges: { one: END },
  });
const found = (graph: Graph) => check(graph).map(({ code, path, message, hint }) => ({ code, path: path.join("."), message, hint }));
const looks = (model: ChatModel | string, photo: z.ZodType = media.image()) =>
  specialist({ ...says, name: "looks", input: z.object({ photo }), model });

test("an image to a model that takes text only is an issue, wherever in its input it is and whatever asks", () => {
  expect(found(alone(looks(chat()), { photo: media.image() }))).toEqual([
    {
      code: "model-unable",
      path: "nodes.one.model",
      message: 'looks gives its model "photo", to which it must see images, and ollama:phi3:mini cannot, by its card.',
      hint: expect.stringContaining("a model that can"),
    },
  ]);
  for (const photo of [z.array(media.image()), media.page(), z.object({ front: media.image().optional() })])
    expect(found(alone(looks(chat(), photo), { photo }))).toHaveLength(1);
  expect(found(alone(looks(chat({ modalities: ["text", "image"] })), { photo: media.image() }))).toEqual([]);
  expect(found(alone(looks(chat(), media.file()), { photo: media.file() }))).toEqual([]);
});

test("a recording to a model that only sees is one too", () => {
  const hears = specialist({
    ...says,
    name: "hears",
    input: z.object({ call: media.audio() }),
    model: chat({ modalities: ["text", "image"] }),
  });
  expect(found(alone(hears, { call: media.audio() }))[0]!.message).toContain("must hear");
});

test("a question to a model that takes images only, as captioners do, is one too", () => {
  const captioner = chat({ modalities: ["image"] }, "onnx:captioner");
  expect(found(alone(looks(captioner), { photo: media.image() }))).toMatchObject([
    { code: "model-unable", message: "looks needs a model that can read what it is asked, and onnx:captioner cannot, by its card." },
  ]);
  const silent = specialist({
    name: "silent",
    does: "Shows it",
    input: z.object({ photo: media.image() }),
    output: says.output,
    model: captioner,
    needs: ["image"],
    run: () => ({ out: "" }),
  });
  expect(found(alone(silent, { photo: media.image() }))).toEqual([]);
});

test("what is only supposed of a model refuses nothing", () => {
  const bare = asModel(new FakeListChatModel({ responses: [""] }));
  expect(bare.card.assumed).toEqual(["context", "modalities", "tools"]);
  expect(found(alone(looks(bare), { photo: media.image() }))).toEqual([]);
  const part = asModel(new FakeListChatModel({ responses: [""] }), "own:text", { modalities: ["text"] });
  expect(found(alone(looks(part), { photo: media.image() }))).toHaveLength(1);
});

test("a measured card says so", () => {
  const blind = chat({ measured: "2026-11-27" });
  expect(found(alone(looks(blind), { photo: media.image() }))[0]!.message).toContain("as was measured on 2026-11-27");
});

test("roles are known once models are bound, and compile refuses then, in graphs inside too", () => {
  const graph = alone(looks("eyes"), { photo: media.image() });
  expect(found(graph)).toEqual([]);
  const outer = alone(asSpecialist(graph, "Looks"), { photo: media.image() });
  for (const [one, path] of [
    [graph, "nodes.one.model"],
    [outer, "nodes.one.graph.nodes.one.model"],
  ] as const) {
    expect(() => compile(one, { models: { eyes: chat() } })).toThrow(
      expect.objectContaining({
        code: "GRAPH_INVALID",
        issues: [expect.objectContaining({ code: "model-unable", path: path.split(".") })],
      }),
    );
    expect(() => compile(one, { models: { eyes: chat({ modalities: ["text", "image"] }) } })).not.toThrow();
  }
});

test("tools are written out for a model without, so that only where it needs its own they are an issue", () => {
  const weather = specialist({
    name: "weather",
    does: "Tells the weather",
    input: z.object({}),
    output: z.object({ sky: z.string() }),
    run: () => ({ sky: "" }),
  });
  const asks = (needs: Specialist["needs"], model: ChatModel) =>
    specialist({ ...says, name: "asks", input: z.object({}), tools: [weather], model, ...(needs ? { needs } : {}) });
  expect(found(alone(asks(undefined, chat())))).toEqual([]);
  expect(found(alone(asks(["tools"], chat({ tools: true }))))).toEqual([]);
  expect(found(alone(asks(["tools"], chat())))).toMatchObject([{ code: "model-unable", message: expect.stringContaining("call tools") }]);
});

test("code says what its model needs, and members of teams and tools are looked at", () => {
  const shows = specialist({
    ...says,
    name: "shows",
    input: z.object({ photo: media.image() }),
    model: chat(),
    needs: ["image"],
    prompt: undefined,
    run: () => ({ out: "" }),
  } as never) as Specialist;
  expect(found(alone(shows, { photo: media.image() }))).toMatchObject([{ code: "model-unable" }]);
  const crew = team({
    name: "crew",
    does: "Looks",
    planner: "typed",
    members: [looks(chat())],
    input: z.object({ photo: media.image() }),
    output: z.object({ out: z.string() }),
  });
  expect(found(alone(crew as Specialist, { photo: media.image() }))).toMatchObject([{ path: "nodes.one.team.members.0.model" }]);
  const holds = specialist({ ...says, name: "holds", input: z.object({}), model: chat(), tools: [looks(chat())] });
  expect(found(alone(holds))).toMatchObject([{ path: "nodes.one.tools.0.model" }]);
});

test("a prompt that can't fit is an issue: its own words, the constants bound to it, the least that its schema takes, and the schema it shows", () => {
  const words = (count: number) => "word ".repeat(count);
  const reads = (
    prompt: Specialist["prompt"],
    input: z.ZodType = z.object({ text: z.string() }),
    card: Partial<ModelCard> = { context: 2048 },
    output: z.ZodType = says.output,
  ) => specialist({ ...says, name: "reads", input, output, model: chat(card), prompt } as never) as Specialist;
  const text = { text: z.string() };
  expect(
    found(
      alone(
        reads(({ text }) => `${words(2100)}${text}`),
        text,
      ),
    ),
  ).toMatchObject([{ code: "prompt-too-long", path: "nodes.one.model", message: expect.stringContaining("has a context of 2,048") }]);
  expect(
    found(
      alone(
        reads(({ text }) => `${words(1900)}${text}`),
        text,
      ),
    ),
  ).toEqual([]);
  expect(
    found(
      alone(
        reads(({ text }) => text),
        {},
        { text: words(2100) },
      ),
    ),
  ).toHaveLength(1);
  const long = z.object({ text: z.string().min(60_000) });
  expect(
    found(
      alone(
        reads(({ text }) => text.replaceAll("x", "x "), long),
        { text: z.string().min(60_000) },
      ),
    ),
  ).toHaveLength(1);
  const wide = z.object({ out: z.enum(Array.from({ length: 3000 }, (_, i) => `label ${i}`) as [string]) });
  const wideState = (card: Partial<ModelCard>) =>
    found({ ...alone(reads(() => "Which?", z.object({}), card, wide)), state: { out: wide.shape.out } } as Graph).map(({ code }) => code);
  expect(wideState({ context: 2048 })).toContain("prompt-too-long");
  expect(wideState({ context: 2048, structured: "langchain" })).not.toContain("prompt-too-long");
  expect(wideState({ context: 2048, assumed: ["context"] })).not.toContain("prompt-too-long");
});

test("a prompt that fails on so little, or gives no text, is left alone", () => {
  for (const prompt of [
    () => {
      throw new Error("no text");
    },
    () => Promise.resolve("late"),
    () => 7,
  ])
    expect(found(alone(specialist({ ...says, name: "odd", input: z.object({}), model: chat(), prompt } as never) as Specialist))).toEqual(
      [],
    );
});

test("needs that are none are malformed", () => {
  const odd = specialist({ ...says, name: "odd", input: z.object({}), model: chat(), needs: ["eyes"] } as never) as Specialist;
  expect(found(alone(odd))).toMatchObject([
    { code: "malformed", path: "nodes.one.needs", hint: "Give a list of text, image, audio, tools." },
  ]);
});
