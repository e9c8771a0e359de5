import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, defineGraph, END, type Media, mark, media, openMedia, type TroupeEvent, use } from "@troupe/core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { model } from "../models/model.js";
import { pull } from "../models/pull/pull.js";
import { alone } from "../text/alone.js";
import { decide } from "../text/decide.js";
import { caption } from "./caption.js";
import { look } from "./look.js";
import { type Heard, heardOn } from "./tiny-llava/heard.fixture.js";
import { startWithTinyLlava } from "./tiny-llava/tiny-llava.fixture.js";

for (const name of ["smollm2-135m", "minilm"]) await pull(name);
const server = await startWithTinyLlava();
const why = "why" in server ? server.why : undefined;
const llava = "name" in server ? server.name : "";

let heard: Heard;
let dir: string;
const kept = process.env.OLLAMA_HOST;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "troupe-llava-"));
  if (!("url" in server)) return;
  heard = await heardOn(server.url);
  process.env.OLLAMA_HOST = heard.url;
});
afterAll(async () => {
  if (kept === undefined) delete process.env.OLLAMA_HOST;
  else process.env.OLLAMA_HOST = kept;
  await heard?.close();
  if ("stop" in server) await server.stop();
  await rm(dir, { recursive: true, force: true });
});

const plain = (background: string, width = 400, height = 400) => sharp({ create: { width, height, channels: 3, background } });
let pictures = 0;
async function picture(image: sharp.Sharp, extension = "png"): Promise<Media<"image">> {
  const path = join(dir, `${++pictures}.${extension}`);
  await image.toFile(path);
  return openMedia("image", path, { trust: { folders: [dir] } });
}
const [red, green, blue, black, white] = ["#f00", "#0f0", "#00f", "#000", "#fff"];
const eyes = () => model(`ollama:${llava}`);
const asked = (image: Media<"image"> | Media<"image">[]) =>
  alone(look({ model: eyes() }))
    .invoke({ image, question: "Which colours?" })
    .then(({ answer }) => answer);

