import { describe, expect, it, vi } from "vitest";
import { oneSpecialist, project } from "./fixtures/project.js";
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
