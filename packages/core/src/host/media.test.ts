import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { SimpleChatModel } from "@langchain/core/language_models/chat_models";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { asModel, compile, defineGraph, END, fileJournal, type Graph, media, openMedia, specialist, use } from "../index.js";

const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const sha = (bytes: Uint8Array) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

let root: string;
let server: Server;
let base: string;
const asked: string[] = [];
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "troupe-run-media-")));
  for (const folder of ["in", "in/.hidden", "out"]) await mkdir(join(root, folder));
  for (const path of ["in/a.png", "in/.hidden/a.png", "out/a.png"]) await writeFile(join(root, path), png);
  await symlink(join(root, "out/a.png"), join(root, "in/link.png"));
  await symlink(join(root, "out"), join(root, "in/up"));
  server = createServer((request, answer) => {
    asked.push(request.url!);
    answer.end(png);
  }).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  base = `http://localhost:${(server.address() as AddressInfo).port}`;
});
afterEach(() => void asked.splice(0));
afterAll(async () => {
  server.close();
  await rm(root, { recursive: true, force: true });
});

/** A chat model that says one thing. */
class Says extends SimpleChatModel {
  constructor(private readonly text: string) {
    super({});
  }
  _llmType() {
    return "says";
  }
  async _call() {
    return this.text;
  }
}

const at = (path: string) => join(root, path);
const trust = () => ({ folders: [at("in")] });
const handle = (path: string, type = "image/png") => ({ path: at(path), type, hash: sha(png) });

const look = specialist({
  name: "look",
  does: "Looks at a picture",
  input: z.object({ picture: media.image() }),
  output: z.object({ bytes: z.number() }),
  run: async ({ picture }) => ({ bytes: (await readFile(picture.path)).length }),
});
const looking: Graph = defineGraph({
  name: "looking",
  state: { picture: media.image(), bytes: z.number() },
  input: ["picture"],
  output: ["bytes"],
  nodes: { look },
  start: "look",
  edges: { look: END },
});

/** A graph whose first node makes the picture that the second looks at. */
function making(make: object) {
  const maker = specialist({
    name: "maker",
    does: "Makes a picture",
    input: z.object({ text: z.string() }),
    output: z.object({ picture: media.image() }),
    ...make,
  } as any);
  return defineGraph({
    name: "making",
    state: { text: z.string(), picture: media.image(), bytes: z.number() },
    input: ["text"],
    output: ["picture", "bytes"],
    nodes: { maker: maker as any, look },
    start: "maker",
    edges: { maker: "look", look: END },
  } as any);
}

test("an input's paths lie in the trusted folders, whatever form they take", async () => {
  const app = compile(looking, { trust: trust() });
  for (const picture of [at("in/a.png"), `${at("in")}/../in/a.png`, pathToFileURL(at("in/a.png")), handle("in/a.png"), png])
    expect(await app.invoke({ picture })).toEqual({ bytes: png.length });
  const strange = [
    at("out/a.png"),
    `${at("in")}/../out/a.png`,
    pathToFileURL(at("out/a.png")),
    String(pathToFileURL(at("out/a.png"))),
    handle("out/a.png"),
    at("in/link.png"),
    at("in/up/a.png"),
    at("in/.hidden/a.png"),
    at("out/nowhere.png"),
    "/etc/passwd",
    "/dev/zero",
    root,
    `${at("in")}-more/a.png`,
  ];
  for (const picture of strange)
    await expect(app.invoke({ picture }), String(picture)).rejects.toMatchObject({
      code: "MEDIA_UNTRUSTED",
      hint: expect.stringContaining("trust"),
    });
});

test("by default paths lie in the working directory, and hosts are public ones", async () => {
  const app = compile(looking);
  for (const picture of [at("in/a.png"), handle("in/a.png"), `${base}/a.png`])
    await expect(app.invoke({ picture }), String(picture)).rejects.toMatchObject({ code: "MEDIA_UNTRUSTED" });
  expect(asked).toEqual([]);
  expect(await compile(looking, { trust: { hosts: ["localhost"] } }).invoke({ picture: `${base}/a.png` })).toEqual({ bytes: png.length });
});

test("a medium that the program opened itself is its own choice", async () => {
  const own = await openMedia("image", at("out/a.png"), { trust: { folders: [at("out")] } });
  expect(await compile(looking).invoke({ picture: own })).toEqual({ bytes: png.length });
  // What went through JSON is whoever's sent it.
  await expect(compile(looking).invoke({ picture: JSON.parse(JSON.stringify(own)) })).rejects.toMatchObject({ code: "MEDIA_UNTRUSTED" });
});

