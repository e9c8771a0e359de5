import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundled } from "../scripts/browser.mjs";
import { compiled, install, megabytes, pack, project, ran, snippets } from "../scripts/packed.mjs";

const exec = promisify(execFile);
const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const scratch = mkdtempSync(join(tmpdir(), "troupe-packed-"));
let folder: string;

beforeAll(async () => {
  folder = await project(Object.values(await pack(scratch)));
}, 300_000);
afterAll(() => {
  for (const one of [scratch, folder]) rmSync(one, { recursive: true, force: true });
});

const node = (code: string, ...flags: string[]) => exec(process.execPath, [...flags, "-e", code], { cwd: folder });

describe("the packages, packed and installed in an empty project", () => {
  test("take less than 150 MB, without any model runtime", () => {
    expect(megabytes(folder)).toBeLessThan(150);
    for (const name of ["node-llama-cpp", "tesseract.js", "@langchain/openai"]) {
      expect(existsSync(join(folder, "node_modules", name)), name).toBe(false);
    }
  });

  test("carry the licence of what is bundled in them", () => {
    expect(existsSync(join(folder, "node_modules/@troupe/core/dist/zod.LICENSE"))).toBe(true);
  });

  const entries = ["graph", "engine", "check", "interop", "testing"].map((room) => `@troupe/core/${room}`);
  test.each(["@troupe/core", ...entries, "@troupe/weights", "@troupe/nodes", "@troupe/cli"])(
    "%s can be imported and required, and is the same",
    async (name) => {
      const { stdout, stderr } = await node(
        `const required = require("${name}"); import("${name}").then((imported) => console.log(required === imported || Object.keys(required).length))`,
      );
      expect({ stdout, stderr }).toEqual({ stdout: "true\n", stderr: "" });
    },
  );

  test("the schema of graph files is there for who asks, and what an entry shares with the whole is the same in both", async () => {
    const { stdout } = await node(
      `const { TroupeError, defineGraph, check, compile } = require("@troupe/core");
       const [graph, checks] = [require("@troupe/core/graph"), require("@troupe/core/check")];
       console.log(graph.TroupeError === TroupeError, graph.defineGraph === defineGraph, checks.check === check, graph.compile, require("@troupe/core/graph.schema.json").title)`,
    );
    expect(stdout).toMatch(/^true true true undefined \S/);
  });

  test("are bundled for Node without a warning", async () => {
    const contents = [...entries, "@troupe/core", "@troupe/nodes"].map((name, i) => `export * as a${i} from "${name}";`).join("");
    const { warnings } = await bundled(undefined, {
      ...{ platform: "node", stdin: { contents, resolveDir: folder, sourcefile: "entry.js" }, tsconfigRaw: "{}" },
      // What is not ours stays outside.
      plugins: [
        {
          name: "ours",
          setup: (one) => one.onResolve({ filter: /^[^.]/ }, ({ path }) => (path.startsWith("@troupe/") ? {} : { path, external: true })),
        },
      ],
    });
    expect(warnings.map(({ text }) => text)).toEqual([]);
  });

  const core = 'export { check, compile, defineGraph, END, memoryJournal, specialist } from "@troupe/core";';
  test.each([
    ["a graph", core, 355_000],
    [
      "a simulation",
      'export { resumeSimulated, scriptedModel, simulate } from "@troupe/core/testing"; export { transition } from "@troupe/core/engine"; export { defineGraph } from "@troupe/core/graph";',
      362_000,
    ],
    [
      "a graph and the browser's model",
      `${core} export { browserModel, decide } from "@troupe/nodes/browser"; export * from "zod";`,
      852_000,
    ],
  ])("a page with %s is bundled for a browser, without a module of Node's", async (_, contents, most) => {
    const { metafile, warnings } = await bundled(undefined, {
      stdin: { contents, resolveDir: folder, sourcefile: "entry.js" },
      tsconfigRaw: "{}",
    });
    expect(warnings).toEqual([]);
    expect(Object.keys(metafile.inputs).filter((file) => /@troupe\/\w+\/dist\/(?!browser)/.test(file))).toEqual([]);
    // What is loaded at the start, LangChain's parts not among it; docs/browser.md says how much it is.
    const entry = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint?.endsWith("entry.js"))!;
    const start = [entry[0], ...entry[1].imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => path)];
    const bytes = start.reduce((sum, name) => sum + metafile.outputs[name]!.bytes, 0);
    expect(bytes).toBeLessThan(most);
  });

  test.each([
    ["node-llama-cpp", 'model("llamacpp:/nowhere.gguf").load()'],
    ["node-llama-cpp", "defaultModels().embeddings.load()"],
    ["@langchain/openai", 'model("openai:gpt-4o@http://127.0.0.1:1/v1").load()'],
    ["tesseract.js", `compile(reads).invoke({ page: Buffer.from("${png}", "base64") })`],
  ])("say how to install %s where it is asked for: %s", async (name, ask) => {
    const { stdout } = await node(
      `import { compile, defineGraph, END, media } from "@troupe/core";
       import { defaultModels, model, readPage } from "@troupe/nodes";
       import { z } from "zod";
       const state = { page: media.page(), text: z.string(), confidence: z.number() };
       const reads = defineGraph({ name: "reads", state, input: ["page"], output: ["text"], nodes: { readPage }, start: "readPage", edges: { readPage: END } });
       await ${ask}.catch((error) => console.log(error.code, error.message));`,
      "--input-type=module",
    );
    expect(stdout).toMatch(/^PACKAGE_MISSING/);
    expect(stdout).toMatch(new RegExp(`npm install .*${name}@`));
  });

  test("troupe doctor tells of each optional package how to install it", async () => {
    const { stdout } = await exec(process.execPath, [join(folder, "node_modules/@troupe/cli/bin/troupe.js"), "doctor", "--json"], {
      cwd: folder,
    }).catch((error) => error);
    const found: { name: string; status: string; hint?: string }[] = JSON.parse(stdout);
    for (const name of ["node-llama-cpp", "tesseract.js", "@langchain/openai"]) {
      expect(found).toContainEqual(expect.objectContaining({ status: "absent", hint: expect.stringMatching(`npm install .*${name}@`) }));
    }
  });

  test("compile and run what the README and the guide show, as ES modules and as CommonJS", { timeout: 300_000 }, async () => {
    await install(folder, ["typescript@5.9.3", "@types/node@20"]);
    await ran(folder, await compiled(folder, snippets(), { names: ["NodeNext", "CommonJS"] }));
  });
});
