import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, defineGraph, END, media, openMedia, use } from "@troupe/core";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { model } from "../models/model.js";
import { alone } from "../text/alone.js";
import { look } from "./look.js";
import { type SeeingServer, seeingServer } from "./seeing-server.fixture.js";

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
beforeEach(() => void server.heard.splice(0));

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
});
