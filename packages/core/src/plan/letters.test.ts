import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

test("no expression that reads requests takes only the letters of English for letters", async () => {
  const folder = new URL(".", import.meta.url);
  const files = (await readdir(folder, { recursive: true })).filter((name) =>
    /^(?:words|derive|keep\/recall)\b.*(?<!\.test)\.ts$/.test(name),
  );
  const lines = files.map(async (file) =>
    (await readFile(new URL(file, folder), "utf8")).split("\n").map((line) => `${file}: ${line.trim()}`),
  );
  expect((await Promise.all(lines)).flat().filter((line) => /\\[bwW]/.test(line))).toEqual([]);
});
