import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { check, compile, defineGraph, END, mark, media, openMedia, specialist, use } from "@troupe/core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { alone } from "../../text/alone.js";
import { caption } from "../../vision/caption.js";
import { look } from "../../vision/look.js";
import { model } from "../model.js";
import { loadCaptioner } from "./captioner.js";
import type { OnnxCaptioner } from "./chat.js";
import { pixelsOf } from "./pixels.js";
import { pictures, png, tinyBlip } from "./tiny-blip.fixture.js";
import { plain } from "./ways.fixture.js";

const tiny = tinyBlip();
let dir: string;
/** What the reference says of them, with three beams and greedily. */
let beams: string[];
let greedy: string[];
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "troupe-captions-"));
  const { ways } = (await import("./fixtures/expected.json", { with: { type: "json" } })).default;
  beams = ways.beams.map(({ text }) => text);
  greedy = ways.greedy.map(({ text }) => text);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const captioner = (options = {}) => model(`onnx:${tiny.onnx}`, options);
const loaded = async (options = {}) => (await captioner(options).load()) as unknown as OnnxCaptioner;
const shownAs = (bytes: Buffer, type = "png") =>
  new HumanMessage({ content: [{ type: "image_url", image_url: { url: `data:image/${type};base64,${bytes.toString("base64")}` } }] });
const shown = async (i: number) => shownAs(await png(pictures[i]!));
let made = 0;
async function picture(i: number) {
  const path = join(dir, `${made++}.png`);
  await writeFile(path, await png(pictures[i]!));
  return openMedia("image", path, { trust: { folders: [dir] } });
}

describe("caption with a captioner in this process", () => {
  it("says of an image what the reference says, and the ledger what it took", async () => {
    const app = alone(caption({ model: captioner() }));
    for (const i of [1, 5]) expect(await app.invoke({ image: await picture(i) })).toEqual({ caption: beams[i] });
    await app.invoke({ image: await picture(5) }, { configurable: { thread_id: "one" } } as any);
    const { models, lines } = await app.ledger("one");
    // The parts of the image and the token that begins; three words and the end.
    expect(models).toMatchObject([{ model: `onnx:${tiny.onnx}`, calls: 1, input: 38, output: 4, cost: 0 }]);
    expect(lines).toMatchObject([{ specialist: "caption", status: "completed", engine: `onnx:${tiny.onnx}` }]);
  });

  it("is greedy with one beam, and says no half caption", async () => {
    expect(await alone(caption({ model: captioner({ beams: 1 }) })).invoke({ image: await picture(1) })).toEqual({ caption: greedy[1] });
    // Of the third, no caption comes to an end.
    await expect(alone(caption({ model: captioner() })).invoke({ image: await picture(2) })).rejects.toMatchObject({ code: "ANSWER_CUT" });
  });

  it("gives each of many images its own caption, in a graph over a list", async () => {
    const graph = defineGraph({
      name: "album",
      state: {
        photos: z.array(mark.private(media.image())),
        photo: mark.private(media.image()),
        caption: z.string(),
        captions: z.array(z.string()),
      },
      input: ["photos"],
      output: ["captions"],
      nodes: {
        open: use(specialist({ name: "open", does: "Opens the album", input: z.object({}), output: z.object({}), run: () => ({}) })),
        say: use(caption({ model: captioner({ beams: 1 }) }), { read: { image: "photo" } }),
      },
      start: "open",
      edges: { open: { each: "photos", as: "photo", to: "say", collect: { caption: "captions" }, then: END }, say: END },
    } as any);
    const which = [5, 1, 5, 1, 1];
    const photos = await Promise.all(which.map(picture));
    expect(await compile(graph).invoke({ photos })).toEqual({ captions: which.map((i) => greedy[i]) });
  });

  it("answers no questions: a look is an issue at build, and a text an error before it is asked", async () => {
    const graph = (specialist: any) =>
      defineGraph({
        name: "looks",
        state: { image: media.image(), question: z.string(), answer: z.string() },
        input: ["image", "question"],
        output: ["answer"],
        nodes: { look: use(specialist) },
        start: "look",
        edges: { look: END },
      } as any);
    expect(check(graph(look({ model: captioner() })))).toMatchObject([
      { code: "model-unable", message: expect.stringContaining("needs a model that can read what it is asked") },
    ]);
    await expect((await loaded()).invoke("What is a cat?")).rejects.toMatchObject({ code: "MODALITY_UNSUPPORTED" });
  });

  it("is private to this machine", () => {
    expect(captioner().card).toMatchObject({ local: true, embedded: true, modalities: ["image"], kind: "chat" });
  });
});

