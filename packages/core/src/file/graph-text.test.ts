import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readGraph } from "./read-graph.js";

const load = async () => ({});
const read = async (text: string) => (await readGraph({ text }, { load })).issues.filter(({ code }) => code === "file-syntax");

test("a key that stands twice is an issue on its line, at any depth", async () => {
  expect(await read("name: a\nstate:\n  n: number\n  m: number\n  n: text\n")).toMatchObject([
    { message: 'The key "n" stands twice.', line: 5, hint: expect.any(String) },
  ]);
  expect(await read('{"name": "a",\n "name": "b",\n "name": "c"}')).toMatchObject([{ line: 2 }, { line: 3 }]);
  expect(await read("1: a\n'1': b\n")).toHaveLength(1);
});

test("a number with more digits than are kept is an issue on its line", async () => {
  for (const text of ["a: 1\nb: [12345678901234567890]\n", '{"a": 1,\n"b": -9007199254740993}'])
    expect(await read(text)).toMatchObject([
      { message: expect.stringMatching(/^The number -?\d+ has more digits than are kept\.$/), line: 2 },
    ]);
  expect(await read("a: '12345678901234567890'\nb: 9007199254740992\nc: 1e30\n")).toEqual([]);
});

test("what is nested too deep is said to be so", async () => {
  const block = Array.from({ length: 1000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n");
  for (const text of ["[".repeat(100_000), '{"a":'.repeat(100_000), "- ".repeat(100_000), block])
    expect(await read(text)).toMatchObject([{ message: "It is nested too deep." }]);
  const levels = (n: number) => `name: ${"[".repeat(n)}${"]".repeat(n)}`;
  expect(await read(levels(99))).toEqual([]);
  expect(await read(`\n\n${levels(101)}`)).toMatchObject([{ line: 3 }]);
});

test("a file larger than a JSON value may be is not read, nor what is no file or no text", async () => {
  const folder = await mkdtemp(join(tmpdir(), "graph-text-"));
  try {
    const file = join(folder, "graph.json");
    await writeFile(file, `{"name": "${"x".repeat(2000)}"}`);
    await expect(readGraph(file, { load, limits: { jsonSize: 1000 } })).rejects.toMatchObject({ code: "LIMIT_CROSSED", detail: { file } });
    await expect(readGraph({ text: "x".repeat(2000) }, { load, limits: { jsonSize: 1000 } })).rejects.toMatchObject({
      code: "LIMIT_CROSSED",
    });
    await expect(readGraph(folder, { load })).rejects.toMatchObject({ code: "GRAPH_UNREADABLE" });
    // Its names would be others: what is no UTF-8 is not guessed at.
    await writeFile(file, Buffer.from("name: Pr\xfcfung\n", "latin1"));
    await expect(readGraph(file, { load })).rejects.toMatchObject({ code: "GRAPH_UNREADABLE", what: expect.stringContaining("UTF-8") });
  } finally {
    await rm(folder, { recursive: true });
  }
}, 30_000);
