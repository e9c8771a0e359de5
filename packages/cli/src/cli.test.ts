import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { bin, troupe } from "./fixtures/troupe.js";

// Each case starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000 });

const folder = () => mkdtempSync(join(tmpdir(), "troupe-cli-"));
const examples = resolve(import.meta.dirname, "../../../examples");
const fixture = (name: string) => join(import.meta.dirname, "fixtures", name);

describe("troupe", () => {
  it("tells its commands and exit codes, and what each command takes", async () => {
    const [help, version, run] = await Promise.all([troupe(["--help"]), troupe(["--version"]), troupe(["run", "--help"])]);
    expect(help.code).toBe(0);
    for (const word of ["run", "resume", "check", "draw", "plan", "models", "doctor", "130", "143"]) expect(help.out).toContain(word);
    expect(version.out).toMatch(/^\d+\.\d+\.\d+\n$/);
    for (const flag of ["--input", "--planner", "--journal", "--out", "--debug"]) expect(run.out).toContain(flag);
    expect(help.out + run.out).not.toContain("\u001b");
  });

  it("refuses what it does not know with exit code 2 and what was probably meant, without a stack", async () => {
    const cases: [string[], RegExp][] = [
      [["rum", "graph.ts"], /^COMMAND_UNKNOWN: .*\nDid you mean troupe run\?/],
      [["run", "graph.ts", "--modle", "x"], /^FLAG_UNKNOWN: .*\nDid you mean --model\?/],
      [["run"], /^ARGUMENT_MISSING: troupe run needs FILE/],
      [["run", "nowhere.ts"], /^FILE_MISSING: There is no such file \(.*nowhere\.ts\)/],
      [["run", `${fixture("relay.ts")}#realy`], /^EXPORT_UNKNOWN: .*\n.*#default/],
      [["run", fixture("relay.ts"), "--input", "log=x"], /^INPUT_MISSING: relay needs pause\nGive --input pause=JSON/],
      [["run", fixture("relay.ts"), "--input", "lgo=x"], /^INPUT_UNKNOWN: .*\nDid you mean log\?/],
      [["run", fixture("relay.ts"), "--input-file", "nowhere.json"], /^INPUT_UNREADABLE: /],
      [["run", fixture("relay.ts"), "--input", "log=x", "--input", "log=y"], /^INPUT_UNREADABLE: --input log is given twice\nGive it once/],
      [["run", fixture("relay.ts"), "--model", "a:b", "--model", "c:d"], /^FLAG_VALUE: --model is given twice, as a:b and as c:d/],
      [["run", fixture("relay.ts"), "--model", "a:b", "--bind", "default=c:d"], /^FLAG_VALUE: The role default is bound twice/],
      [["run", fixture("relay.ts"), "--timeout", "soon"], /^FLAG_VALUE: --timeout soon/],
      [["run", fixture("relay.ts"), "--input", "log=x", "--input", "pause=0", "--model", "nobody:x"], /^PROVIDER_UNKNOWN: /],
      [
        ["run", fixture("relay.ts"), "--input", "log=x", "--input", "pause=0", "--model", "opnai:gpt-4o"],
        /^PROVIDER_UNKNOWN: .*opnai.*--model.*\nDid you mean openai:gpt-4o\?/,
      ],
      [
        ["run", fixture("relay.ts"), "--input", "log=x", "--input", "pause=0", "--model", "openai:x@http://me:word@a.example"],
        /^MODEL_URL: /,
      ],
      [["resume", "relay-1"], /^THREAD_UNKNOWN: There is no journal/],
    ];
    const cwd = folder();
    const results = await Promise.all(cases.map(([args]) => troupe(args, { cwd })));
    for (const [i, { code, out, err }] of results.entries()) {
      expect(err).toMatch(cases[i]![1]);
      expect(err).not.toMatch(/^ +at /m);
      expect({ code, out }).toEqual({ code: 2, out: "" });
    }
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("tells whoever reads JSON what was wrong as JSON, beside the words on stderr", async () => {
    const cases = [
      ["rum", "graph.ts", "--json"],
      ["run", "--json"],
      ["run", "nowhere.ts", "--json"],
      ["run", fixture("relay.ts"), "--input", "lgo=x", "--json"],
      ["resume", "relay-1", "--json"],
      ["threads", "--json"],
      ["check", "nowhere.yaml", "--json"],
      ["plan", "--modle", "x", "--json"],
    ];
    const cwd = folder();
    for (const { code, out, err } of await Promise.all(cases.map((args) => troupe(args, { cwd })))) {
      expect(code).toBe(2);
      const [told, ...more] = out.trim().split("\n");
      expect(more).toEqual([]);
      const { error, ...rest } = JSON.parse(told ?? "");
      expect(rest).toEqual({ kind: "ended", time: expect.any(Number) });
      expect(err).toContain(`${error.code}: ${error.message.split("\n")[0]}`);
    }
  });

  it("says where a file that cannot be loaded is broken, with its stack only for --debug", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "bad.ts"), 'export default defineGraph({ name: "x" });\n');
    const [short, long] = await Promise.all([troupe(["check", "bad.ts"], { cwd }), troupe(["check", "bad.ts", "--debug"], { cwd })]);
    expect(short).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^loads bad\.ts\nFILE_FAILED: .*defineGraph is not defined \(.*bad\.ts\)\n.*--debug/),
    });
    expect(short.err).not.toMatch(/^ +at /m);
    expect(long.err).toMatch(/caused by ReferenceError.*\n +at .*bad\.ts:1/);
  });

  it("says that it must be built first where it was not", async () => {
    const cwd = folder();
    copyFileSync(bin, join(cwd, "troupe.mjs"));
    const { spawnSync } = await import("node:child_process");
    const { status, stderr } = spawnSync(process.execPath, [join(cwd, "troupe.mjs")], { encoding: "utf8" });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^NOT_BUILT: .*\n.*npm run build/);
  });
});