describe.skipIf(why)(`LLaVA in Ollama${why ? ` (skipped: ${why})` : ""}`, () => {
  it("tells in its card that it takes images, and how much of them it sees", async () => {
    const named = eyes();
    await named.load();
    expect(named.card).toMatchObject({ modalities: ["text", "image"], imageSide: 336, local: true });
  });

  it("says what an image shows", async () => {
    const describe = alone(caption({ model: eyes() }));
    for (const [colour, says] of [
      [red, "red"],
      [green, "green"],
      [blue, "blue"],
      [black, "dark"],
      [white, "red green blue"],
    ])
      expect(await describe.invoke({ image: await picture(plain(colour!)) })).toEqual({ caption: says });
  });

  it("looks at several images in their order", async () => {
    const [a, b, c] = [await picture(plain(red!)), await picture(plain(blue!)), await picture(plain(green!))];
    expect(await asked([a!, b!])).toBe("red blue");
    expect(await asked([b!, a!])).toBe("blue red");
    expect(await asked([c!, b!, a!])).toBe("green blue red");
  });

  it("answers with a label of the schema, whatever else it would say", async () => {
    const output = z.object({ colour: z.enum(["green", "blue"]), more: z.enum(["red", "none"]) });
    const which = alone(look({ question: "Which colour?", output, model: eyes() }));
    expect(await which.invoke({ image: await picture(plain("#f0f")) })).toEqual({ colour: "blue", more: "red" });
    expect(await which.invoke({ image: await picture(plain("#ff0")) })).toEqual({ colour: "green", more: "red" });
  });

  it("decides closed questions about images, beside what else is known", async () => {
    const sorts = decide({
      name: "sorts",
      input: z.object({ images: z.array(media.image()), note: z.string() }),
      questions: {
        colour: { type: "choice", instructions: "Which colour is it?", criteria: { blue: null, green: null, red: "like a rose" } },
      },
    });
    const graph = defineGraph({
      name: "sorting",
      state: { images: z.array(media.image()), note: z.string(), colour: z.enum(["blue", "green", "red"]), sure: z.number() },
      input: ["images", "note"],
      output: ["colour"],
      nodes: { sorts: use(sorts, { write: { colourConfidence: "sure" } }) },
      start: "sorts",
      edges: { sorts: { by: "colour", to: { blue: END, green: END, red: END } } },
    });
    const app = compile(graph, { models: { vision: eyes() } });
    for (const [colour, label] of [
      [red, "red"],
      [blue, "blue"],
      [green, "green"],
    ])
      expect(await app.invoke({ images: [await picture(plain(colour!))], note: "It came in the post" })).toEqual({ colour: label });
    const said = JSON.stringify(
      heard
        .sent("/api/chat")
        .at(-1)
        .messages.map(({ content }: { content: string }) => content),
    );
    expect(said).toContain("It came in the post");
    expect(said).not.toContain(dir);
    expect(() => compile(graph, { models: { vision: model("ollama:smollm2:135m") } })).toThrow(/model-unable/);
  });

  it.each(["jpg", "webp", "gif", "avif", "tiff"])("sees a picture in a %s", async (extension) => {
    expect(await asked(await picture(plain(blue!), extension))).toBe("blue");
  });

  it("is sent no more of a picture than it sees, which the ledger and an event say", async () => {
    const image = await picture(plain(green!, 3000, 2000));
    const graph = defineGraph({
      name: "captions",
      state: { image: media.image(), caption: z.string() },
      input: ["image"],
      output: ["caption"],
      nodes: { caption: caption() },
      start: "caption",
      edges: { caption: END },
    });
    const seen: TroupeEvent[] = [];
    for await (const event of compile(graph, { models: { vision: eyes() } }).events({ image })) seen.push(event);
    const told = "image scaled from 3000x2000 to 336x224";
    expect(seen).toContainEqual(expect.objectContaining({ kind: "progress", message: told }));
    expect(seen).toContainEqual(
      expect.objectContaining({ kind: "completed", engine: `ollama:${llava}, ${told}`, output: { caption: "green" } }),
    );
    const sent = heard
      .sent("/api/chat")
      .at(-1)
      .messages.flatMap(({ images = [] }: { images?: string[] }) => images);
    expect(sent).toHaveLength(1);
    expect(await sharp(Buffer.from(sent[0], "base64")).metadata()).toMatchObject({ format: "png", width: 336, height: 224 });
  });

  it("streams its answer", async () => {
    const graph = defineGraph({
      name: "captions",
      state: { image: media.image(), caption: z.string() },
      input: ["image"],
      output: ["caption"],
      nodes: { caption: caption({ model: eyes() }) },
      start: "caption",
      edges: { caption: END },
    });
    const pieces: string[] = [];
    for await (const event of compile(graph).events({ image: await picture(plain(white!)) }))
      if (event.kind === "token") pieces.push(event.text);
    expect(pieces.map((piece) => piece.trim())).toEqual(["red", "green", "blue"]);
  });

  it("ends an aborted answer, and goes on with others", async () => {
    const output = z.object({ colours: z.array(z.enum(["red", "blue"])).min(400) });
    const graph = defineGraph({
      name: "endless",
      state: { image: media.image(), colours: z.array(z.enum(["red", "blue"])) },
      input: ["image"],
      output: ["colours"],
      nodes: { look: look({ question: "Which colours, again and again?", output, model: eyes() }) },
      start: "look",
      edges: { look: END },
    });
    const image = await picture(plain(red!));
    const stop = new AbortController();
    let tokens = 0;
    const running = (async () => {
      for await (const event of compile(graph).events({ image }, { signal: stop.signal }))
        if (event.kind === "token" && ++tokens === 3) stop.abort();
    })();
    await expect(running).rejects.toThrow(/abort/i);
    expect(await asked(image)).toBe("red");
  });

  it("refuses more images than its context has room for, of which Ollama would leave the first ones out without a word", async () => {
    const image = await picture(plain(red!));
    await expect(asked(Array.from({ length: 6 }, () => image))).rejects.toMatchObject({ code: "PROMPT_TOO_LONG" });
    expect(await asked(Array.from({ length: 4 }, () => image))).toBe("red");
  });

  it("is not asked where it takes text only: at build where it is known by name, else once it is loaded", async () => {
    const graph = defineGraph({
      name: "captions",
      state: { image: media.image(), caption: z.string() },
      input: ["image"],
      output: ["caption"],
      nodes: { caption: caption() },
      start: "caption",
      edges: { caption: END },
    });
    expect(() => compile(graph, { models: { vision: model("ollama:smollm2:135m") } })).toThrow(/model-unable/);
    const image = await picture(plain(red!));
    const before = heard.sent("/api/chat").length;
    const { blind } = server as { blind: string };
    await expect(compile(graph, { models: { vision: model(`ollama:${blind}`) } }).invoke({ image })).rejects.toMatchObject({
      code: "MODALITY_UNSUPPORTED",
      what: expect.stringContaining(blind),
    });
    expect(heard.sent("/api/chat")).toHaveLength(before);
    // Ollama itself leaves the image out without a word.
    const data = (await sharp(image.path).png().toBuffer()).toString("base64");
    const messages = [{ role: "user", content: "Which colour?", images: [data] }];
    const body = JSON.stringify({ model: blind, messages, stream: false, options: { temperature: 0 } });
    const answer = await fetch(`${heard.url}/api/chat`, { method: "POST", body });
    expect(await answer.json()).toMatchObject({ message: { content: " dark" } });
  });

  it("sees private images here, and none where its server hands them on", async () => {
    const graph = defineGraph({
      name: "private",
      state: { image: mark.private(media.image()), caption: z.string() },
      input: ["image"],
      output: ["caption"],
      nodes: { caption: caption() },
      start: "caption",
      edges: { caption: END },
    });
    const image = await picture(plain(blue!));
    expect(await compile(graph, { models: { vision: eyes() } }).invoke({ image })).toEqual({ caption: "blue" });
    expect(() => compile(graph, { models: { vision: model(`ollama:${llava}`, { local: false }) } })).toThrow(/private-leak/);
  });

  it("is asked as an OpenAI-compatible server too", async () => {
    const through = { model: model(`openai:${llava}@${heard.url}/v1`) };
    expect(await alone(caption(through)).invoke({ image: await picture(plain(green!)) })).toEqual({ caption: "green" });
    const image = [await picture(plain(blue!)), await picture(plain(red!), "jpg")];
    expect(await alone(look(through)).invoke({ image, question: "Which colours?" })).toEqual({ answer: "blue red" });
    const output = z.object({ colour: z.enum(["red", "blue"]) });
    const which = alone(look({ ...through, question: "Which colour?", output }));
    expect(await which.invoke({ image: image[0]! })).toEqual({ colour: "blue" });
  });
});
