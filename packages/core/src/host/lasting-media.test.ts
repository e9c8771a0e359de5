import { appendFile, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { append, compile, defineGraph, END, fileJournal, type Media, media, openMedia, specialist, TroupeError, use } from "../index.js";
import { isTemporary } from "../media/temporary-store.js";

const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

let root: string;
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "troupe-lasting-")));
});
afterAll(() => rm(root, { recursive: true, force: true }));
const at = (...path: string[]) => join(root, ...path);

let down = false;
const frame = specialist({
  name: "frame",
  does: "Frames a picture",
  input: z.object({ picture: media.image() }),
  output: z.object({ framed: media.image() }),
  run: async ({ picture }) => ({ framed: Buffer.concat([await readFile(picture.path), Buffer.from("frame")]) as any }),
});
const look = specialist({
  name: "look",
  does: "Looks at pictures",
  input: z.object({ picture: media.image(), framed: media.image() }),
  output: z.object({ bytes: z.number() }),
  run: async ({ picture, framed }) => {
    if (down) throw new Error("down");
    return { bytes: (await readFile(picture.path)).length + (await readFile(framed.path)).length };
  },
});
const graph = defineGraph({
  name: "framing",
  state: { picture: media.image(), framed: media.image(), bytes: z.number() },
  input: ["picture"],
  output: ["bytes", "framed", "picture"],
  nodes: { frame, look },
  start: "frame",
  edges: { frame: "look", look: END },
});
const pair = defineGraph({
  name: "pair",
  state: { one: media.image(), other: media.image(), same: z.boolean() },
  input: ["one", "other"],
  output: ["same"],
  nodes: {
    tell: specialist({
      name: "tell",
      does: "Tells whether two pictures are the same",
      input: z.object({ one: media.image(), other: media.image() }),
      output: z.object({ same: z.boolean() }),
      run: ({ one, other }) => ({ same: one.hash === other.hash }),
    }),
  },
  start: "tell",
  edges: { tell: END },
});
const bytes = 2 * png.length + "frame".length;

/** Begins a run that fails half way, and gives what its journal then is gone on with. */
async function leftHalf(journal: string, picture: unknown): Promise<void> {
  const kept = fileJournal(journal);
  down = true;
  const run = compile(graph, { journal: kept, trust: { folders: [root] } }).invoke({ picture } as any, { thread: "t" });
  await expect(run).rejects.toMatchObject({ code: "SPECIALIST_FAILED" });
  down = false;
  await kept.close();
}

async function goneOn(journal: string): Promise<{ bytes: number; framed: Media; picture: Media }> {
  const kept = fileJournal(journal);
  try {
    return (await compile(graph, { journal: kept, trust: { folders: [root] } }).resume("t")) as any;
  } finally {
    await kept.close();
  }
}

test("a run whose journal was moved with its media goes on, and gives them where they are now", async () => {
  await mkdir(at("before"));
  await leftHalf(at("before/j.db"), png);
  await rename(at("before"), at("moved"));
  for (const output of [await goneOn(at("moved/j.db")), await goneOn(at("moved/j.db"))]) {
    expect(output.bytes).toBe(bytes);
    for (const one of [output.framed, output.picture]) expect(one.path).toContain(at("moved/j.db.media"));
  }
  await rename(at("moved"), at("again"));
  const { framed } = await goneOn(at("again/j.db"));
  expect(await readFile(framed.path)).toHaveLength(png.length + 5);
  // It is the program's own, wherever it lies.
  expect(await openMedia("image", framed)).toMatchObject({ path: framed.path });
});

test("a finished run whose journal was moved to where nothing can be written gives its media where they are now", async () => {
  await mkdir(at("writable"));
  await leftHalf(at("writable/j.db"), png);
  await goneOn(at("writable/j.db"));
  await rename(at("writable"), at("archive"));
  const kept = fileJournal(at("archive/j.db"));
  const unwritable = new TroupeError("JOURNAL_UNWRITABLE", "It lies where nothing can be written");
  const output = await compile(graph, { journal: { ...kept, hold: () => Promise.reject(unwritable) } }).resume("t");
  for (const one of [output.framed, output.picture]) expect(one.path).toContain(at("archive/j.db.media"));
  await kept.close();
});

test("what a medium of a moved journal was stays what it has to be", async () => {
  await mkdir(at("harmed"));
  await leftHalf(at("harmed/j.db"), png);
  await rename(at("harmed"), at("harmed2"));
  for (const name of await readdir(at("harmed2/j.db.media"))) await appendFile(at("harmed2/j.db.media", name), "more");
  await expect(goneOn(at("harmed2/j.db"))).rejects.toMatchObject({ code: "MEDIA_MISSING" });
});

