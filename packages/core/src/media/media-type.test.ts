import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mediaType } from "./media-type.js";

const folder = fileURLToPath(new URL("./fixtures/", import.meta.url));
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "troupe-media-type-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

test.each([
  ["sound.webm", "audio/webm"],
  ["recorded.webm", "audio/webm"],
  ["sound.mka", "audio/x-matroska"],
  ["sound.mp4", "audio/mp4"],
  ["fragments.mp4", "audio/mp4"],
  ["sound.mov", "audio/quicktime"],
  ["sound.3gp", "audio/3gpp"],
  ["sound.3g2", "audio/3gpp2"],
  ["sound.m2t", "audio/mp2t"],
  ["sound.avi", "audio/vnd.avi"],
  ["sound.flv", "audio/x-flv"],
  ["sound.caf", "audio/x-caf"],
  ["silent.webm", "video/webm"],
  ["silent.mp4", "video/mp4"],
  ["silent.mov", "video/quicktime"],
  ["film.webm", "video/webm"],
  ["film.mp4", "video/mp4"],
  ["film.mov", "video/quicktime"],
])("a container is what it contains: %s is %s", async (name, type) => {
  expect(await mediaType(join(folder, name))).toBe(type);
});

test("a container that is cut off or damaged has a type all the same, of the kind its signature says or of sound", async () => {
  const names = (await readdir(folder)).filter((name) => !name.startsWith("make"));
  const whole = new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.array(fc.tuple(fc.nat(3000), fc.nat(255)), { maxLength: 8 }),
      async (name, part, changes) => {
        const bytes = Buffer.from(whole.get(name)!.subarray(0, Math.ceil(whole.get(name)!.length * part)));
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
        await writeFile(join(dir, "damaged"), bytes);
        expect(await mediaType(join(dir, "damaged"))).toMatch(/^(audio|video|application|text)\//);
      },
    ),
    { numRuns: 60 },
  );
});