describe("a captioner as a chat model of LangChain's", () => {
  it("takes an image in the forms of its messages, and what the caption begins with", async () => {
    const chat = await loaded({ beams: 1 });
    const data = (await png(pictures[1]!)).toString("base64");
    for (const content of [
      [{ type: "image_url", image_url: `data:image/png;base64,${data}` }],
      [{ type: "image", source_type: "base64", data, mime_type: "image/png" }],
      [{ type: "image", data, mimeType: "image/png" }],
    ])
      expect((await chat.invoke([new SystemMessage(""), new HumanMessage({ content } as any)])).text).toBe(greedy[1]);
    const begun = await chat.invoke([await shown(1)], { begin: "a photograph of two birds" });
    expect(begun.text).toMatch(/^a photograph of two birds \w+/);
    expect(begun.response_metadata).toMatchObject({ finish_reason: "stop" });
  });

  it("counts within bounds, and says where a caption is cut", async () => {
    const chat = await loaded({ beams: 1 });
    const cut = await chat.invoke([await shown(1)], { maxTokens: 2 });
    expect(cut.text).toBe(greedy[1]!.split(" ").slice(0, 2).join(" "));
    expect(cut.response_metadata).toMatchObject({ finish_reason: "length" });
    expect(cut.usage_metadata).toMatchObject({ input_tokens: 38, output_tokens: 2 });
    // No further than it has positions for.
    expect((await chat.invoke([await shown(2)], { maxLength: 1000, minLength: 1000 })).usage_metadata).toMatchObject({ output_tokens: 39 });
  });

  it("sees a photograph the way up that its file tells, and what shines through on white", async () => {
    const chat = await loaded({ beams: 1 });
    const said = async (image: sharp.Sharp, type = "png") => (await chat.invoke([shownAs(await image.toBuffer(), type)])).text;
    const raw = { width: 97, height: 61, channels: 3 } as const;
    const upright = () => sharp(pictures[0]!.data, { raw });
    const turned = await upright().rotate(90).png().toBuffer();
    // Orientation 8: turned back by a quarter.
    expect(await said(sharp(turned).withMetadata({ orientation: 8 }).png())).toBe(greedy[0]);
    const seen = async (i: number) => greedy[i]!;
    const blue = sharp({ create: { width: 60, height: 60, channels: 4, background: { r: 0, g: 0, b: 255, alpha: 0 } } });
    const white = sharp({ create: { width: 60, height: 60, channels: 3, background: "#fff" } });
    const solid = sharp({ create: { width: 60, height: 60, channels: 3, background: "#00f" } });
    expect(await said(blue.png())).toBe(await said(white.png()));
    expect(await said(solid.clone().png())).not.toBe(await said(white.clone().png()));
    const grey = sharp(await upright().greyscale().png().toBuffer());
    const same = sharp(await upright().greyscale().toColourspace("srgb").png().toBuffer());
    expect(await said(grey.clone().toColourspace("b-w").png())).toBe(await said(same.png()));
    expect(await said(sharp(await png(pictures[1]!)).webp({ lossless: true }), "webp")).toBe(await seen(1));
  });

  it("answers together what is asked together, and each aborted one at once", async () => {
    const chat = await loaded();
    const messages = await Promise.all(pictures.map((_, i) => shown(i)));
    const abort = new AbortController();
    const all = messages.map((message, i) => chat.invoke([message], i === 2 ? { signal: abort.signal } : {}));
    abort.abort();
    const settled = await Promise.allSettled(all);
    for (const [i, one] of settled.entries())
      if (i === 2) expect(one).toMatchObject({ status: "rejected" });
      else expect(one).toMatchObject({ value: { text: beams[i] } });
  });

  it("stops between two tokens where it is aborted", async () => {
    const captioner = await loadCaptioner(tiny.onnx);
    const pixels = await pixelsOf(await png(pictures[4]!), captioner.file.side);
    const abort = new AbortController();
    const long = { ...plain, beams: 6, maxLength: 40, minLength: 40 };
    const asking = captioner.caption([pixels, pixels, pixels], [], long, abort.signal);
    setTimeout(() => abort.abort(new Error("enough")), 5);
    await expect(asking).rejects.toThrow("enough");
    // And is there for the next.
    const chat = await loaded({ beams: 1 });
    expect((await chat.invoke([await shown(5)])).text).toBe(greedy[5]);
  });

  it("refuses what is no image, what is none that it has, and several at once", async () => {
    const chat = await loaded();
    await expect(chat.invoke([shownAs(Buffer.from("no picture at all"))])).rejects.toMatchObject({ code: "IMAGE_UNREADABLE" });
    const cut = (await png(pictures[3]!)).subarray(0, 900);
    await expect(chat.invoke([shownAs(cut)])).rejects.toMatchObject({ code: "IMAGE_UNREADABLE" });
    const elsewhere = { type: "image_url", image_url: { url: "https://pictures.example.org/cat.png" } };
    await expect(chat.invoke([new HumanMessage({ content: [elsewhere] })])).rejects.toMatchObject({ code: "IMAGE_UNREADABLE" });
    await expect(chat.invoke([await shown(1), await shown(2)])).rejects.toMatchObject({ code: "MODALITY_UNSUPPORTED" });
  });

  it("is loaded once, and anew after it was freed", async () => {
    const again = await mkdtemp(join(dir, "again-"));
    await cp(tiny.onnx, again, { recursive: true });
    const one = (await model(`onnx:${again}`).load()) as unknown as OnnxCaptioner;
    const other = (await model(`onnx:${again}`, { beams: 1 }).load()) as unknown as OnnxCaptioner;
    const first = await loadCaptioner(again);
    const asked = [one.invoke([await shown(1)]), other.invoke([await shown(1)])];
    expect((await Promise.all(asked)).map(({ text }) => text)).toEqual([beams[1], greedy[1]]);
    expect(await loadCaptioner(again)).toBe(first);
    // What it is at is done before.
    const last = one.invoke([await shown(5)]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await first.dispose();
    expect((await last).text).toBe(beams[5]);
    expect((await other.invoke([await shown(1)])).text).toBe(greedy[1]);
    const second = await loadCaptioner(again);
    expect(second).not.toBe(first);
    await first.dispose();
    expect(await loadCaptioner(again)).toBe(second);
    await one.dispose();
  });
});

describe("a captioner's folder", () => {
  it("that is not there, is damaged or is another model is an error that says so", async () => {
    const load = (name: string, options = {}) => model(`onnx:${name}`, options).load();
    await expect(load(join(dir, "nothing"))).rejects.toMatchObject({ code: "MODEL_MISSING" });
    await expect(load("minilm")).rejects.toMatchObject({ code: "MODEL_KIND" });
    const damaged = await mkdtemp(join(dir, "damaged-"));
    await cp(tiny.onnx, damaged, { recursive: true });
    await writeFile(join(damaged, "decoder.onnx"), "no graph");
    await expect(load(damaged)).rejects.toMatchObject({ code: "MODEL_DAMAGED" });
    await cp(join(tiny.onnx, "decoder.onnx"), join(damaged, "decoder.onnx"));
    const known = JSON.parse(await readFile(join(tiny.onnx, "captioner.json"), "utf8"));
    await writeFile(
      join(damaged, "captioner.json"),
      JSON.stringify({ ...known, tokens: known.tokens.filter((one: string) => one !== "[UNK]") }),
    );
    await expect(load(damaged)).rejects.toMatchObject({ code: "MODEL_DAMAGED" });
    await writeFile(join(damaged, "captioner.json"), "{}");
    await expect(load(damaged)).rejects.toMatchObject({ code: "MODEL_DAMAGED" });
    expect(() => model("onnx:blip-image-captioning-base", { beams: 0 })).toThrow(/beams/);
  });
});
