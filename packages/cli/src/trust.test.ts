import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Entry, fileJournal } from "@troupe/core";
import { describe, expect, it, vi } from "vitest";
import { oneSpecialist, project } from "./fixtures/project.js";
import { troupe, troupeOnTerminal } from "./fixtures/troupe.js";

// Each case starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000 });

/** Fails once, then is done; each time it is loaded it leaves a line. */
const marked = (mark: string) =>
  oneSpecialist(
    "{}",
    "{ done: z.string() }",
    `() => { if (!existsSync("tried")) { writeFileSync("tried", ""); throw new Error("not yet"); } return { done: "indeed" }; }`,
    `import { appendFileSync, existsSync, writeFileSync } from "node:fs"; appendFileSync(${JSON.stringify(mark)}, "loaded\\n");`,
  );

describe("a journal that names a module outside the working directory", () => {
  async function planted() {
    const outside = project();
    const mark = join(outside, "mark");
    const { writeFileSync, rmSync } = await import("node:fs");
    writeFileSync(join(outside, "one.mjs"), marked(mark));
    const cwd = project();
    const begun = await troupe(["run", join(outside, "one.mjs"), "--thread", "t"], { cwd });
    expect(begun.code).toBe(1);
    rmSync(mark);
    return { cwd, outside, mark, begun };
  }

  it("does not have it loaded, unless a flag says so; who ran it is given the flag with the command", async () => {
    const { cwd, outside, mark, begun } = await planted();
    const refused = await troupe(["resume", "t"], { cwd });
    expect(refused).toMatchObject({ code: 2, out: "", err: expect.stringMatching(/^MODULE_UNTRUSTED: .*one\.mjs[\s\S]*--trust modules=/) });
    expect(existsSync(mark)).toBe(false);
    const elsewhere = await troupe(["resume", "t", "--trust", `modules=${join(outside, "deeper")}`], { cwd });
    expect(elsewhere.code).toBe(2);
    expect(existsSync(mark)).toBe(false);
    const command = / (resume t .*)\n/.exec(begun.err)![1]!.split(" ");
    expect(await troupe(command, { cwd })).toMatchObject({ code: 0, out: "done: indeed\n" });
    expect(existsSync(mark)).toBe(true);
    expect((await troupe(["resume", "t", "--trust", `modules=${outside}`], { cwd })).code).toBe(0);
  });

  it("and says of it what no run leaves, is not believed", async () => {
    const { cwd, mark } = await planted();
    const journal = fileJournal(join(cwd, ".troupe/journal.db"));
    const [{ thread: _, run: __, seq: ___, time: ____, ...began }] = (await journal.read("t")) as [Entry & { kind: "began"; meta: object }];
    for (const [thread, other] of [
      ["export", { export: { a: 1 } }],
      ["model", { models: { default: 7 } }],
      ["models", { models: "all" }],
    ] as const) {
      const hold = await journal.hold(thread);
      await hold.append(1, [{ ...began, meta: { ...began.meta, ...other } }]);
      await hold.release();
    }
    await journal.close();
    for (const thread of ["export", "model", "models"]) {
      const { code, err } = await troupe(["resume", thread], { cwd });
      expect({ code, err }).toMatchObject({ code: 2, err: expect.stringMatching(/^THREAD_UNKNOWN: /) });
    }
    expect(existsSync(mark)).toBe(false);
  });

  it("has a person asked on a terminal", async () => {
    const { cwd, mark } = await planted();
    const no = troupeOnTerminal(["resume", "t"], { cwd });
    await no.said("[y/N]");
    no.child.stdin!.write("\r");
    expect((await no).code).toBe(2);
    expect(existsSync(mark)).toBe(false);
    const yes = troupeOnTerminal(["resume", "t"], { cwd });
    await yes.said("[y/N]");
    yes.child.stdin!.write("y\r");
    const { code, out } = await yes;
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("done: indeed") });
  });
});

