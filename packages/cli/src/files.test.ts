import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { oneSpecialist, project, zod } from "./fixtures/project.js";
import { troupe } from "./fixtures/troupe.js";

// Each case starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000 });

const one = oneSpecialist("{}", "{ done: z.string() }", '() => ({ done: "indeed" })');

describe("FILE", () => {
  it("that is a folder is said to be one, with the graphs in it", async () => {
    const cwd = project({ "graphs/desk.ts": one, "graphs/flow.yaml": "name: x", "graphs/notes.txt": "", "empty/x.txt": "" });
    const [some, none] = await Promise.all([troupe(["run", "graphs"], { cwd }), troupe(["check", "empty"], { cwd })]);
    expect(some).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^FILE_MISSING: That is a folder, not a file \(.*graphs\)\n.*desk\.ts.*flow\.yaml/),
    });
    expect(some.err).not.toContain("notes.txt");
    expect(none).toMatchObject({ code: 2, err: expect.stringMatching(/^FILE_MISSING: That is a folder/) });
  });

  it("that is a text, or of any other kind, is said to be no graph, and how it is handed over", async () => {
    const cwd = project({ "letter.txt": "Dear sir, thank you for your letter.", LETTER: "Dear sir" });
    for (const command of ["run", "check", "draw", "plan", "mcp"])
      expect(await troupe([command, "letter.txt"], { cwd })).toMatchObject({
        code: 2,
        out: "",
        err: expect.stringMatching(/^GRAPH_UNREADABLE: letter\.txt is no graph: .*\.txt.*\(.*letter\.txt\)\n.*--input FIELD=@letter\.txt/),
      });
    expect((await troupe(["run", "LETTER"], { cwd })).err).toMatch(/^GRAPH_UNREADABLE: LETTER is no graph: its name ends in nothing/);
  });

  it("may have spaces and # in its name, and so may the modules that a graph in YAML names", async () => {
    const graph = (use: string) =>
      `name: g\nstate: { done: string }\noutput: [done]\nnodes: { a: ${JSON.stringify(use)} }\nstart: a\nedges: { a: end }\n`;
    const cwd = project({
      "my graphs/one #1.mjs": one,
      "my graphs/named#one.mjs": one.replace("export default", "export const two ="),
      "my graphs/plain.yaml": graph("./one #1.mjs"),
      "my graphs/default.yaml": graph("./one #1.mjs#default"),
      "my graphs/a #2.yaml": graph("./named#one.mjs#two"),
    });
    const files = ["one #1.mjs", "one #1.mjs#default", "named#one.mjs#two", "plain.yaml", "default.yaml", "a #2.yaml"];
    for (const file of files) {
      const { code, out, err } = await troupe(["run", `my graphs/${file}`], { cwd });
      expect({ file, code, out, err }).toMatchObject({ code: 0, out: "done: indeed\n" });
    }
  });
});

describe("--out and --save", () => {
  it("are refused before the work where they lead to a folder, to what is there, or to nowhere", async () => {
    const cwd = project({ "one.mjs": one, "there/x.json": "{}" });
    for (const line of [
      ["run", "one.mjs", "--out", "there"],
      ["draw", "one.mjs", "--out", "there"],
      ["train", "there/x.json", "--out", "there"],
    ]) {
      const { code, out, err } = await troupe(line, { cwd });
      expect({ line, code, out, err }).toMatchObject({
        code: 2,
        out: "",
        err: expect.stringMatching(/^FLAG_VALUE: The output .*: it is a folder/),
      });
    }
    for (const [save, why] of [
      ["there/x.json", "The file is there already"],
      ["plan.txt", "A plan is saved as .json or .ts"],
      ["nowhere/x.json", "There is no such folder"],
    ] as const)
      expect(await troupe(["plan", "one.mjs", "--save", save], { cwd })).toMatchObject({ code: 2, err: expect.stringContaining(why) });
  });
});

describe("--out", () => {
  it("is never written over a file that the command reads, whatever the file is called", async () => {
    const files = {
      "one.mjs": oneSpecialist("{ text: z.string() }", "{ done: z.string() }", "({ text }) => ({ done: text })"),
      "examples.jsonl": '{"text":"Where can I park?","label":"parking"}\n',
      "input.json": '{"text":"hello"}',
      "note.txt": "hello",
    };
    const cwd = project(files);
    symlinkSync("examples.jsonl", join(cwd, "linked.jsonl"));
    for (const line of [
      ["train", "examples.jsonl", "--out", "examples.jsonl"],
      ["train", "examples.jsonl", "--out", "linked.jsonl"],
      ["draw", "one.mjs", "--out", "one.mjs"],
      ["run", "one.mjs#default", "--input", "text=hello", "--out", "one.mjs"],
      ["run", "one.mjs", "--input-file", "input.json", "--out", "./input.json"],
      ["run", "one.mjs", "--input", "text=@note.txt", "--out", "note.txt"],
    ]) {
      const { code, out, err } = await troupe(line, { cwd });
      expect({ line, code, out, err }).toMatchObject({ code: 2, out: "", err: expect.stringMatching(/^FLAG_VALUE: .*reads it/) });
    }
    for (const [name, text] of Object.entries(files)) expect(readFileSync(join(cwd, name), "utf8")).toBe(text);
    // What an earlier run wrote is written anew.
    for (const _ of [1, 2])
      expect(await troupe(["run", "one.mjs", "--input", "text=hello", "--out", "done.json"], { cwd })).toMatchObject({ code: 0 });
    expect((await troupe(["run", "one.mjs", "--input", "text=hello", "--out", ".troupe/journal.db"], { cwd })).err).toMatch(/^FLAG_VALUE/);
  });
});

describe("troupe plan", () => {
  it("of a team that does what it is asked asks for the words, before any model is loaded", async () => {
    const till = `import { specialist, team } from "@troupe/core";
      import { z } from ${JSON.stringify(zod)};
      const convert = specialist({ name: "convert", does: "Converts dollars into euros", input: z.object({ amount: z.number() }), output: z.object({ euros: z.number() }), run: ({ amount }) => ({ euros: 2 * amount }) });
      export default team({ name: "till", does: "Answers requests", members: [convert], input: z.object({ request: z.string() }), output: z.looseObject({}), request: "request" });`;
    const { code, out, err } = await troupe(["plan", "till.mjs"], { cwd: project({ "till.mjs": till }) });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^INPUT_MISSING: till does what it is asked in words, and is asked nothing\n.*--request/);
  });
});

describe("a command of two words", () => {
  it("is guessed like any other", async () => {
    for (const [line, meant] of [
      [["models", "pul", "minilm"], "models pull"],
      [["model", "pull", "minilm"], "models pull"],
      [["pull", "minilm"], "models pull"],
      [["model"], "models"],
    ] as const) {
      const { code, err } = await troupe(line);
      expect({ line, code, err }).toMatchObject({ code: 2, err: expect.stringContaining(`Did you mean troupe ${meant}?`) });
      expect(err).toMatch(/^COMMAND_UNKNOWN: There is no command /);
    }
    expect((await troupe(["models", "minilm"])).err).toMatch(/^ARGUMENT_EXTRA|^COMMAND_UNKNOWN/);
  });
});
