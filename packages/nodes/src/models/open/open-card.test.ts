import { check, defineGraph, END, isCapable, media, specialist } from "@troupe/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { caption } from "../../vision/caption.js";
import { embeddings, model } from "../model.js";
import { openCard } from "./open-card.js";
import { openCards } from "./open-cards.js";

it("knows each model by one name only, and every name leads to one model", () => {
  const names = Object.entries(openCards).flatMap(([name, { aka = [] }]) => [name, ...aka].map((one) => one.toLowerCase()));
  expect(new Set(names).size).toBe(names.length);
  for (const [name, card] of Object.entries(openCards)) for (const one of [name, ...(card.aka ?? [])]) expect(openCard(one)).toBe(card);
});

it("finds latest, the hub's name in any case, and nothing for other weights", () => {
  expect(openCard("phi3:latest")).toBe(openCards["phi3:mini"]);
  expect(openCard("MICROSOFT/phi-3-mini-4k-instruct")).toBe(openCards["phi3:mini-4k"]);
  for (const other of ["phi3:medium", "mixtral:8x22b", "qwen3:4b-q8_0", "phi3:mini:latest:x", "", "constructor"])
    expect(openCard(other)).toBeUndefined();
});

it.each([
  ["ollama:phi3:mini", { context: 8192, modalities: ["text"], tools: false, memory: 2.2e9 }],
  ["ollama:mistral:7b", { context: 8192, tools: true }],
  ["ollama:mixtral:8x7b", { tools: false, memory: 26e9 }],
  ["ollama:moondream", { context: 2048, modalities: ["text", "image"] }],
  ["ollama:llava", { modalities: ["text", "image"] }],
  ["openai:phi3:mini-4k@http://127.0.0.1:1/v1", { context: 4096, modalities: ["text"], tools: false, assumed: [] }],
  ["openai:Qwen/Qwen3-8B@http://127.0.0.1:1/v1", { context: 40_960, assumed: ["tools"] }],
])("%s is known by its name before anything is loaded", (id, card) => {
  expect(model(id).card).toMatchObject(card);
});

it("supposes what is not known of a name, and says so", () => {
  expect(model("ollama:nobody:7b").card).toMatchObject({ modalities: ["text"], tools: false, assumed: ["modalities", "tools"] });
  expect(model("openai:nobody@http://127.0.0.1:1/v1").card.assumed).toEqual(["context", "modalities", "tools"]);
  expect(model("openai:nobody").card.assumed).toEqual(["context", "modalities", "tools"]);
  expect(model("google:nobody").card.assumed).toEqual(["context", "modalities", "tools"]);
  expect(model("openai:gpt-4o").card.assumed).toBeUndefined();
});

it("gives what the user asks for in context, up to what the model was made for", () => {
  expect(model("ollama:phi3:mini", { context: 50_000 }).card.context).toBe(50_000);
  expect(model("ollama:llama3:8b", { context: 50_000 }).card.context).toBe(8192);
});

it("is relied on by its size before it is loaded", () => {
  expect(isCapable(model("ollama:phi3:mini"))).toBe(true);
  expect(isCapable(model("ollama:qwen3:0.6b"))).toBe(false);
});

it("takes no embedding model for a chat model, wherever it runs", () => {
  for (const id of ["ollama:embeddinggemma", "openai:google/embeddinggemma-300m@http://127.0.0.1:1/v1"])
    expect(() => model(id)).toThrow(expect.objectContaining({ code: "MODEL_KIND", hint: expect.stringContaining("embeddings(") }));
  expect(embeddings("ollama:embeddinggemma").card).toMatchObject({ kind: "embeddings", context: 2048 });
});

it("an image to phi3 is an issue at build, one to llava is none", () => {
  const issues = (id: string) => {
    const looks = specialist({
      name: "looks",
      does: "Looks",
      input: z.object({ photo: media.image() }),
      output: z.object({ out: z.string() }),
      model: model(id),
      prompt: () => "What is there?",
    });
    return check(
      defineGraph({
        name: "g",
        state: { photo: media.image(), out: z.string() },
        input: ["photo"],
        output: ["out"],
        nodes: { looks },
        start: "looks",
        edges: { looks: END },
      }),
    ).map(({ code }) => code);
  };
  expect(issues("ollama:phi3:mini")).toEqual(["model-unable"]);
  expect(issues("openai:microsoft/Phi-3-mini-4k-instruct@http://127.0.0.1:1/v1")).toEqual(["model-unable"]);
  expect(issues("ollama:llava:7b")).toEqual([]);
  expect(issues("ollama:nobody")).toEqual([]);
});

it("a question about an image, put to a text model, is an issue at build too", () => {
  const graph = (id: string) =>
    defineGraph({
      name: "g",
      state: { image: media.image(), caption: z.string() },
      input: ["image"],
      output: ["caption"],
      nodes: { caption: caption({ model: model(id) }) },
      start: "caption",
      edges: { caption: END },
    });
  expect(check(graph("ollama:smollm2:135m")).map(({ code, path }) => [code, path.join(".")])).toEqual([
    ["model-unable", "nodes.caption.model"],
  ]);
  expect(check(graph("ollama:moondream"))).toEqual([]);
});
