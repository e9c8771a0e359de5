import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, defineGraph, END, type Media, mark, media, openMedia, specialist, use } from "@troupe/core";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { model } from "../models/model.js";
import { alone } from "../text/alone.js";
import { look } from "./look.js";
import { colourOf, type SeeingServer, seeingServer } from "./seeing-server.fixture.js";

let server: SeeingServer;
let dir: string;
const kept = process.env.OPENAI_API_KEY;
beforeAll(async () => {
  server = await seeingServer();
  dir = await mkdtemp(join(tmpdir(), "troupe-look-"));
});
afterAll(async () => {
  if (kept !== undefined) process.env.OPENAI_API_KEY = kept;
  await server.close();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(() => {
  server.heard.splice(0);
  server.answers = (images) => images.map(colourOf).join(", ");
});

const eyes = () => model(`openai:eyes@${server.url}`);
const plain = (background: string, width = 64, height = 48) => sharp({ create: { width, height, channels: 3, background } });
async function picture(name: string, image: sharp.Sharp | Uint8Array) {
  const path = join(dir, name);
  if (image instanceof Uint8Array) await writeFile(path, image);
  else await image.toFile(path);
  return openMedia("image", path, { trust: { folders: [dir] } });
}

describe("look", () => {
  it("sends an image and a question, and gives the answer", async () => {
    const image = await picture("red.png", plain("#f00"));
    const { answer } = await alone(look({ model: eyes() })).invoke({ image, question: "Which colour?" });
    expect(answer).toBe("red");
    expect(server.heard).toMatchObject([
      { images: [{ width: 64, height: 48 }], text: expect.stringMatching(/material.*Which colour\?$/s) },
    ]);
  });

  it("asks nothing of a blank question", async () => {
    const image = await picture("red.png", plain("#f00"));
    const said = { code: "INPUT_INVALID", detail: { field: "question" } };
    await expect(alone(look({ model: eyes() })).invoke({ image, question: " \n" })).rejects.toMatchObject(said);
    expect(() => look({ model: eyes(), question: "" })).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    expect(server.heard).toEqual([]);
  });

  it("sends several in their order", async () => {
    const image = [
      await picture("red.png", plain("#f00")),
      await picture("blue.webp", plain("#00f")),
      await picture("green.gif", plain("#0f0")),
    ];
    const { answer } = await alone(look({ model: eyes(), question: "Which colours?" })).invoke({ image });
    expect(answer).toBe("red, blue, green");
  });

  it("holds the answer to a schema", async () => {
    server.answers = (images) => JSON.stringify({ colour: images[0]!.mean[0]! > 128 ? "red" : "blue" });
    const colour = look({
      name: "colour",
      question: "Which colour?",
      output: z.object({ colour: z.enum(["red", "blue"]) }),
      model: eyes(),
    });
    const graph = defineGraph({
      name: "sorts",
      state: { pictures: z.array(media.image()), colour: z.enum(["red", "blue"]) },
      input: ["pictures"],
      output: ["colour"],
      nodes: { colour: use(colour, { read: { image: "pictures" } }) },
      start: "colour",
      edges: { colour: END },
    });
    expect(await compile(graph).invoke({ pictures: [await picture("red.png", plain("#f00"))] })).toEqual({ colour: "red" });
    const [{ body, text }] = server.heard as any;
    expect(body.response_format.json_schema.schema.properties.colour.enum).toEqual(["red", "blue"]);
    // One message, since some templates take no two from the same side.
    expect(body.messages).toHaveLength(1);
    expect(text).toContain("JSON Schema");
  });

  it.each([
    ["google:gemini-2.5-flash", "GOOGLE_API_KEY", (body: any) => body.contents[0].parts[0].inlineData.data],
    ["anthropic:claude-sonnet-4-0", "ANTHROPIC_API_KEY", (body: any) => body.messages[0].content[0].source.data],
    ["mistral:pixtral-12b", "MISTRAL_API_KEY", (body: any) => body.messages[0].content[0].image_url.url.split(",")[1]],
  ])("reaches %s in its own form", async (id, key, dataIn) => {
    vi.stubEnv(key, "not-to-be-sent");
    const bodies: any[] = [];
    const other = createServer((request, response) => {
      let body = "";
      request.on("data", (data) => (body += data));
      request.on("end", () => {
        bodies.push(JSON.parse(body));
        response.writeHead(400, { "content-type": "application/json" }).end('{"error":{"message":"closed"}}');
      });
    });
    await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
    const named = model(`${id}@http://127.0.0.1:${(other.address() as AddressInfo).port}`);
    const image = await picture("blue.png", plain("#00f"));
    await expect(alone(look({ model: named })).invoke({ image, question: "Which colour?" })).rejects.toMatchObject({
      code: "MODEL_FAILED",
    });
    expect(await sharp(Buffer.from(dataIn(bodies[0]), "base64")).metadata()).toMatchObject({ width: 64, height: 48 });
    expect(JSON.stringify(bodies[0])).toContain("Which colour?");
    other.closeAllConnections();
    await new Promise((done) => other.close(done));
    vi.unstubAllEnvs();
  });

  it("keeps private images from models elsewhere: at build, and in a call", async () => {
    const cloud = model(`openai:eyes@${server.url}`, { local: false });
    const graph = defineGraph({
      name: "private",
      state: { image: mark.private(media.image()), answer: z.string() },
      input: ["image"],
      output: ["answer"],
      nodes: { look: look({ question: "Who is this?" }) },
      start: "look",
      edges: { look: END },
    });
    expect(() => compile(graph, { models: { vision: cloud } })).toThrow(/private-leak/);
    const asks = specialist({
      name: "asks",
      does: "Asks a model that nobody sees from outside",
      input: z.object({ image: mark.private(media.image()) }),
      output: z.object({ answer: mark.private(z.string()) }),
      run: ({ image }, ctx) => ctx.call("look", look({ question: "Who is this?", model: cloud }), { image }),
    });
    const image = await picture("private.png", plain("#f00"));
    await expect(alone(asks).invoke({ image })).rejects.toMatchObject({ code: "PRIVATE_DATA" });
    expect(server.heard).toEqual([]);
  });
});

describe("an image as it is sent", () => {
  const seen = async (image: Media<"image">, options: object = {}) => {
    await alone(look({ model: model(`openai:eyes@${server.url}`, options), question: "What?" })).invoke({ image });
    return server.heard.at(-1)!.images[0]!;
  };
  /** Red on the left, blue on the right. */
  const halves = (width: number, height: number) =>
    plain("#f00", width, height).composite([
      { input: { create: { width: width / 2, height, channels: 3, background: "#00f" } }, left: width / 2, top: 0 },
    ]);

  it("lies as its file says, and is scaled in its aspect to what most models see", async () => {
    // Turned by a quarter, left is up.
    const photo = await picture("photo.jpg", halves(4000, 3000).withMetadata({ orientation: 6 }).jpeg());
    const { width, height, corners } = await seen(photo);
    expect([width, height]).toEqual([1176, 1568]);
    expect(corners).toEqual(["red", "red", "blue", "blue"]);
    const strip = await seen(await picture("strip.png", plain("#0f0", 5000, 2)));
    expect([strip.width, strip.height]).toEqual([1568, 1]);
  });

  it("is its pixels and nothing else, on white where it is transparent, the first frame where it moves", async () => {
    const told = halves(64, 48).withExif({ IFD0: { Artist: "Somebody" }, IFD3: { GPSLatitude: "52/1 0/1 0/1" } });
    expect(await seen(await picture("told.jpg", told.jpeg()))).toMatchObject({ bare: true, width: 64 });
    const clear = sharp({ create: { width: 20, height: 20, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } } });
    expect((await seen(await picture("clear.png", clear))).mean).toEqual([255, 255, 255]);
    const frames = await Promise.all(["#00f", "#f00"].map((colour) => plain(colour).png().toBuffer()));
    const moving = sharp(frames, { join: { animated: true } }).gif();
    const image = await picture("moving.gif", await moving.toBuffer());
    const looks = alone(look({ model: eyes(), question: "Which colour?" }));
    expect(await looks.invoke({ image }, { thread: "moving" })).toEqual({ answer: "blue" });
    const { lines } = await looks.ledger("moving");
    expect(lines[0]!.engine).toMatch(/, image is the first of 2 frames$/);
  });

  it("is lossless to models here, and as small as it was to those elsewhere", async () => {
    const photo = await picture(
      "noise.jpg",
      sharp({
        create: { width: 200, height: 200, channels: 3, background: "#888", noise: { type: "gaussian", mean: 128, sigma: 40 } },
      }).jpeg(),
    );
    expect((await seen(photo)).format).toBe("png");
    expect((await seen(photo, { local: false })).format).toBe("jpeg");
    expect((await seen(await picture("drawn.png", halves(64, 48)), { local: false })).format).toBe("png");
  });

  it.each([
    ["is cut off", async () => (await halves(200, 200).png().toBuffer()).subarray(0, 300), /image of image\/png cannot be read/],
    ["is cut off in its scan", async () => cut(await halves(900, 900).jpeg().toBuffer()), /image of image\/jpeg cannot be read/],
    [
      "is damaged",
      async () => Buffer.concat([(await plain("#f00").png().toBuffer()).subarray(0, 33), Buffer.alloc(400, 65)]),
      /cannot be read/,
    ],
    ["is a drawing", async () => Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), /svg/],
    ["has several pages", async () => readFile(new URL("./fixtures/three-pages-jpeg.tif", import.meta.url)), /it has 3 pages/],
  ])("is named and not sent where it %s", async (what, bytes, says) => {
    const image = await picture(`${what.replaceAll(" ", "-")}.${what === "is a drawing" ? "svg" : "bin"}`, await bytes());
    await expect(seen(image)).rejects.toMatchObject({
      code: "IMAGE_UNREADABLE",
      what: expect.stringMatching(says),
      detail: { file: image.path },
    });
    expect(server.heard).toEqual([]);
  });

  it("is named and not sent where it crosses a limit", async () => {
    const image = await picture("wide.png", plain("#f00", 2000, 1000));
    const graph = defineGraph({
      name: "looks",
      state: { image: media.image(), answer: z.string() },
      input: ["image"],
      output: ["answer"],
      nodes: { look: look({ question: "What?", model: eyes() }) },
      start: "look",
      edges: { look: END },
    });
    await expect(compile(graph, { limits: { pixels: 1_000_000 } }).invoke({ image })).rejects.toMatchObject({
      code: "LIMIT_CROSSED",
      what: expect.stringMatching(/2,000,000 pixels crosses limits.pixels/),
    });
    const small = compile(graph, { limits: { mediaBytes: 100 }, trust: { folders: [dir] } });
    await expect(small.invoke({ image: image.path } as never)).rejects.toMatchObject({
      code: "LIMIT_CROSSED",
      what: expect.stringContaining("limits.mediaBytes"),
    });
    expect(server.heard).toEqual([]);
  });
});

const cut = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * 0.6));
