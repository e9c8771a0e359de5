import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Entry, fileJournal } from "@troupe/core";
import { expect, test } from "vitest";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const troupe = path("../../packages/cli/bin/troupe.js");

/** Every process under one, by id. */
function descendants(pid: number): number[] {
  const { stdout } = spawnSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" });
  const pairs = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (parent: number): number[] => pairs.filter(([, of]) => of === parent).flatMap(([id]) => [id, ...below(id)]);
  return below(pid);
}

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const counts = (entries: readonly Entry[], kind: string) => {
  const times: Record<string, number> = {};
  for (const entry of entries) if (entry.kind === kind && "at" in entry) times[entry.at] = (times[entry.at] ?? 0) + 1;
  return times;
};

test("killed in the middle, the printed command goes on: nothing finished is repeated, and no process is left", async () => {
  const folder = await mkdtemp(join(tmpdir(), "field-report-"));
  const journalFile = join(folder, "journal.db");
  const note = `note=@${path("inputs/note.txt")}`;
  const inputs = ["--input", `memo=${path("inputs/memo.wav")}`, "--input", `receipt=${path("inputs/receipt.png")}`, "--input", note];
  const run = spawn(process.execPath, [troupe, "run", path("report.ts"), ...inputs, "--json", "--journal", journalFile], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  run.stderr.on("data", (chunk) => {
    printed += chunk;
  });
  const under = new Set<number>();
  for await (const line of createInterface({ input: run.stdout })) {
    for (const pid of descendants(run.pid!)) under.add(pid);
    // The first task is done; at least the recording is still being heard, in a process of its own.
    if (JSON.parse(line).kind === "completed") break;
  }
  for (const pid of descendants(run.pid!)) under.add(pid);
  run.kill("SIGKILL");
  await once(run, "close");

  for (let waited = 0; [...under].some(alive) && waited < 10_000; waited += 100) await sleep(100);
  expect([...under].filter(alive)).toEqual([]);

  const journal = fileJournal(journalFile);
  const [thread] = await journal.threads();
  expect(thread!.status).toBe("interrupted");
  const before = await journal.read(thread!.thread);
  const finished = Object.keys(counts(before, "completed"));
  expect(finished.length).toBeGreaterThan(0);

  const command = /troupe (resume .*)/.exec(printed)![1]!.trim().split(/\s+/);
  const out = join(folder, "report.json");
  const resumed = spawnSync(process.execPath, [troupe, ...command, "--out", out], { encoding: "utf8", cwd: process.cwd() });
  expect(resumed.stderr).not.toContain("Error");
  expect(resumed.status).toBe(0);

  const after = await journal.read(thread!.thread);
  await journal.close();
  expect(after.slice(0, before.length)).toEqual(before);
  for (const at of finished) {
    expect([at, counts(after, "started")[at], counts(after, "completed")[at]]).toEqual([at, 1, 1]);
  }
  const { report } = JSON.parse(await readFile(out, "utf8"));
  const facts = JSON.parse(await readFile(path("inputs/facts.json"), "utf8"));
  expect(report.purchase).toMatchObject({ merchant: facts.receipt.merchant, date: facts.receipt.date, total: Number(facts.receipt.total) });
  expect(report.visit).toMatchObject({ site: facts.note.site, technician: facts.note.technician });
  await rm(folder, { recursive: true });
}, 600_000);
