import {
  chmodSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeOut } from "./writable.js";

const folder = mkdtempSync(join(tmpdir(), "troupe-out-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("an output takes the place of the one before whole: who reads that goes on reading it, and a link and a mode stay", async () => {
  const [file, link] = [join(folder, "head.json"), join(folder, "link.json")];
  writeFileSync(file, "the old one");
  chmodSync(file, 0o666);
  symlinkSync("head.json", link);
  const reader = openSync(file, "r");
  await writeOut(link, "a new one");
  expect(readFileSync(reader, "utf8")).toBe("the old one");
  closeSync(reader);
  expect(readFileSync(file, "utf8")).toBe("a new one");
  expect(statSync(file).mode & 0o777).toBe(0o666);
  await writeOut(join(folder, "fresh.json"), "fresh");
  expect(readdirSync(folder).sort()).toEqual(["fresh.json", "head.json", "link.json"]);
});

test("what cannot be written leaves nothing", async () => {
  await expect(writeOut(join(folder, "gone", "x.json"), "x")).rejects.toMatchObject({ code: "FLAG_VALUE" });
  await expect(writeOut("/dev/full", "x")).rejects.toMatchObject({ code: "FLAG_VALUE" });
  await writeOut("/dev/null", "x");
  expect(statSync("/dev/null").isFile()).toBe(false);
});
