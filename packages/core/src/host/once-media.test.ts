import { mkdtemp, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { compile, defineGraph, END, fileJournal, media, openMedia, specialist } from "../index.js";

const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

let root: string;
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "troupe-once-")));
  await writeFile(at("outside.png"), png);
});
afterAll(() => rm(root, { recursive: true, force: true }));
const at = (...path: string[]) => join(root, ...path);

let opened = 0;
let down = false;
const ways = { file: () => openMedia("image", at("outside.png"), { trust: { folders: [root] } }), bytes: () => openMedia("image", png) };
const foreign = { path: "/etc/passwd", type: "image/png", hash: `sha256:${"0".repeat(64)}`, size: 3 };

/** A graph whose node opens a picture once, and opens, calls with and gives what it got. */
function opening(way: keyof typeof ways) {
  const look = specialist({
    name: "look",
    does: "Looks at a picture",
    input: z.object({ picture: media.image() }),
    output: z.object({ bytes: z.number() }),
    run: async ({ picture }) => ({ bytes: (await readFile(picture.path)).length }),
  });
  const take = specialist({
    name: "take",
    does: "Takes a picture",
    input: z.object({ text: z.string() }),
    output: z.object({ picture: media.image(), bytes: z.number(), said: z.string() }),
    run: async (_, ctx) => {
      const got = await ctx.once("open", async () => {
        opened++;
        return { pictures: [await ways[way]()], said: foreign };
      });
      const [picture] = got.pictures;
      await openMedia("image", picture!);
      const { bytes } = await ctx.call("look", look, { picture: picture! });
      if (down) throw new Error("down");
      return { picture: picture!, bytes, said: `${got.said.path} ${got.said.size}` };
    },
  });
  return defineGraph({
    name: "opening",
    state: { text: z.string(), picture: media.image(), bytes: z.number(), said: z.string() },
    input: ["text"],
    output: ["picture", "bytes", "said"],
    nodes: { take },
    start: "take",
    edges: { take: END },
  });
}

test.each(["file", "bytes"] as const)(
  "a medium from %s that code opened in ctx.once is as good as one that it opened outside",
  async (way) => {
    expect(await compile(opening(way)).invoke({ text: "" })).toMatchObject({ bytes: png.length, said: "/etc/passwd 3" });
  },
);

test.each(["file", "bytes"] as const)(
  "a medium from %s that code opened in ctx.once is there when the run goes on elsewhere",
  async (way) => {
    opened = 0;
    down = true;
    const before = fileJournal(at(`${way}.db`));
    const run = compile(opening(way), { journal: before }).invoke({ text: "" }, { thread: "t" });
    await expect(run).rejects.toMatchObject({ code: "SPECIALIST_FAILED" });
    await before.close();
    down = false;
    await rename(at(`${way}.db`), at(`${way}-moved.db`));
    await rename(at(`${way}.db.media`), at(`${way}-moved.db.media`));
    const journal = fileJournal(at(`${way}-moved.db`));
    const output = await compile(opening(way), { journal }).resume("t");
    await journal.close();
    expect(opened).toBe(1);
    expect(output).toMatchObject({ bytes: png.length, said: "/etc/passwd 3" });
    expect(await readFile(output.picture.path)).toEqual(png);
  },
);
