import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readGraph } from "./read-graph.js";

let root: string;
const at = (path: string) => join(root, path);

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "troupe-modules-")));
  const files: Record<string, string> = {
    "app/package.json": JSON.stringify({
      name: "own",
      dependencies: { pack: "1", "@team/pack": "1", fs: "1" },
      devDependencies: { dev: "1" },
    }),
    "app/graphs/desk.ts": "",
    "app/graphs/deep/more.ts": "",
    "app/outside.ts": "",
    "evil.ts": "",
    "app/node_modules/undeclared/index.js": "",
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), text);
  }
  await symlink(at("evil.ts"), at("app/graphs/link.ts"));
  await symlink(root, at("app/graphs/up"));
  await symlink(at("app/graphs/deep"), at("app/graphs/within"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** What reading a graph that names this module loads, and what it finds. */
async function reading(name: string, trust?: object) {
  const loaded: string[] = [];
  const text = JSON.stringify({
    name: "g",
    state: {},
    input: [],
    output: [],
    nodes: { a: `${name}#a` },
    start: "a",
    edges: { a: "end" },
  });
  const load = async (module: string) => {
    loaded.push(module);
    return {};
  };
  const { issues } = await readGraph({ text, file: at("app/graphs/g.json") }, { load, ...(trust ? { trust } : {}) } as any);
  return { loaded, untrusted: issues.filter(({ code }) => code === "module-untrusted") };
}

test.each([
  ["./desk.ts", "app/graphs/desk.ts"],
  ["./desk", "app/graphs/desk.ts"],
  ["./desk.js", "app/graphs/desk.ts"],
  ["./deep/../deep/more.ts", "app/graphs/deep/more.ts"],
  ["./within/more.ts", "app/graphs/within/more.ts"],
  ["./nowhere.ts", "app/graphs/nowhere.ts"],
])("%s lies beneath the file's folder and is loaded", async (name, path) => {
  expect(await reading(name)).toEqual({ loaded: [at(path)], untrusted: [] });
});

test.each(["pack", "pack/sub.js", "@team/pack", "@team/pack/a/b", "dev", "own"])(
  "the package %s is declared by the nearest package.json and is loaded",
  async (name) => {
    expect(await reading(name)).toEqual({ loaded: [name], untrusted: [] });
  },
);

test("an absolute path and a file URL beneath the folder are its own too", async () => {
  expect((await reading(at("app/graphs/desk.ts"))).loaded).toEqual([at("app/graphs/desk.ts")]);
  expect((await reading(String(pathToFileURL(at("app/graphs/desk.ts"))))).loaded).toEqual([at("app/graphs/desk.ts")]);
});

test.each([
  "data:text/javascript,export/**/const/**/a=1",
  "DATA:text/javascript,1",
  "http://127.0.0.1/x.js",
  "node:fs",
  "fs",
  "fs/promises",
  "../outside.ts",
  "./../outside.ts",
  "./deep/../../outside.ts",
  "..",
  ".",
  "./",
  "/",
  "./link.ts",
  "./link",
  "./link.js",
  "./up/evil.ts",
  "./up/nowhere.ts",
  "undeclared",
  "undeclared/index.js",
  "pack/../undeclared",
  "pack/../../outside.ts",
  "pack/%2e%2e/undeclared",
  "pack\\..\\undeclared",
  "@team",
  "@team/other",
  "~/x.ts",
  "file:///etc/passwd",
  "file://server/share/x.js",
])("%s is not loaded, and is an issue that says so", async (name) => {
  const { loaded, untrusted } = await reading(name);
  expect(loaded).toEqual([]);
  expect(untrusted).toMatchObject([
    { path: ["nodes", "a"], message: expect.stringContaining(name), hint: expect.stringContaining("trust") },
  ]);
});

test("more is loaded where it is trusted by name", async () => {
  expect((await reading("../outside.ts", { modules: [at("app")] })).loaded).toEqual([at("app/outside.ts")]);
  expect((await reading("./link.ts", { modules: [at("evil.ts")] })).loaded).toEqual([at("app/graphs/link.ts")]);
  expect((await reading("undeclared/index.js", { modules: ["undeclared"] })).loaded).toEqual(["undeclared/index.js"]);
  expect((await reading("node:path", { modules: ["node:path"] })).loaded).toEqual(["node:path"]);
  expect((await reading("undeclared/../pack", { modules: ["undeclared"] })).loaded).toEqual([]);
  expect((await reading("../outside.ts", { modules: [at("app/graphs")] })).loaded).toEqual([]);
});

test("without a package.json above, and in one that is none, no package is declared", async () => {
  const load = async () => ({});
  const text = JSON.stringify({ name: "g", state: {}, input: [], output: [], nodes: { a: "pack#a" }, start: "a", edges: { a: "end" } });
  await writeFile(at("package.json"), "no JSON");
  for (const file of [at("g.json"), "/g.json"])
    expect((await readGraph({ text, file }, { load })).issues.map(({ code }) => code)).toContain("module-untrusted");
});
