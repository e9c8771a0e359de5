import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const sources = ["core", "weights", "nodes", "cli"].map((name) => `packages/${name}/src`);

/** docs/design.md, section 5: what each room may import, said a second time so that a slip in the rule shows. */
const arrows: Record<string, string> = {
  error: "",
  schema: "error",
  graph: "schema error",
  path: "",
  platform: "error",
  limits: "platform error",
  media: "limits platform schema error",
  model: "limits schema error",
  decision: "model platform schema error",
  specialist: "decision model limits graph schema error",
  engine: "model path graph schema error",
  marks: "specialist model graph schema error",
  check: "marks engine specialist model platform graph schema error",
  draw: "graph schema error",
  file: "check specialist media limits graph schema error",
  journal: "engine media platform graph error",
  plan: "file check marks specialist model media graph schema error",
  host: "plan check journal marks engine specialist decision model media limits platform path graph schema error",
  interop: "host marks engine specialist model platform path graph schema error",
  testing: "interop host check engine journal specialist model graph schema error",
};
const rooms = Object.keys(arrows);

interface Cruised {
  readonly modules: readonly { readonly source: string; readonly dependencies: readonly object[] }[];
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[];
  };
}

/** What the gate says of a tree: the same command over the same configuration. */
async function cruise(tree: string): Promise<Cruised> {
  const bin = join(root, "node_modules/.bin/depcruise");
  const args = ["--config", ".dependency-cruiser.cjs", "--output-type", "json", ...sources];
  const { stdout } = await promisify(execFile)(bin, args, { cwd: tree, maxBuffer: 1e8 }).catch((failed) => failed);
  return JSON.parse(stdout);
}

let tree: string;
afterAll(() => rm(tree, { recursive: true, force: true }));

/** A tree of the project's shape: every room reaches for every other, as a value and as a type only. */
let found: Cruised;
beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), "rooms-"));
  for (const name of [".dependency-cruiser.cjs", "tsconfig.json", "tsconfig.base.json", "node_modules"])
    await symlink(join(root, name), join(tree, name));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), `${text}\n`);
  };
  for (const from of rooms) {
    await write(`packages/core/src/${from}/thing.ts`, "export const thing = 1; export type Thing = 1;");
    for (const to of rooms) {
      if (to === from) continue;
      await write(`packages/core/src/${from}/value-of-${to}.ts`, `import { thing } from "../${to}/thing.js"; export const own = thing;`);
      await write(`packages/core/src/${from}/type-of-${to}.ts`, `import type { Thing } from "../${to}/thing.js"; export type Own = Thing;`);
    }
  }
  await write("packages/nodes/src/index.ts", 'export { cli } from "../../cli/src/index.js";');
  await write("packages/cli/src/index.ts", "export const cli = 1;");
  await write("packages/weights/src/index.ts", 'export * from "../../core/src/graph/thing.js";');
  await write("packages/core/src/host/of-nodes.ts", 'export * from "../../../nodes/src/index.js";');
  await write("packages/core/src/host/of-langgraph.ts", 'import type { Graph } from "@langchain/langgraph"; export type Own = Graph;');
  await write(
    "packages/core/src/host/of-langchain.ts",
    'import { RunnableLambda } from "@langchain/core/runnables"; export const own = RunnableLambda;',
  );
  await write("packages/core/src/host/of-langchain-late.ts", 'export const own = () => import("@langchain/core/runnables");');
  await write("packages/core/src/graph/of-zod.ts", 'import { z } from "zod"; export const own = z;');
  await write("packages/core/src/graph/of-zod-types.ts", 'import type { z } from "zod"; export type Own = z.ZodType;');
  await write("packages/core/src/plan/round.ts", 'import { trip } from "./trip.js"; export const round = () => trip;');
  await write("packages/core/src/plan/trip.ts", 'import { round } from "./round.js"; export const trip = () => round;');
  found = await cruise(tree);
});

const refused = (path: string) => found.summary.violations.filter(({ from }) => from === `packages/${path}`).map(({ rule }) => rule.name);

test.each(rooms)("%s imports the rooms below it and no other, types included", (from) => {
  for (const to of rooms) {
    if (to === from) continue;
    const expected = arrows[from]!.split(" ").includes(to) ? [] : [`${from}-arrows`];
    for (const form of ["value", "type"]) expect(refused(`core/src/${from}/${form}-of-${to}.ts`), `${form} of ${to}`).toEqual(expected);
  }
});

test("a wrong arrow out of every room is caught", () => {
  expect(rooms.filter((room) => found.summary.violations.some(({ rule }) => rule.name === `${room}-arrows`))).toEqual(rooms);
});

test.each([
  ["core/src/host/of-nodes.ts", "core-alone"],
  ["nodes/src/index.ts", "nodes-below-cli"],
  ["weights/src/index.ts", "weights-are-data"],
  ["core/src/host/of-langgraph.ts", "langgraph-only-in-interop"],
  ["core/src/host/of-langchain.ts", "weight-when-used"],
  ["core/src/graph/of-zod.ts", "graph-imports-types-only"],
  ["core/src/plan/round.ts", "no-cycles"],
])("%s is refused: %s", (path, rule) => expect(refused(path)).toContain(rule));

test.each([
  ["the types of third parties", "core/src/graph/of-zod-types.ts"],
  ["third parties when they are used", "core/src/host/of-langchain-late.ts"],
])("core may name %s", (_, path) => expect(refused(path)).toEqual([]));

test("the project itself keeps to the arrows, all of it was looked at, and every folder of core is a room", async () => {
  const { modules, summary } = await cruise(root);
  expect(summary.violations).toEqual([]);
  const core = join(root, "packages/core/src");
  const known = new Set(modules.map(({ source }) => source));
  const files = (await readdir(core, { recursive: true })).filter((file) => file.endsWith(".ts"));
  expect(files.filter((file) => !known.has(`packages/core/src/${file}`))).toEqual([]);
  // A compiler that the cruiser cannot use leaves modules without dependencies, and every rule content.
  const reaching = new Set(modules.filter(({ dependencies }) => dependencies.length).map(({ source }) => source.split("/")[3]));
  expect([...reaching]).toEqual(expect.arrayContaining(rooms));
  const folders = (await readdir(core, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(folders.sort()).toEqual([...rooms].sort());
});

test("no function is over 80 lines", async () => {
  const long: string[] = [];
  for (const folder of sources) {
    for (const file of await readdir(join(root, folder), { recursive: true })) {
      if (!/\.[jt]s$/.test(file) || /\.(?:test|fixture)\.ts$/.test(file)) continue;
      const look = (node: ts.Node): void => {
        const lines = node.getText().split("\n").length;
        if (ts.isFunctionLike(node) && lines > 80) long.push(`${folder}/${file}: ${node.name?.getText() ?? "a function"} has ${lines}`);
        node.forEachChild(look);
      };
      look(ts.createSourceFile(file, await readFile(join(root, folder, file), "utf8"), ts.ScriptTarget.Latest, true));
    }
  }
  expect(long).toEqual([]);
});
