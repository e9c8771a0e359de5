import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fileJournal } from "@troupe/core";
import { describe, expect, it, vi } from "vitest";
import { zod } from "./fixtures/project.js";
import { troupe, troupeOnTerminal } from "./fixtures/troupe.js";

// Each case starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000 });

const relay = join(import.meta.dirname, "fixtures/relay.ts");
/** Goes on with it from another folder than the fixture's. */
const resume = ["resume", "race", "--trust", `modules=${relay}`];

/** A place for one run: its journal and the file in which its specialists say that they worked. */
function place() {
  const cwd = mkdtempSync(join(tmpdir(), "troupe-run-"));
  const log = join(cwd, "log");
  return {
    cwd,
    run: (pause: number, ...more: string[]) => [
      "run",
      relay,
      "--input",
      `log=${log}`,
      "--input",
      `pause=${pause}`,
      "--thread",
      "race",
      ...more,
    ],
    worked: () => readFileSync(log, "utf8").trim().split("\n"),
  };
}

const ends = ["end first", "end last", "end left", "end long", "end right"];
const finished = (worked: string[]) => worked.filter((line) => line.startsWith("end")).sort();

describe("troupe run", () => {
  it("runs a graph in plain lines where there is no terminal: thread, resume command, what happened, ledger, output", async () => {
    const { cwd, run } = place();
    const { code, out, err } = await troupe(run(10, "--out", "out.json"), { cwd });
    expect(code).toBe(0);
    expect(err).toMatch(/^thread race of relay.*\n {2}\S.* resume race --trust modules=\S+\n/);
    expect(err).toContain("> first");
    expect(err).toMatch(/^✓ long {2}\d/m);
    expect(err).toMatch(/^occurrence +specialist +time +energy\n/m);
    expect(out).toMatch(/^legs:\n/);
    expect(out + err).not.toContain("\u001b");
    expect(JSON.parse(readFileSync(join(cwd, "out.json"), "utf8"))).toEqual({ legs: ["first", "left", "right", "long", "last"] });
    expect(existsSync(join(cwd, ".troupe/journal.db"))).toBe(true);
  });

  it("tells events as JSON lines on stdout alone", async () => {
    const { cwd, run } = place();
    const { code, out, err } = await troupe(run(10, "--json"), { cwd });
    const events = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(err).toMatch(/ resume race --trust modules=\S+\n/);
    expect(events[0]).toMatchObject({ kind: "began", thread: "race", meta: { file: relay, export: "default" } });
    expect(events.at(-1)).toMatchObject({ kind: "ended", output: { legs: expect.any(Array) } });
    expect(events.at(-2)).toMatchObject({
      kind: "ledger",
      thread: "race",
      lines: expect.any(Array),
      energy: { cpuMs: expect.any(Number) },
    });
    expect(events.filter(({ kind }) => kind === "completed")).toHaveLength(5);
    expect(events.some(({ kind }) => kind === "progress")).toBe(true);
  });

  it("draws a live tree on a terminal, however narrow, and no colours under NO_COLOR", async () => {
    const { cwd, run } = place();
    const [wide, narrow] = await Promise.all([
      troupeOnTerminal(run(400), { cwd }),
      troupeOnTerminal(place().run(300), { cwd: place().cwd, columns: 24 }),
    ]);
    expect(wide.code).toBe(0);
    // Drawn again and again: a running mark that turns, the cursor going up.
    expect(wide.out).toMatch(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏].* long .*leg long 50 %/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a cursor's way up
    expect(wide.out).toMatch(/\u001b\[\d*[AK]/);
    expect(narrow.code).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes
    const lines = narrow.out.replace(/\u001b\[[\d;?]*[A-Za-z]/g, "\n").split(/\r?\n/);
    expect(Math.max(...lines.filter((line) => /^[✓⠋-⠿]/.test(line)).map((line) => line.length))).toBeLessThan(24);
    const plain = place();
    const { out, err } = await troupe(plain.run(10), { cwd: plain.cwd, env: { NO_COLOR: "1", FORCE_COLOR: "1" } });
    expect(out + err).not.toContain("\u001b");
  });

  it("goes on when nobody reads any more", async () => {
    const { cwd, run, worked } = place();
    const running = troupe(run(200), { cwd });
    running.child.stdout!.destroy();
    running.child.stderr!.destroy();
    expect((await running).code).toBe(0);
    expect(finished(worked())).toEqual(ends);
  });

  it("keeps what a specialist prints out of the JSON", async () => {
    const { cwd } = place();
    writeSpecialist(cwd, '({ n }) => { console.log("to stdout?"); return { n: n + 1 }; }');
    const { code, out, err } = await troupe(["run", "one.mjs", "--input", "n=1", "--json"], { cwd });
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining("to stdout?") });
    expect(out).not.toContain("to stdout?");
    // A specialist runs as a graph of its own; its second `n` is the result.
    expect(JSON.parse(out.trim().split("\n").at(-1)!)).toMatchObject({ kind: "ended", output: { nResult: 2 } });
  });

  it("gives all that a team gives whose outputs its plans name", async () => {
    const { cwd } = place();
    writeFileSync(
      join(cwd, "till.mjs"),
      `import { specialist, team } from "@troupe/core";
      import { z } from ${JSON.stringify(zod)};
      const convert = specialist({ name: "convertCurrency", does: "Converts an amount of dollars into euros", input: z.object({ amount: z.number() }), output: z.object({ euros: z.number() }), run: ({ amount }) => ({ euros: 2 * amount }) });
      export default team({ name: "till", does: "Answers requests", members: [convert], input: z.object({ request: z.string() }), output: z.looseObject({}), request: "request" });`,
    );
    const { code, out, err } = await troupe(["run", "till.mjs", "--input", "request=Convert 20 dollars into euros", "--out", "out.json"], {
      cwd,
    });
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(out).toContain("euros");
    expect(JSON.parse(readFileSync(join(cwd, "out.json"), "utf8"))).toEqual({ answer: { euros: 40 } });
    const thread = /resume (\S+)/.exec(err)![1]!;
    expect((await troupe(["resume", thread], { cwd })).out).toContain("euros");
  });
});