const forged = (): [string, unknown][] => [
  ["a handle on a file elsewhere", handle("out/a.png")],
  ["a path elsewhere", at("out/a.png")],
  ["a handle of another hash", { ...handle("in/a.png"), hash: `sha256:${"0".repeat(64)}` }],
  ["a handle of another type", { ...handle("in/a.png"), path: at("in/a.txt") }],
  ["an address", `${base}/a.png?secret=1`],
  ["a file URL", String(pathToFileURL(at("out/a.png")))],
];
test("a medium that a model wrote is opened and held to trust before anything sees it", async () => {
  await writeFile(at("in/a.txt"), "no picture");
  for (const [what, picture] of forged()) {
    const answer = JSON.stringify({ picture });
    const model = asModel(new Says(answer), "says:it", { structured: "none" });
    const graph = making({ prompt: () => "Draw." });
    const invoked = compile(graph, { trust: { ...trust(), hosts: ["*"] }, models: { default: model } }).invoke({ text: "" } as any);
    await expect(invoked, what).rejects.toMatchObject({ code: expect.stringMatching(/^(MEDIA_|ANSWER_INVALID)/) });
  }
  expect(asked).toEqual([]);
});

test("what code hands on as it is, from a model, a tool or text, is held to it too: outputs, calls and constants", async () => {
  for (const [what, picture] of forged()) {
    const returned = compile(making({ run: () => ({ picture }) }), { trust: trust() }).invoke({ text: "" } as any);
    await expect(returned, what).rejects.toMatchObject({ code: expect.stringMatching(/^MEDIA_/) });
    const calling = making({ run: async (_: unknown, ctx: any) => ({ picture: (await ctx.call("look", look, { picture })).bytes }) });
    await expect(compile(calling, { trust: trust() }).invoke({ text: "" } as any), what).rejects.toMatchObject({
      code: expect.stringMatching(/^MEDIA_/),
    });
    if (typeof picture === "string") continue;
    const fixed = defineGraph({
      name: "fixed",
      state: { text: z.string(), bytes: z.number() },
      input: ["text"],
      output: ["bytes"],
      nodes: { look: use(look, { read: {}, set: { picture: picture as any } }) },
      start: "look",
      edges: { look: END },
    } as any);
    await expect(compile(fixed, { trust: trust() }).invoke({ text: "" } as any), what).rejects.toMatchObject({
      code: expect.stringMatching(/^MEDIA_/),
    });
  }
  expect(asked).toEqual([]);
});

test("code's own media stand as outputs: those that came in, those it opened, and bytes, which are kept beside the journal", async () => {
  const journal = fileJournal(at("journal.db"));
  const made = await mkdtemp(join(tmpdir(), "troupe-made-"));
  await writeFile(join(made, "b.png"), png);
  const ways: object[] = [
    { run: () => ({ picture: png }) },
    { run: () => ({ picture: at("in/a.png") }) },
    { run: async () => ({ picture: await openMedia("image", join(made, "b.png"), { trust: { folders: [made] } }) }) },
  ];
  for (const [i, way] of ways.entries()) {
    const app = compile(making(way), { trust: trust(), journal });
    const output = (await app.invoke({ text: "" } as any, { thread: `t${i}` })) as any;
    expect(output).toMatchObject({ picture: { type: "image/png", hash: sha(png) }, bytes: png.length });
    expect(output.picture.path.startsWith(i === 1 ? at("in/") : at("journal.db.media/"))).toBe(true);
    // It is the program's own again, and its JSON names bytes that the journal keeps.
    expect(await compile(looking).invoke({ picture: output.picture })).toEqual({ bytes: png.length });
    if (i !== 1)
      expect(await compile(looking, { journal }).invoke({ picture: { ...output.picture } }, { thread: `again${i}` })).toEqual({
        bytes: png.length,
      });
  }
  await rm(made, { recursive: true });
  await journal.close();
});

test("a medium from outside that began a run is known to the run when it is resumed", async () => {
  const journal = fileJournal(at("resumed.db"));
  let broken = true;
  const failing = specialist({
    ...look,
    name: "look",
    run: async (input: any, ctx: any) => (broken ? Promise.reject(new Error("down")) : look.run!(input, ctx)),
  } as any);
  const graph = { ...looking, nodes: { look: use(failing as typeof look) } } as typeof looking;
  const own = await openMedia("image", at("out/a.png"), { trust: { folders: [at("out")] } });
  await expect(compile(graph, { journal }).invoke({ picture: own }, { thread: "t" })).rejects.toMatchObject({ code: "SPECIALIST_FAILED" });
  broken = false;
  expect(await compile(graph, { journal }).resume("t")).toEqual({ bytes: png.length });
  await journal.close();
});

test("bytes planted beside a journal are not taken for one's own", async () => {
  const journal = fileJournal(at("planted.db"));
  await mkdir(at("planted.db.media"));
  const planted = at(`planted.db.media/${sha(png).slice(7)}.png`);
  await writeFile(planted, "planted");
  const app = compile(making({ run: () => ({ picture: png }) }), { journal });
  expect(await app.invoke({ text: "" } as any, { thread: "t" })).toMatchObject({ picture: { path: planted }, bytes: png.length });
  expect(await readFile(planted)).toEqual(png);
  await rm(planted);
  await symlink(at("out/a.png"), planted);
  await app.invoke({ text: "" } as any, { thread: "u" });
  expect((await readdir(at("planted.db.media"), { withFileTypes: true })).map((entry) => entry.isFile())).toEqual([true]);
  await journal.close();
});