describe("troupe check", () => {
  it("prints ten mistakes with their lines, and fails", async () => {
    const [text, json] = await Promise.all([
      troupe(["check", "graph.yaml"], { cwd: join(examples, "broken") }),
      troupe(["check", "graph.yaml", "--json"], { cwd: join(examples, "broken") }),
    ]);
    expect(text.code).toBe(1);
    const lines = text.out.trim().split("\n");
    expect(lines.at(-1)).toBe("✗ 10 issues");
    expect(lines.slice(0, -1)).toHaveLength(10);
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/^graph\.yaml:\d+: \S+: .*\[[a-z-]+\]$/);
    expect(json.code).toBe(1);
    expect(new Set(JSON.parse(json.out).map((issue: { code: string }) => issue.code)).size).toBe(10);
  });

  it("has nothing to say about a graph that is right", async () => {
    const [yaml, module] = await Promise.all([
      troupe(["check", join(examples, "broken/fixed.yaml")]),
      troupe(["check", fixture("relay.ts"), "--json"]),
    ]);
    expect(yaml).toMatchObject({ code: 0, err: expect.stringMatching(/^(loads .*\n)+$/), out: expect.stringMatching(/^✓ .*no issues\n$/) });
    expect(module).toMatchObject({ code: 0, err: expect.stringMatching(/^loads .*relay\.ts\n$/), out: "[]\n" });
  });
});

describe("troupe draw", () => {
  it("draws a graph as Mermaid or DOT, to stdout or a file, one with issues too", async () => {
    const cwd = folder();
    const [mermaid, dot, broken] = await Promise.all([
      troupe(["draw", fixture("relay.ts")]),
      troupe(["draw", fixture("relay.ts"), "--format", "dot", "--out", "relay.dot"], { cwd }),
      troupe(["draw", join(examples, "broken/graph.yaml")]),
    ]);
    expect(mermaid).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^loads .*relay\.ts\n$/),
      out: expect.stringMatching(/^flowchart [\s\S]*long/),
    });
    expect(dot).toMatchObject({ code: 0, out: "" });
    expect(readFileSync(join(cwd, "relay.dot"), "utf8")).toMatch(/^digraph [\s\S]*long/);
    expect(broken).toMatchObject({ code: 0, out: expect.stringContaining("flowchart"), err: expect.stringContaining("10 issues") });
  });
});

it("draws the flagship with the members of its team", async () => {
  const { code, out } = await troupe(["draw", join(examples, "field-report/report.ts")]);
  expect(code).toBe(0);
  for (const member of ["transcribe", "readPage", "summarize", "readReceipt", "readNote"])
    expect(out).toMatch(new RegExp(`desk_m_${member}\\("${member}"\\)`));
});

