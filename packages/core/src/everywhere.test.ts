import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundled, startBrowser } from "../../../scripts/browser.mjs";
import { sha256 as inBrowser } from "./platform/browser/sha256.js";
import { sha256 as inNode } from "./platform/node/sha256.js";

const fixture = fileURLToPath(new URL("everywhere.fixture.ts", import.meta.url));
const browser = await startBrowser();
const why = "why" in browser ? browser.why : undefined;
afterAll(async () => {
  if ("stop" in browser) await browser.stop();
});

const entries = ["everywhere", ...["graph", "engine", "check", "testing"].map((room) => `${room}/index`)];
test.each(entries)("%s, which is offered everywhere, can be bundled for a browser, and leans on no module of Node's", async (entry) => {
  // A module of Node's is nowhere to be found, which would be an error.
  const { metafile } = await bundled(fileURLToPath(new URL(`${entry}.ts`, import.meta.url)));
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports);
  expect(imported.filter(({ external }) => external)).toEqual([]);
  expect(Object.keys(metafile.inputs).filter((file) => file.includes("platform/node/"))).toEqual([]);
});

test("a text has the same hash in Node and in a browser", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => inBrowser(text) === inNode(text)));
  expect(inBrowser("\ud800")).toBe(inNode("\ud800"));
});

describe.skipIf(why)(`in Chromium${why ? ` (skipped: ${why})` : ""}`, () => {
  let run: <T>(what: string) => Promise<T>;
  let elsewhere: readonly string[];
  beforeAll(async () => {
    if (!("open" in browser)) return;
    const { files } = await bundled(fixture);
    const page = await browser.open({ ...files, "index.html": '<!doctype html><script type="module" src="entry.js"></script>' });
    elsewhere = page.elsewhere;
    await page.waitForFunction("globalThis.done");
    run = <T>(what: string) => page.evaluate<T>(`done.${what}()`);
  });

  test("a graph is checked and drawn", async () => {
    expect(await run("issues")).toEqual([]);
    expect(await run("drawn")).toContain("triage");
  });

  test("a graph runs with a chat model, is journalled in memory, tells its events and goes on from its journal", async () => {
    expect(await run("ran")).toEqual({
      output: { topic: "bug", line: ["about bug", "about bug"] },
      kinds: ["began", "started", "token", "completed", "ended"],
      calls: [{ model: "fake:list", calls: 1 }],
    });
  });

  test("a graph runs by the machine alone, whose records make the same state again", async () => {
    expect(await run("machine")).toEqual({ output: { topic: "bug", line: ["about bug", "about bug"] }, again: true });
  });

  test("a graph is simulated, with a scripted model, and goes on from the first records of that", async () => {
    const output = { topic: "bug", line: ["about bug", "about bug"] };
    expect(await run("simulated")).toEqual({ output, ms: 7_200_000, asked: 1, rest: output, restMs: 3_600_000 });
  });

  test("a graph is a Runnable of LangChain's", async () => {
    expect(await run("chained")).toEqual({ events: true, piped: 1 });
  });

  test("a run is aborted", async () => expect(await run("aborted")).toBe("ABORTED"));

  test.each([
    ["a graph with issues", "graph", "GRAPH_INVALID"],
    ["private data on its way to a model that is not local", "marks", "GRAPH_INVALID"],
    ["media, which are opened in Node only", "media", "NODE_ONLY"],
    ["LangChain's drawing, which is loaded in Node only", "drawing", "NODE_ONLY"],
  ])("%s: refused", async (_, what, code) => expect(await run(`refused.${what}`)).toBe(code));

  test("nothing was asked of any server but for the page's own files", () => expect(elsewhere).toEqual([]));
});