test("bytes and pixels have a limit, of files, data and downloads alike", async () => {
  const limits = { mediaBytes: png.length - 1 };
  const app = compile(looking, { limits, trust: { ...trust(), hosts: ["localhost"] } });
  const data = `data:image/png;base64,${png.toString("base64")}`;
  for (const picture of [at("in/a.png"), png, data, `${base}/a.png`, handle("in/a.png")])
    await expect(app.invoke({ picture }), String(picture)).rejects.toMatchObject({
      code: "LIMIT_CROSSED",
      what: expect.stringContaining("limits.mediaBytes"),
    });
  const huge = Buffer.from(png);
  huge.writeUInt32BE(30_000, 16);
  huge.writeUInt32BE(30_000, 20);
  await expect(compile(looking).invoke({ picture: huge })).rejects.toMatchObject({
    code: "LIMIT_CROSSED",
    what: expect.stringMatching(/900,000,000 pixels crosses limits.pixels/),
  });
});

test("JSON has a limit of depth and size, and a text of characters, in inputs and outputs", async () => {
  const any = specialist({
    name: "any",
    does: "Gives back",
    input: z.object({ value: z.any() }),
    output: z.object({ other: z.any() }),
    run: ({ value }) => ({ other: value === "deep" ? JSON.parse("[".repeat(500) + "]".repeat(500)) : value }),
  });
  const graph = defineGraph({
    name: "any",
    state: { value: z.any(), other: z.any() },
    input: ["value"],
    output: ["other"],
    nodes: { any },
    start: "any",
    edges: { any: END },
  });
  const crossing = (limit: string) => ({ code: "LIMIT_CROSSED", what: expect.stringContaining(`limits.${limit}`) });
  const deep = JSON.parse("[".repeat(5000) + "]".repeat(5000));
  await expect(compile(graph).invoke({ value: deep })).rejects.toMatchObject(crossing("jsonDepth"));
  await expect(compile(graph).invoke({ value: "deep" })).rejects.toMatchObject(crossing("jsonDepth"));
  await expect(compile(graph, { limits: { characters: 10 } }).invoke({ value: ["x".repeat(11)] })).rejects.toMatchObject(
    crossing("characters"),
  );
  await expect(compile(graph, { limits: { jsonSize: 100 } }).invoke({ value: new Array(60).fill(1) })).rejects.toMatchObject(
    crossing("jsonSize"),
  );
  expect(await compile(graph).invoke({ value: JSON.parse("[".repeat(90) + "]".repeat(90)) })).toHaveProperty("other");
});

test("nothing is left in the folder for temporary files by a run that gave no medium", async () => {
  const left = async () => (await readdir(tmpdir())).filter((name) => /^troupe-media-[A-Za-z0-9]{6}$/.test(name));
  const before = await left();
  const app = compile(looking);
  for (let i = 0; i < 3; i++) await app.invoke({ picture: png });
  expect((await left()).filter((name) => !before.includes(name))).toEqual([]);
});

const buffer = () => png.buffer.slice(png.byteOffset, png.byteOffset + png.length) as ArrayBuffer;
test.each([
  ["ArrayBuffer", buffer, "new Uint8Array(buffer)"],
  ["Blob", () => new Blob([buffer() as any]), "new Uint8Array(await blob.arrayBuffer())"],
  ["File", () => new File([buffer() as any], "a.png"), "new Uint8Array(await blob.arrayBuffer())"],
  ["DataView", () => new DataView(buffer()), "new Uint8Array(view.buffer"],
  ["ReadableStream", () => new Blob([buffer() as any]).stream(), "new Response(stream)"],
])("bytes in a %s are no medium, in an input or an output, and the error says how to make one", async (name, given, make) => {
  const error = (field: string) => ({
    code: "MEDIA_KIND",
    what: expect.stringContaining(`class ${name}`),
    hint: expect.stringContaining(make),
    detail: { field },
  });
  await expect(compile(looking).invoke({ picture: given() as any })).rejects.toMatchObject(error("picture"));
  const made = compile(making({ run: () => ({ picture: given() }) })).invoke({ text: "" } as any);
  await expect(made).rejects.toMatchObject(error("picture"));
});

test.each([[5], [null], [{}], [undefined]])(
  "what stands for a medium and is none, as %j, is refused with what may",
  async (picture: any) => {
    const said = expect.stringMatching(/picture(\.path)?: expected an image: what openMedia gives, or .* a path, a URL or a Uint8Array/);
    await expect(compile(looking).invoke({ picture })).rejects.toMatchObject({ code: "INPUT_INVALID", what: said });
    const made = compile(making({ run: () => ({ picture }) })).invoke({ text: "" } as any);
    await expect(made).rejects.toMatchObject({ code: "OUTPUT_INVALID", what: said });
  },
);