describe("a program of one's own", () => {
  it("runs a graph as the command does, and what it began can be resumed by the command", async () => {
    const { cwd } = place();
    const jiti = join(dirname(fileURLToPath(import.meta.resolve("jiti/package.json"))), "lib/jiti-cli.mjs");
    const main = join(import.meta.dirname, "fixtures/main.ts");
    const program = spawnSync(process.execPath, [jiti, main, "log", "--thread", "race"], { cwd, encoding: "utf8" });
    expect(program).toMatchObject({ status: 0, stderr: expect.stringMatching(/ resume race --trust modules=\S+\n[\s\S]*✓ long/) });
    expect(program.stdout).toMatch(/^legs:\n[\s\S]*\nlegs: first,left,right,long,last\n$/);
    expect((await troupe([...resume, "--out", "out.json"], { cwd })).code).toBe(0);
    expect(JSON.parse(readFileSync(join(cwd, "out.json"), "utf8")).legs).toHaveLength(5);
  });
});

describe("a run that was stopped", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s ends cleanly and says how to go on", async (signal, code) => {
    const { cwd, run, worked } = place();
    const running = troupe(run(60_000), { cwd });
    await running.said("> long");
    running.child.kill(signal);
    const stopped = await running;
    expect(stopped).toMatchObject({ code, signal: null, out: "" });
    expect(stopped.err).toMatch(/– long .*cancelled/);
    expect(stopped.err).toMatch(/Stopped\. What was finished is kept\. Go on with:\n.* resume race --trust modules=\S+\n/);
    const entries = await readJournal(cwd);
    expect(entries.at(-1)).toMatchObject({ kind: "cancelled", at: "long" });
    expect(worked()).not.toContain("end long");
  });

  it("ends cleanly beside a library that would end the process itself on a signal", async () => {
    const { cwd } = place();
    const library =
      'process.on("SIGINT", function end() { if (process.listenerCount("SIGINT") > 1) return; process.off("SIGINT", end); process.kill(process.pid, "SIGINT"); })';
    writeSpecialist(cwd, `({ n }, { signal }) => new Promise(() => { ${library}; console.log("at work"); setTimeout(() => {}, 60_000); })`);
    const running = troupe(["run", "one.mjs", "--input", "n=1"], { cwd });
    await running.said("at work");
    running.child.kill("SIGINT");
    expect(await running).toMatchObject({ code: 130, signal: null, err: expect.stringContaining("Stopped.") });
  });

  it("by a second Ctrl-C is killed, however busy it is", async () => {
    const { cwd } = place();
    const busy = 'signal.addEventListener("abort", () => { writeSync(2, "never mind\\n"); for (;;); })';
    writeSpecialist(cwd, `({ n }, { signal }) => new Promise(() => { ${busy}; console.log("at work"); setTimeout(() => {}, 60_000); })`);
    const running = troupe(["run", "one.mjs", "--input", "n=1"], { cwd });
    await running.said("at work");
    running.child.kill("SIGINT");
    await running.said("never mind");
    running.child.kill("SIGINT");
    expect(await running).toMatchObject({ signal: "SIGINT" });
  });

  it("by kill -9 is resumed from the printed command: what is finished is not run again, the rest is", async () => {
    const { cwd, run, worked } = place();
    const running = troupe(run(1_500), { cwd });
    await running.said("> long");
    // The line tells the record; the specialist itself begins a moment later.
    await expect.poll(worked).toContain("begin long");
    running.child.kill("SIGKILL");
    const { err } = await running;
    expect(worked()).toEqual([
      "begin first",
      "end first",
      expect.any(String),
      expect.any(String),
      expect.any(String),
      expect.any(String),
      "begin long",
    ]);
    const printed = /^ {2}(?:npx troupe|troupe|node \S+) (resume race .*)$/m.exec(err)![1]!.split(" ");
    const resumed = await troupe(printed, { cwd });
    expect(resumed.code).toBe(0);
    expect(resumed.err).toContain("resumed: 3 of 4 were finished before and are not run again");
    expect(resumed.err).toContain("> long  long  attempt 2");
    expect(finished(worked())).toEqual(ends);
    const again = await troupe(printed, { cwd });
    expect(again.code).toBe(0);
    expect(again.out).toMatch(/^legs:\n/);
    expect(finished(worked())).toEqual(ends);
  });

  it("is resumed by one process at a time: the second is told so", async () => {
    const { cwd, run, worked } = place();
    const running = troupe(run(60_000), { cwd });
    await running.said("> long");
    running.child.kill("SIGKILL");
    await running;
    const first = troupe(resume, { cwd });
    await first.said("> long");
    const second = await troupe(resume, { cwd });
    expect(second.code).toBe(1);
    expect(second.err).toMatch(/^THREAD_BUSY: Thread race is being run already/);
    first.child.kill("SIGINT");
    expect((await first).code).toBe(130);
    expect(worked()).not.toContain("end long");
  });

  it("is not resumed with another graph: what differs is said", async () => {
    const { cwd, worked } = place();
    const text = readFileSync(relay, "utf8");
    const link = text.replace(/from "zod"/, `from ${JSON.stringify(import.meta.resolve("zod"))}`);
    writeFileSync(join(cwd, "relay.ts"), link);
    const running = troupe(["run", "relay.ts", "--input", "log=log", "--input", "pause=60000", "--thread", "race"], { cwd });
    await running.said("> long");
    running.child.kill("SIGKILL");
    await running;
    writeFileSync(
      join(cwd, "relay.ts"),
      link.replace('long: "last", last: END', "long: END, last: END").replace('right: "long"', 'right: "last"'),
    );
    const { code, err } = await troupe(["resume", "race"], { cwd });
    expect(code).toBe(1);
    expect(err).toMatch(/^GRAPH_CHANGED: .*long/);
    expect(worked()).not.toContain("end long");
  });
});

/** A specialist of plain JavaScript that takes a number and gives one. */
function writeSpecialist(cwd: string, run: string): void {
  const json = '{ type: "object", properties: { n: { type: "number" } }, required: ["n"] }';
  const schema = `{ "~standard": { version: 1, vendor: "x", validate: (value) => ({ value }), jsonSchema: { input: () => (${json}), output: () => (${json}) } } }`;
  writeFileSync(
    join(cwd, "one.mjs"),
    [
      'import { writeSync } from "node:fs";',
      'import { specialist } from "@troupe/core";',
      `const number = ${schema};`,
      `export const one = specialist({ name: "one", does: "Counts", input: number, output: number, run: ${run} });`,
    ].join("\n"),
  );
}

async function readJournal(cwd: string) {
  const journal = fileJournal(join(cwd, ".troupe/journal.db"));
  const entries = await journal.read("race");
  await journal.close();
  return entries;
}
