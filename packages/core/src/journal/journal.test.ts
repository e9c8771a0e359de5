import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunRecord } from "../engine/record.js";
import { fileJournal } from "./file.js";
import type { Entry, Journal } from "./journal.js";
import { memoryJournal } from "./memory.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
const makers: Record<string, () => Journal> = {
  memory: memoryJournal,
  file: () => fileJournal(join(folder, `deep/${files++}.db`)),
};
const done = (text: string): RunRecord => ({ kind: "completed", at: "n", output: { text }, ms: 1, usage: [] });

describe.each(Object.entries(makers))("the %s journal", (_, make) => {
  test("gives back what was appended, in order, each run and thread apart", async () => {
    const steps = fc.array(
      fc.record({ thread: fc.constantFrom("a", "b"), run: fc.integer({ min: 1, max: 3 }), text: fc.string({ unit: "binary" }) }),
    );
    await fc.assert(
      fc.asyncProperty(steps, async (appends) => {
        const journal = make();
        for (const { thread, run, text } of appends) {
          const hold = await journal.hold(thread);
          await hold.append(run, done(text));
          await hold.release();
        }
        for (const thread of ["a", "b"])
          for (const run of [1, 2, 3]) {
            const expected = appends.filter((a) => a.thread === thread && a.run === run).map(({ text }) => text);
            const entries = await journal.read(thread, run);
            expect(entries.map((e) => (e as Extract<Entry, { kind: "completed" }>).output)).toEqual(expected.map((text) => ({ text })));
            expect(entries.map(({ seq }) => seq)).toEqual(expected.map((_, i) => i + 1));
          }
        await journal.close();
      }),
      { numRuns: 30 },
    );
  });

  test("has one holder a thread, and lets go of it", async () => {
    const journal = make();
    const hold = await journal.hold("t");
    await expect(journal.hold("t")).rejects.toMatchObject({ code: "THREAD_BUSY" });
    await (await journal.hold("other")).release();
    await hold.release();
    await expect(hold.append(1, done("late"))).rejects.toMatchObject({ code: "THREAD_TAKEN" });
    await (await journal.hold("t")).release();
    await journal.close();
  });

  test("keeps bytes once a hash", async () => {
    const journal = make();
    const hold = await journal.hold("t");
    const path = await hold.store(Buffer.from("bytes"), "sha256:ab", "bin");
    expect(await hold.store(Buffer.from("bytes"), "sha256:ab", "bin")).toBe(path);
    expect(await readFile(path, "utf8")).toBe("bytes");
    await hold.release();
    await journal.close();
  });

  test("says how each thread stands", async () => {
    const journal = make();
    const graph = { name: "g" } as any;
    for (const [thread, records] of Object.entries({
      done: [{ kind: "ended", output: {} }],
      failed: [{ kind: "ended", error: { code: "X", message: "x" } }],
      interrupted: [],
      running: [],
    } as Record<string, RunRecord[]>)) {
      const hold = await journal.hold(thread);
      await hold.append(1, { kind: "began", graph, hash: "h", input: {} });
      for (const record of records) await hold.append(1, record);
      if (thread !== "running") await hold.release();
    }
    const threads = await journal.threads();
    expect(Object.fromEntries(threads.map(({ thread, status }) => [thread, status]))).toEqual({
      done: "done",
      failed: "failed",
      interrupted: "interrupted",
      running: "running",
    });
    expect(threads.map((t) => t.graph)).toEqual(["g", "g", "g", "g"]);
    await journal.close();
  });
});

/** A process that holds a thread of the file and appends until it is killed, telling each number once it is kept. */
async function writer(file: string, thread: string): Promise<{ child: ChildProcess; told: number[] }> {
  const source = `
    import { fileJournal } from ${JSON.stringify(new URL("../../dist/index.js", import.meta.url).href)};
    const hold = await fileJournal(${JSON.stringify(file)}).hold(${JSON.stringify(thread)});
    for (let i = 0; ; i++) {
      await hold.append(1, { kind: "completed", at: String(i), output: {}, ms: 0, usage: [] });
      process.stdout.write(i + "\\n");
      if (i % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", source], { stdio: ["ignore", "pipe", "inherit"] });
  const told: number[] = [];
  const lines = createInterface({ input: child.stdout! });
  lines.on("line", (line) => told.push(Number(line)));
  await once(lines, "line");
  return { child, told };
}

test("what was appended survives kill -9, and the thread is free again", async () => {
  const file = join(folder, "killed.db");
  const { child, told } = await writer(file, "t");
  const journal = fileJournal(file);
  await expect(journal.hold("t")).rejects.toMatchObject({ code: "THREAD_BUSY", message: expect.stringContaining(String(child.pid)) });
  await new Promise((resolve) => setTimeout(resolve, 100));
  child.kill("SIGKILL");
  await once(child, "close");
  const entries = await journal.read("t");
  expect(entries.length).toBeGreaterThanOrEqual(told.length);
  expect(told.length).toBeGreaterThan(10);
  expect(entries.map((e) => "at" in e && e.at)).toEqual(entries.map((_, i) => String(i)));
  const hold = await journal.hold("t");
  expect((await hold.append(1, done("on"))).seq).toBe(entries.length + 1);
  await hold.release();
  await journal.close();
});

test("a holder that was taken over can append no more", async () => {
  const file = join(folder, "stale.db");
  const [one, other] = [fileJournal(file), fileJournal(file)];
  const stale = await one.hold("t");
  const { openDatabase } = await import("./open-database.js");
  const db = await openDatabase(file);
  db.exec("UPDATE holders SET pid = 4194000, start = '1'"); // as if its process had died
  db.close();
  const hold = await other.hold("t");
  await expect(stale.append(1, done("late"))).rejects.toMatchObject({ code: "THREAD_TAKEN" });
  expect((await hold.append(1, done("mine"))).seq).toBe(1);
  await Promise.all([one.close(), other.close()]);
});

test.each([
  ["text", () => writeFile(join(folder, "text.db"), "no database at all, but a longer text than a header would be ".repeat(50))],
  [
    "alien",
    async () => {
      const { default: SQLite } = await import("libsql");
      const db = new SQLite(join(folder, "alien.db"));
      db.exec("CREATE TABLE mine (x)");
      db.close();
    },
  ],
])("a file that is no journal (%s) is refused by name and left as it is", async (name, make) => {
  await make();
  const file = join(folder, `${name}.db`);
  const before = await readFile(file);
  await expect(fileJournal(file).read("t")).rejects.toMatchObject({ code: "JOURNAL_UNREADABLE", message: expect.stringContaining(file) });
  expect((await readFile(file)).equals(before)).toBe(true);
});
