import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { limitsOf } from "@troupe/core";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pagesOf } from "./pages.js";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "troupe-pages-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const types: Record<string, string> = {
  "clear.png": "image/png",
  "turned.jpg": "image/jpeg",
  "letter.webp": "image/webp",
  "letter.bmp": "image/bmp",
  "three-pages-deflate.tif": "image/tiff",
  "three-pages-jpeg.tif": "image/tiff",
  "three-pages.pdf": "application/pdf",
  "scan.pdf": "application/pdf",
};

test("whatever is damaged in a file, its pages come whole in order, or an error says why; the process lives on", async () => {
  const path = join(dir, "damaged");
  const damage = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.nat(255)), { maxLength: 4 });
  const cut = fc.option(fc.double({ min: 0.1, max: 1, noNaN: true }));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(types)), damage, cut, async (name, changes, part) => {
      const whole = await readFile(fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url)));
      for (const [at, byte] of changes) whole[Math.floor(at * whole.length)] = byte;
      await writeFile(path, whole.subarray(0, Math.ceil(whole.length * (part ?? 1))));
      const numbers: number[] = [];
      const signal = new AbortController().signal;
      try {
        for await (const page of pagesOf({ path, type: types[name]!, hash: "sha256:0" }, { limits: limitsOf(), signal })) {
          numbers.push(page.number);
          if (page.number === page.of) expect(numbers).toEqual(Array.from({ length: page.of }, (_, i) => i + 1));
        }
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/^(IMAGE_UNREADABLE|LIMIT_CROSSED)$/), detail: { file: path } });
      }
    }),
    { numRuns: 60 },
  );
});
