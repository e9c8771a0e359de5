import { copyFileSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { bin, troupe } from "./fixtures/troupe.js";

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
      [["run", fixture("relay.ts"), "--timeout", "soon"], /^FLAG_VALUE: --timeout soon/],
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

  it("says where a file that cannot be loaded is broken, with its stack only for --debug", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "bad.ts"), 'export default defineGraph({ name: "x" });\n');
    const [short, long] = await Promise.all([troupe(["check", "bad.ts"], { cwd }), troupe(["check", "bad.ts", "--debug"], { cwd })]);
    expect(short).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^FILE_FAILED: .*defineGraph is not defined \(.*bad\.ts\)\n.*--debug/),
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
    expect(yaml).toMatchObject({ code: 0, err: "", out: expect.stringMatching(/^✓ .*no issues\n$/) });
    expect(module).toMatchObject({ code: 0, err: "", out: "[]\n" });
  });
});
