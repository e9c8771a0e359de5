import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { oneSpecialist, project, zod } from "./fixtures/project.js";
import { bin, troupe } from "./fixtures/troupe.js";

// Each case starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000 });

/** Moves the cursor, names the window, paints; in seven and in eight bits. */
const escapes = "\\u001b[2J\\u001b]0;owned\\u0007\\u009b31m\\u009d0;owned\\u009c\\u202e";
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const speaks = `console.log("module speaks${escapes}"); process.stdout.write("module writes\\n"); console.error("module complains");`;
const loud = oneSpecialist(
  "{ text: z.string() }",
  "{ said: z.string() }",
  `({ text }) => { console.log("run speaks${escapes}"); process.stdout.write("run writes"); return { said: text + "${escapes}" }; }`,
  speaks,
);

describe("stdout", () => {
  it("has the result of a run alone; all else goes to stderr", async () => {
    const cwd = project({ "loud.mjs": loud });
    const { code, out, err } = await troupe(["run", "loud.mjs", "--input", "text=hello"], { cwd });
    expect({ code, out }).toEqual({ code: 0, out: "said: hello\n" });
    for (const word of ["module speaks", "module writes", "module complains", "run speaks", "run writes", "thread one-", "> one", "✓ one"])
      expect(err).toContain(word);
  });

  it("has a drawing, issues, a plan or events and nothing that a module prints", async () => {
    const desk = readFileSync(join(import.meta.dirname, "fixtures/desk.ts"), "utf8").replace('"zod"', JSON.stringify(zod));
    const cwd = project({ "loud.mjs": loud, "desk.ts": `${desk}\n${speaks}` });
    const [draw, check, plan, run] = await Promise.all([
      troupe(["draw", "loud.mjs"], { cwd }),
      troupe(["check", "loud.mjs", "--json"], { cwd }),
      troupe(["plan", "desk.ts", "--embeddings", "openai:none@http://127.0.0.1:9/v1", "--json"], { cwd }),
      troupe(["run", "loud.mjs", "--input", "text=hello", "--json"], { cwd }),
    ]);
    expect(draw.out).toMatch(/^flowchart TD\n/);
    expect(JSON.parse(check.out)).toEqual([]);
    for (const line of run.out.trim().split("\n")) expect(JSON.parse(line)).toHaveProperty("kind");
    for (const { out, err } of [draw, check, plan, run]) {
      expect(out).not.toContain("speaks");
      expect(out).not.toContain("writes");
      expect(err).toContain("module speaks");
    }
  });

  it("of a run ends with what ended it under --json, whatever that was", async () => {
    const cwd = project({
      "slow.mjs": oneSpecialist("{}", "{}", '() => new Promise(() => { console.log("at work"); setTimeout(() => {}, 60_000); })'),
      "sick.mjs": oneSpecialist("{}", "{}", '() => { throw new Error("sick"); }'),
    });
    const slow = troupe(["run", "slow.mjs", "--json"], { cwd });
    await slow.said("at work");
    slow.child.kill("SIGINT");
    const [stopped, failed] = await Promise.all([slow, troupe(["run", "sick.mjs", "--json"], { cwd })]);
    const last = ({ out }: { out: string }) => JSON.parse(out.trim().split("\n").at(-1)!);
    expect(stopped.code).toBe(130);
    expect(last(stopped)).toMatchObject({ kind: "ended", error: { code: "STOPPED", message: expect.stringContaining("SIGINT") } });
    expect(failed.code).toBe(1);
    expect(last(failed)).toMatchObject({ kind: "ended", error: { code: "SPECIALIST_FAILED" } });
  });
});

it.skipIf(!existsSync("/dev/full"))(
  "an output that cannot be written is said to be, and the run is kept; a full log is no reason to stop",
  async () => {
    const cwd = project({ "loud.mjs": loud });
    const full = openSync("/dev/full", "w");
    const run = async (stdio: ("pipe" | number)[]) => {
      const child = spawn(process.execPath, [bin, "run", "loud.mjs", "--input", "text=hello"], { cwd, stdio: ["ignore", ...stdio] });
      let said = "";
      for (const pipe of [child.stdout, child.stderr]) pipe?.on("data", (data) => (said += data));
      const [code] = await once(child, "close");
      return { code, said };
    };
    const [lost, quiet] = await Promise.all([run([full, "pipe"]), run(["pipe", full])]);
    closeSync(full);
    expect(lost.code).toBe(1);
    expect(lost.said).toMatch(/OUTPUT_UNWRITABLE: .*ENOSPC/);
    expect(lost.said).not.toContain("    at ");
    expect(quiet).toEqual({ code: 0, said: "said: hello\n" });
  },
);

it.skipIf(process.platform === "win32")("a working directory that was removed is named", async () => {
  const cwd = project({ "loud.mjs": loud });
  const command = `rm -r '${cwd}'; '${process.execPath}' '${bin}' check loud.mjs`;
  const child = spawn("sh", ["-c", command], { cwd, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (data) => (said += data));
  expect(await once(child, "close")).toEqual([1, null]);
  expect(said).toMatch(/^FOLDER_GONE: /);
});

describe("a terminal", () => {
  it("is not painted by what a file, a module or a run says", async () => {
    const named = `
import { defineGraph, END, specialist } from "@troupe/core";
import { z } from ${JSON.stringify(zod)};

const one = specialist({ name: "one${escapes}", does: "x", input: z.object({}), output: z.object({}), run: () => ({}) });
export default defineGraph({ name: "graph${escapes}", state: {}, input: [], output: [], nodes: { "n${escapes}": one }, start: "n${escapes}", edges: { "n${escapes}": END } });
`;
    const cwd = project({
      "loud.mjs": loud,
      "named.mjs": named,
      "sick.mjs": `throw new Error("sick${escapes}");`,
      "graph.yaml": `name: "g${escapes}"\nstate: { "f${escapes}": "string${escapes}" }\nnodes: { a: "./sick.mjs#x" }\nstart: a\nedges: { a: end }\n`,
    });
    const all = await Promise.all([
      troupe(["run", "loud.mjs", "--input", "text=hello"], { cwd }),
      troupe(["run", "loud.mjs", "--input", "text=hello", "--json"], { cwd }),
      troupe(["run", "named.mjs"], { cwd }),
      troupe(["draw", "named.mjs"], { cwd }),
      troupe(["draw", "named.mjs", "--format", "dot"], { cwd }),
      troupe(["check", "named.mjs"], { cwd }),
      troupe(["check", "sick.mjs"], { cwd }),
      troupe(["check", "sick.mjs", "--debug"], { cwd }),
      troupe(["check", "graph.yaml"], { cwd }),
      troupe(["check", "graph.yaml", "--json"], { cwd }),
    ]);
    for (const { out, err } of all) {
      expect(out).not.toMatch(control);
      expect(err).not.toMatch(control);
    }
    const ended = JSON.parse(all[1]!.out.trim().split("\n").at(-1)!);
    expect(ended.output.said).toBe(`hello${JSON.parse(`"${escapes}"`)}`);
  });
});