describe("--trust", () => {
  it("names modules that a graph file may have beside its own, hosts and folders", async () => {
    const cwd = project({
      "shared/one.mjs": oneSpecialist(
        "{}",
        "{ trusted: z.any() }",
        "(_, { trust }) => ({ trusted: { hosts: trust.hosts, folders: trust.folders } })",
      ),
      "graphs/graph.yaml":
        'name: g\nstate: { trusted: any }\noutput: [trusted]\nnodes: { a: "../shared/one.mjs" }\nstart: a\nedges: { a: end }\n',
    });
    const refused = await troupe(["check", "graphs/graph.yaml"], { cwd });
    expect(refused).toMatchObject({ code: 1, out: expect.stringContaining("[module-untrusted]") });
    const flags = ["--trust", "modules=shared", "--trust", "hosts=files.internal", "--trust", "hosts=*", "--trust", "folders=media"];
    expect(await troupe(["check", "graphs/graph.yaml", "--trust", "modules=shared"], { cwd })).toMatchObject({ code: 0 });
    expect(await troupe(["draw", "graphs/graph.yaml", "--trust", "modules=shared"], { cwd })).toMatchObject({ code: 0 });
    const { code, out } = await troupe(["run", "graphs/graph.yaml", ...flags], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(out.replace("trusted:", ""))).toEqual({ hosts: ["*", "files.internal"], folders: [cwd, join(cwd, "media")] });
  });

  it("is told what is wrong with what it was given", async () => {
    const cwd = project({ "one.mjs": oneSpecialist("{}", "{}", "() => ({})") });
    for (const [wrong, says] of [
      ["everything", /^FLAG_VALUE: --trust everything /],
      ["module=x", /^FLAG_VALUE: --trust module=x .*\n.*modules/],
      ["hosts=https://x.org/", /^OPTION_INVALID: trust\.hosts/],
    ] as const) {
      const { code, err } = await troupe(["run", "one.mjs", "--trust", wrong], { cwd });
      expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(says) });
    }
  });

  it("goes without saying for a medium that was typed, not for one that a file names", async () => {
    const elsewhere = project({ "note.txt": "Hello" });
    const doc = join(elsewhere, "note.txt");
    const cwd = project({
      "one.mjs": `import { readFileSync } from "node:fs";
import { media, specialist } from "@troupe/core";
import { z } from ${JSON.stringify(import.meta.resolve("zod"))};

export default specialist({ name: "one", does: "x", input: z.object({ doc: media.file() }), output: z.object({ text: z.string() }), run: ({ doc }) => ({ text: readFileSync(doc.path, "utf8") }) });`,
      "input.json": JSON.stringify({ doc }),
    });
    const run = (...more: string[]) => troupe(["run", "one.mjs", ...more], { cwd });
    expect(await run("--input", `doc=${doc}`)).toMatchObject({ code: 0, out: "text: Hello\n" });
    expect(await run("--input-file", "input.json")).toMatchObject({ code: 1, err: expect.stringMatching(/^MEDIA_UNTRUSTED: /m) });
    expect(await run("--input-file", "input.json", "--trust", `folders=${elsewhere}`)).toMatchObject({ code: 0, out: "text: Hello\n" });
  });
});

describe("troupe check and troupe draw", () => {
  it("say what they will load before it is loaded", async () => {
    const cwd = project({
      "one.mjs": oneSpecialist("{}", "{}", "() => ({})", 'console.log("one speaks");'),
      "graph.yaml": 'name: g\nstate: {}\nnodes: { a: "./one.mjs" }\nstart: a\nedges: { a: end }\n',
      "troupe.config.mjs": 'console.log("config speaks"); export default {};',
    });
    for (const args of [
      ["check", "one.mjs"],
      ["draw", "one.mjs"],
      ["check", "graph.yaml"],
      ["draw", "graph.yaml"],
    ]) {
      const { code, err } = await troupe(args, { cwd });
      expect({ code, err }).toEqual({
        code: 0,
        err: expect.stringMatching(/^loads troupe\.config\.mjs\nconfig speaks\nloads one\.mjs\none speaks\n/),
      });
    }
  });
});

describe("an address in the input", () => {
  it("is fetched by the run, from a host that is trusted, and else refused", async () => {
    const png = await readFile(new URL("../../../examples/field-report/inputs/receipt.png", import.meta.url));
    const server = createServer((_, response) => void response.end(png));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      const run = "({ page }) => ({ type: page.type })";
      const cwd = project({
        "one.mjs": oneSpecialist("{ page: media.page() }", "{ type: z.string() }", run, 'import { media } from "@troupe/core";'),
      });
      const line = ["run", "one.mjs", "--input", `page=http://${host}/x.png`];
      expect(await troupe([...line, "--trust", `hosts=${host}`], { cwd })).toMatchObject({ code: 0, out: "type: image/png\n" });
      expect(await troupe(line, { cwd })).toMatchObject({ code: 1, err: expect.stringMatching(/^MEDIA_UNTRUSTED: .*field page/m) });
      const data = await troupe(["run", "one.mjs", "--input", `page=data:image/png;base64,${png.toString("base64")}`], { cwd });
      expect(data).toMatchObject({ code: 0, out: "type: image/png\n" });
    } finally {
      server.close();
    }
  });
});

describe("what was compiled of modules", () => {
  const code = `import { word } from "./word.ts"; export { default } from "./two.ts"; word satisfies string;`;
  const files = { "one.ts": code, "word.ts": "export const word: string = 'x';", "two.ts": oneSpecialist("{}", "{}", "() => ({})") };

  it("is kept in the user's own cache, which nobody else can read or write, and in no temporary folder", async () => {
    const cwd = project(files);
    for (const name of ["tmp", "cache"]) mkdirSync(join(cwd, name));
    const env = { TMPDIR: join(cwd, "tmp"), TROUPE_CACHE: join(cwd, "cache") };
    expect((await troupe(["check", "one.ts"], { cwd, env })).code).toBe(0);
    expect(readdirSync(join(cwd, "tmp"))).toEqual([]);
    expect(readdirSync(join(cwd, "cache/modules")).length).toBeGreaterThan(0);
    expect(statSync(join(cwd, "cache/modules")).mode & 0o777).toBe(0o700);
  });

  it("is not kept where there is no such place", async () => {
    const cwd = project({ ...files, cache: "a file" });
    mkdirSync(join(cwd, "tmp"));
    const env = { TMPDIR: join(cwd, "tmp"), TROUPE_CACHE: join(cwd, "cache") };
    expect((await troupe(["check", "one.ts"], { cwd, env })).code).toBe(0);
    expect(readdirSync(join(cwd, "tmp"))).toEqual([]);
  });
});
