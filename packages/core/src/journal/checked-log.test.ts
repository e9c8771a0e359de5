import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunRecord } from "../engine/record.js";
import { fileJournal } from "./file.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-checked-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const done: RunRecord = { kind: "completed", at: "n", output: { text: "x".repeat(500) }, ms: 1, usage: [] };

test.runIf(process.platform === "linux")("locks on a journal's index outlive others in the process that open it", async () => {
  const file = join(folder, "locks.db");
  const locks = async () => {
    const { ino } = await stat(`${file}-shm`);
    const lines = (await readFile("/proc/locks", "utf8")).split("\n").map((line) => line.trim().split(/\s+/));
    return lines.filter(([, , , , pid, at]) => pid === String(process.pid) && at?.endsWith(`:${ino}`)).length;
  };
  const journal = fileJournal(file);
  await (await journal.hold("t")).append(1, [done]);
  expect(await locks()).toBe(1);
  // At once, too.
  const others = Array.from({ length: 4 }, () => fileJournal(file));
  await Promise.all(others.map((other) => other.read("t")));
  expect(await locks()).toBe(1);
  await Promise.all(others.map((other) => other.close()));
  expect(await locks()).toBe(1);
  await journal.close();
});

test("processes that each open a journal again and again while they write to it lose nothing", { timeout: 120_000 }, async () => {
  const file = join(folder, "many.db");
  const code = (thread: string) => `
    import { fileJournal } from ${JSON.stringify(new URL("../../dist/index.js", import.meta.url).href)};
    const until = Date.now() + 3000;
    const journal = fileJournal(${JSON.stringify(file)});
    const hold = await journal.hold("${thread}");
    let kept = 0;
    const write = async () => { for (; Date.now() < until; kept++) await hold.append(1, [${JSON.stringify(done)}]); };
    const open = async () => { while (Date.now() < until) { const other = fileJournal(${JSON.stringify(file)}); await other.read("none"); await other.close(); } };
    await Promise.all([write(), open()]);
    console.log(kept - (await journal.read("${thread}")).length);
    await journal.close();`;
  const ended = ["a", "b", "c"].map(async (thread) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", code(thread)], { stdio: ["ignore", "pipe", "inherit"] });
    let out = "";
    child.stdout.on("data", (data) => {
      out += data;
    });
    const [status, signal] = await once(child, "close");
    return { status, signal, out };
  });
  expect(await Promise.all(ended)).toEqual(Array.from({ length: 3 }, () => ({ status: 0, signal: null, out: "0\n" })));
});
