import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir, uptime } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileJournal } from "./file.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-log-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A journal of 20 records whose process killed itself, so that some of it is in the log only. */
async function killed(name: string): Promise<string> {
  const file = join(folder, name);
  const code = `
    import { fileJournal } from ${JSON.stringify(new URL("../../dist/index.js", import.meta.url).href)};
    const hold = await fileJournal(${JSON.stringify(file)}).hold("t");
    for (let i = 0; i < 20; i++) await hold.append(1, [{ kind: "completed", at: String(i), output: {}, ms: 0, usage: [] }]);
    process.kill(process.pid, "SIGKILL");`;
  await once(spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "ignore", "inherit"] }), "close");
  return file;
}

const length = async (file: string): Promise<number> => {
  const journal = fileJournal(file);
  return (await journal.read("t").finally(() => journal.close())).length;
};

test("a log that is whole is read to its end", async () => {
  expect(await length(await killed("whole.db"))).toBe(20);
});

test.each([
  ["cut", (log: string, size: number) => truncate(log, size - 3000)],
  ["gone", (log: string) => rm(log)],
  [
    "damaged at its head",
    async (log: string) => {
      const bytes = await readFile(log);
      bytes[9]! ^= 4;
      await writeFile(log, bytes);
    },
  ],
  [
    "damaged in its midst",
    async (log: string) => {
      const bytes = await readFile(log);
      bytes[Math.floor(bytes.length / 2)]! ^= 4;
      await writeFile(log, bytes);
    },
  ],
])("one that is %s is an error, until it is said to go on from what is left", async (name, damage) => {
  const file = await killed(`${name}.db`);
  await damage(`${file}-wal`, (await readFile(`${file}-wal`)).length);
  for (let i = 0; i < 2; i++)
    await expect(length(file)).rejects.toMatchObject({ code: "JOURNAL_BROKEN", what: expect.stringContaining(`${name}.db-wal`) });
  await rm(`${file}-shm`);
  expect(await length(file)).toBeLessThan(20);
});

test.each([
  ["cut between two commits", (log: string, size: number) => truncate(log, size - ((size - 32) % 1048) - 1048 * 4)],
  ["cut anywhere", (log: string, size: number) => truncate(log, size - 3000)],
  ["zeros at its end", async (log: string, size: number) => writeFile(log, (await readFile(log)).fill(0, size - 5000))],
])("after a power cut that left it %s, a whole prefix is gone on from, whatever the index says", async (name, cut) => {
  const file = await killed(`power ${name}.db`);
  await cut(`${file}-wal`, (await readFile(`${file}-wal`)).length);
  // What a machine wrote before it was started again.
  const before = Date.now() / 1000 - uptime() - 60;
  await utimes(`${file}-shm`, before, before);
  const left = await length(file);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(20);
  const journal = fileJournal(file);
  const hold = await journal.hold("t");
  await hold.append(1, [{ kind: "completed", at: "on", output: {}, ms: 0, usage: [] }]);
  await journal.close();
  expect(await length(file)).toBe(left + 1);
});