test("bytes that the program opened are kept for a run that goes on after the program's end", async () => {
  const opened = await openMedia("image", png);
  await leftHalf(at("opened.db"), opened);
  // As at the end of the process.
  expect(isTemporary(opened.path)).toBe(true);
  await rm(opened.path);
  expect(await goneOn(at("opened.db"))).toMatchObject({ bytes });
});

test.each([
  ["changed", () => appendFile(at("picture.png"), "more")],
  ["gone", () => rm(at("picture.png"))],
])("a finished run gives its output though its input's file is %s", async (_, harm) => {
  await writeFile(at("picture.png"), png);
  const journal = fileJournal(at("finished.db"));
  const app = compile(graph, { journal, trust: { folders: [root] } });
  const output = await app.invoke({ picture: at("picture.png") } as any, { thread: "t" });
  await harm();
  expect(await app.resume("t")).toEqual(output);
  await journal.delete("t");
  await journal.close();
});

test("a file that is written anew for each medium is no medium of before", async () => {
  const draw = specialist({
    name: "draw",
    does: "Draws a picture",
    input: z.object({ round: z.number() }),
    output: z.object({ picture: media.image(), round: z.number() }),
    run: async ({ round }, ctx) => {
      await writeFile(at("drawn.png"), Buffer.concat([png, Buffer.alloc(round)]));
      return { picture: await openMedia("image", at("drawn.png"), { trust: ctx.trust }), round: round + 1 };
    },
  });
  const see = specialist({
    name: "see",
    does: "Looks at pictures",
    input: z.object({ pictures: z.array(media.image()) }),
    output: z.object({ sizes: z.array(z.number()) }),
    run: async ({ pictures }) => ({ sizes: await Promise.all(pictures.map(async ({ path }) => (await readFile(path)).length)) }),
  });
  const drawing = defineGraph({
    name: "drawing",
    state: { round: z.number(), pictures: append(media.image()), sizes: z.array(z.number()) },
    input: ["round"],
    output: ["sizes"],
    nodes: { draw: use(draw, { write: { picture: "pictures" } }), see },
    loops: { draw: { max: 5, then: "see" } },
    start: "draw",
    edges: { draw: [{ when: { round: { lt: 3 } }, to: "draw" }, { otherwise: "see" }], see: END },
  });
  const run = compile(drawing, { trust: { folders: [root] } }).invoke({ round: 0 });
  await expect(run).rejects.toMatchObject({ code: "MEDIA_CHANGED", detail: { at: "see" } });
});

test("runs that hand out media take one listener of the process, however many they are", async () => {
  const before = process.listenerCount("exit");
  const outputs = await compile(graph).batch(Array.from({ length: 12 }, () => ({ picture: png }) as any));
  expect(new Set(outputs.map(({ framed }) => framed.path)).size).toBe(12);
  expect(process.listenerCount("exit") - before).toBeLessThanOrEqual(1);
});

test("a run whose input cannot be taken leaves nothing in its journal, nor does one that is not there", async () => {
  const file = at("refused.db");
  const journal = fileJournal(file);
  const app = compile(pair, { journal });
  const lacking = { one: png, other: at("none.png") } as any;
  await expect(app.invoke(lacking)).rejects.toMatchObject({ code: "MEDIA_UNTRUSTED" });
  await expect(app.invoke(lacking, { thread: "t" })).rejects.toMatchObject({ code: "MEDIA_UNTRUSTED" });
  await expect(app.resume("u")).rejects.toMatchObject({ code: "THREAD_UNKNOWN" });
  for (const thread of ["t", "u"]) await expect(journal.delete(thread)).rejects.toMatchObject({ code: "THREAD_UNKNOWN" });
  expect(await readdir(`${file}.media`)).toEqual([]);
  // What another thread uses stays.
  await app.invoke({ one: png, other: png } as any, { thread: "t" });
  await expect(app.invoke(lacking)).rejects.toMatchObject({ code: "MEDIA_UNTRUSTED" });
  await expect(app.invoke(lacking, { thread: "t" })).rejects.toMatchObject({ code: "MEDIA_UNTRUSTED" });
  expect(await app.resume("t")).toEqual({ same: true });
  expect(await readdir(`${file}.media`)).toHaveLength(1);
  await journal.close();
});