describe("troupe plan", () => {
  // The first to ask for the embedding model fetches it.
  it("shows how a team would split its work and does none of it", { timeout: 600_000 }, async () => {
    const cwd = folder();
    const [text, json] = await Promise.all([
      troupe(["plan", fixture("desk.ts")], { cwd }),
      troupe(["plan", fixture("desk.ts"), "--json"], { cwd }),
    ]);
    expect(text).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^plan desk by typed, 2 tasks\n {2}t1 +count +text = input\.letter\n/),
    });
    expect(JSON.parse(json.out)).toMatchObject({ by: "typed", plan: { tasks: [{ member: "count" }, { member: "grade" }] } });
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("says which team is meant where there is none or another", async () => {
    const [none, other] = await Promise.all([troupe(["plan", fixture("relay.ts")]), troupe(["plan", fixture("desk.ts"), "--team", "dsk"])]);
    expect(none).toMatchObject({ code: 2, err: expect.stringMatching(/^NO_TEAM: There is no team to plan for/) });
    expect(other).toMatchObject({ code: 2, err: expect.stringMatching(/^NO_TEAM: .*\nDid you mean desk\?/) });
  });
});

describe("troupe models and troupe doctor", () => {
  it("tell what is there and what to do about what is not, for people and for programs", async () => {
    const cwd = folder();
    // A machine without anything: no cache, no Python, no Go, nothing where Ollama would be.
    const env = { TROUPE_CACHE: join(cwd, "cache"), TROUPE_PYTHON: "no-such-python", OLLAMA_HOST: "127.0.0.1:9", PATH: "" };
    const [list, known, text, json] = await Promise.all([
      troupe(["models"], { env }),
      troupe(["models", "--json"], { env }),
      troupe(["doctor"], { cwd, env }),
      troupe(["doctor", "--json"], { cwd, env }),
    ]);
    expect(list.out).toMatch(/minilm {2}embeddings\n[\s\S]*not here; troupe models pull minilm/);
    expect(JSON.parse(known.out)).toContainEqual(expect.objectContaining({ name: "minilm", kind: "embeddings", path: null }));
    for (const name of ["Node", "Cores", "Memory", "Models", "Python", "Ollama", "Go", "Journal"]) expect(text.out).toContain(name);
    const findings: { name: string; status: string; hint?: string }[] = JSON.parse(json.out);
    const absent = findings.filter(({ status }) => status === "absent");
    expect(absent.map(({ name }) => name)).toEqual(["Models", "Python", "Ollama", "Go"]);
    for (const { hint } of absent) expect(hint).toBeTruthy();
    expect(json.code).toBe(0);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("fail where no model could be kept", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "file"), "");
    for (const cache of [join(cwd, "file", "cache"), ...(process.platform === "linux" ? ["/proc/x"] : [])]) {
      const { code, out } = await troupe(["doctor"], { cwd, env: { TROUPE_CACHE: cache } });
      expect([code, out]).toEqual([1, expect.stringMatching(/✗ Models .*cannot be written to \(\w+\)\n.*TROUPE_CACHE/)]);
    }
    expect(readdirSync(cwd)).toEqual(["file"]);
  });

  it("fails where a run could not be journalled", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "notes.db"), "not a journal at all, but something of mine\n".repeat(200));
    const [{ code, out }, run] = await Promise.all([
      troupe(["doctor", "--journal", "notes.db"], { cwd }),
      troupe(["run", fixture("desk.ts"), "--input", "letter=a", "--journal", "notes.db"], { cwd }),
    ]);
    expect(code).toBe(1);
    expect(run).toMatchObject({ code: 1, err: expect.stringMatching(/^JOURNAL_UNREADABLE: [^\n]*\n[^\n]*\n$/) });
    expect(out).toMatch(/✗ Journal {2}.*notes\.db: The journal cannot be opened/);
  });

  it("keeps a model that is given as a file, under a name of its own, and refuses what is none", async () => {
    const cwd = folder();
    const env = { TROUPE_CACHE: join(cwd, "cache") };
    writeFileSync(join(cwd, "bad.gguf"), "GGUF, or so it says");
    const bad = await troupe(["models", "pull", "mine", "--path", "bad.gguf"], { cwd, env });
    expect(bad.code).toBe(1);
    expect(bad.err).toMatch(/^MODEL_UNREACHABLE: .*mine[\s\S]*path: /);
    expect(bad.err).not.toMatch(/^ +at /m);
  });
});
