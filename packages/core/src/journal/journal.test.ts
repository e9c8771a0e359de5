import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import fc from "fast-check";
import type { Database } from "libsql";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { RunRecord } from "../engine/record.js";
import { hashOfBytes } from "../media/bytes-store.js";
import { fileJournal } from "./file.js";
import type { Entry, Hold, Journal } from "./journal.js";
import { memoryJournal } from "./memory.js";
import { openDatabase } from "./open-database.js";
import { change } from "./thread-row.js";
import { threadNamed } from "./threads-kept.js";

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
/** Rejects where a journal throws at once, too. */
const append = async (hold: Hold, run: number, ...records: readonly RunRecord[]) => hold.append(run, records);
const done = (text: string): RunRecord => ({ kind: "completed", at: "n", output: { text }, ms: 1, usage: [] });

describe.each(Object.entries(makers))("the %s journal", (kind, make) => {
  test("times never run backwards in a run, whatever the clock does", async () => {
    const journal = make();
    const clock = vi.spyOn(Date, "now");
    try {
      const hold = await journal.hold("t");
      for (const now of [5000, 3000, 7000, 6000]) {
        clock.mockReturnValue(now);
        await hold.append(1, [done("x")]);
      }
      await hold.release();
      expect((await journal.read("t")).map(({ time }) => time)).toEqual([5000, 5000, 7000, 7000]);
    } finally {
      clock.mockRestore();
      await journal.close();
    }
  });

  test("equals a plain list, whatever is held, appended, let go and read in whatever order", async () => {
    const thread = fc.constantFrom("a", "b", "ü/ '");
    const step = fc.oneof(
      fc.record({ do: fc.constant("hold" as const), thread }),
      fc.record({ do: fc.constant("release" as const), thread }),
      fc.record({
        do: fc.constant("append" as const),
        thread,
        /** Whether it begins a run; the first one does anyhow. */
        begins: fc.boolean(),
        texts: fc.array(fc.string({ unit: "binary" }), { maxLength: 3 }),
        stale: fc.boolean(),
      }),
      fc.record({ do: fc.constant("close" as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const journal = make();
        const model = new Map<string, { run: number; seq: number; text: string }[]>();
        const held = new Map<string, Hold>();
        const past = new Map<string, Hold>();
        for (const step of steps) {
          // A journal in memory is over with its close.
          if (step.do === "close") {
            if (kind === "memory") continue;
            await journal.close();
            for (const [thread, hold] of held) past.set(thread, hold);
            held.clear();
            continue;
          }
          const hold = held.get(step.thread);
          const old = past.get(step.thread);
          if (step.do === "hold") {
            if (hold) await expect(journal.hold(step.thread)).rejects.toMatchObject({ code: "THREAD_BUSY" });
            else held.set(step.thread, await journal.hold(step.thread));
          } else if (step.do === "release") {
            await hold?.release();
            if (hold) past.set(step.thread, hold);
            held.delete(step.thread);
          } else if (step.stale && old) {
            await old.release();
            await expect(append(old, 1, done("late"))).rejects.toMatchObject({ code: "THREAD_TAKEN" });
          } else if (hold) {
            const before = model.get(step.thread) ?? [];
            const last = before.at(-1)?.run ?? 0;
            const run = step.begins || last === 0 ? last + 1 : last;
            const seq = before.filter((one) => one.run === run).length + 1;
            const added = step.texts.map((text, i) => ({ run, seq: seq + i, text }));
            for (const other of [last - 1, last + 2])
              await expect(append(hold, other, done("x"))).rejects.toMatchObject({ code: "JOURNAL_BROKEN" });
            const { seq: place } = await hold.append(run, step.texts.map(done));
            if (added.length) expect(place).toBe(seq);
            if (added.length) model.set(step.thread, [...before, ...added]);
          }
        }
        for (const [thread, entries] of model) {
          const last = Math.max(...entries.map(({ run }) => run));
          for (const run of [1, 2, 3, last, undefined]) {
            const found = (await journal.read(thread, run)) as (Entry & { kind: "completed" })[];
            const expected = entries.filter((entry) => entry.run === (run ?? last));
            expect(found.map(({ run, seq, output }) => ({ run, seq, output }))).toEqual(
              expected.map(({ run, seq, text }) => ({ run, seq, output: { text } })),
            );
          }
        }
        const threads = await journal.threads();
        expect(threads.map(({ thread, status }) => [thread, status]).sort()).toEqual(
          [...model.keys()].map((thread) => [thread, held.has(thread) ? "running" : "interrupted"]).sort(),
        );
        await journal.close();
      }),
      { numRuns: 60 },
    );
  });

  test("takes whatever text names a thread, and refuses what is none before anything is written", async () => {
    const journal = make();
    for (const thread of ["..", "\0", "\n", "__proto__", "'; DROP TABLE threads;--", "😀".repeat(500), "\ufeffa"]) {
      const hold = await journal.hold(thread);
      await hold.append(1, [done("x")]);
      await hold.release();
      expect(await journal.read(thread)).toMatchObject([{ thread }]);
    }
    const wrong = [undefined, null, 5, {}, [], "", "half \ud800 a character"] as string[];
    for (const thread of wrong) {
      for (const asked of [journal.hold(thread), journal.read(thread), journal.prune(thread), journal.delete(thread)])
        await expect(asked).rejects.toMatchObject({ code: "OPTION_INVALID", what: expect.stringContaining("journal.thread") });
    }
    for (const run of [0, -1, 1.5, Number.NaN, {}, "1"] as number[]) expect(await journal.read("..", run)).toEqual([]);
    expect(await journal.threads()).toHaveLength(7);
    await journal.close();
  });

  test("has one holder a thread, and lets go of it", async () => {
    const journal = make();
    const hold = await journal.hold("t");
    await expect(journal.hold("t")).rejects.toMatchObject({ code: "THREAD_BUSY" });
    await (await journal.hold("other")).release();
    await hold.release();
    await expect(append(hold, 1, done("late"))).rejects.toMatchObject({ code: "THREAD_TAKEN" });
    await (await journal.hold("t")).release();
    await journal.close();
  });

  test("keeps bytes once a hash", async () => {
    const journal = make();
    const hold = await journal.hold("t");
    const hash = hashOfBytes(Buffer.from("bytes"));
    expect(await hold.find(hash, "bin")).toBeUndefined();
    const path = await hold.store(Buffer.from("bytes"), hash, "bin");
    expect(await hold.store(Buffer.from("bytes"), hash, "bin")).toBe(path);
    expect(await hold.find(hash, "bin")).toBe(path);
    for (const [other, extension] of [
      ["sha256:../x", "bin"],
      [hash, "../x"],
      [hash, "wav"],
    ])
      expect(await hold.find(other!, extension!)).toBeUndefined();
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
      await hold.append(1, [{ kind: "began", graph, hash: "h", input: {} }]);
      for (const record of records) await hold.append(1, [record]);
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
const writing = (file: string, thread: string): string => `
  import { fileJournal } from ${JSON.stringify(new URL("../../dist/index.js", import.meta.url).href)};
  const hold = await fileJournal(${JSON.stringify(file)}).hold(${JSON.stringify(thread)});
  for (let i = 0; ; i++) {
    await hold.append(1, [{ kind: "completed", at: String(i), output: {}, ms: 0, usage: [] }]);
    process.stdout.write(i + "\\n");
    if (i % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }`;

async function writer(file: string, thread: string): Promise<{ child: ChildProcess; told: number[] }> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", writing(file, thread)], { stdio: ["ignore", "pipe", "inherit"] });
  return { child, told: await tellingOf(child) };
}

/** The numbers a writer tells, once it has begun. */
async function tellingOf(child: ChildProcess): Promise<number[]> {
  const told: number[] = [];
  const lines = createInterface({ input: child.stdout! });
  lines.on("line", (line) => told.push(Number(line)));
  await once(lines, "line");
  return told;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "close");
}

const inOrder = (entries: readonly Entry[]) => {
  expect(entries.map((entry) => "at" in entry && entry.at)).toEqual(entries.map((_, i) => String(i)));
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1));
};

test("what was appended survives kill -9, and the thread is free again", async () => {
  const file = join(folder, "killed.db");
  const { child, told } = await writer(file, "t");
  const journal = fileJournal(file);
  await expect(journal.hold("t")).rejects.toMatchObject({ code: "THREAD_BUSY", message: expect.stringContaining(String(child.pid)) });
  await vi.waitFor(() => expect(told.length).toBeGreaterThan(10), { timeout: 30_000 });
  expect((await journal.threads())[0]).toMatchObject({ thread: "t", status: "running" });
  await kill(child);
  expect((await journal.threads())[0]).toMatchObject({ thread: "t", status: "interrupted" });
  const entries = await journal.read("t");
  expect(entries.length).toBeGreaterThanOrEqual(told.length);
  inOrder(entries);
  const hold = await journal.hold("t");
  expect((await hold.append(1, [done("on")])).seq).toBe(entries.length + 1);
  await hold.release();
  await journal.close();
});

test("two processes write two threads of one file at the same time, and lose nothing", async () => {
  const file = join(folder, "two.db");
  const both = await Promise.all([writer(file, "a"), writer(file, "b")]);
  const before = both.map(({ told }) => told.length);
  const grown = () => both.map(({ told }, i) => told.length > before[i]! + 100);
  await vi.waitFor(() => expect(grown()).toEqual([true, true]), { timeout: 30_000 });
  await Promise.all(both.map(({ child }) => kill(child)));
  const journal = fileJournal(file);
  for (const [i, thread] of ["a", "b"].entries()) {
    const entries = await journal.read(thread);
    expect(entries.length).toBeGreaterThanOrEqual(both[i]!.told.length);
    inOrder(entries);
  }
  await journal.close();
});

test.runIf(process.platform === "linux")("a killed holder that its parent does not bury holds nothing", async () => {
  const file = join(folder, "unburied.db");
  // The shell becomes a `sleep`, which never asks how its child ended.
  const parent = spawn("sh", ["-c", '"$0" --input-type=module -e "$1" & echo $!; exec sleep 600', process.execPath, writing(file, "t")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [pid] = await tellingOf(parent);
    const journal = fileJournal(file);
    await vi.waitFor(async () => expect((await journal.read("t")).length).toBeGreaterThan(0), { timeout: 30_000 });
    await expect(journal.hold("t")).rejects.toMatchObject({ code: "THREAD_BUSY" });
    process.kill(pid!, "SIGKILL");
    await vi.waitFor(async () => (await journal.hold("t")).release(), { timeout: 10_000 });
    process.kill(pid!, 0); // still there, as far as its number goes
    await journal.close();
  } finally {
    await kill(parent);
  }
});

test("a journal that was closed is whole in its one file", async () => {
  const file = join(folder, "whole.db");
  const journal = fileJournal(file);
  const hold = await journal.hold("t");
  for (let i = 0; i < 100; i++) await hold.append(1, [done(String(i))]);
  await journal.close();
  await copyFile(file, join(folder, "copy.db"));
  const copy = fileJournal(join(folder, "copy.db"));
  expect(await copy.read("t")).toHaveLength(100);
  await (await copy.hold("t")).release();
  await copy.close();
});

test("a thread that is being taken while its journal is closed can be taken later", async () => {
  const journal = fileJournal(join(folder, "closing.db"));
  await (await journal.hold("t")).release();
  const taking = journal.hold("u");
  const refused = expect(taking).rejects.toMatchObject({
    what: expect.stringContaining("closed"),
    hint: expect.stringContaining("once nothing runs on it"),
  });
  await journal.close();
  await refused;
  await (await journal.hold("u")).release();
  await journal.close();
});

test("a holder that was taken over can append no more", async () => {
  const file = join(folder, "stale.db");
  const [one, other] = [fileJournal(file), fileJournal(file)];
  const stale = await one.hold("t");
  const db = await openDatabase(file);
  const row = (await threadNamed(file, db, "t"))!;
  await db.write([[change(row, { ...row, pid: 4194000, start: "1" })]]); // as if its process had died
  await db.close();
  const hold = await other.hold("t");
  await expect(append(stale, 1, done("late"))).rejects.toMatchObject({ code: "THREAD_TAKEN" });
  expect((await hold.append(1, [done("mine")])).seq).toBe(1);
  await Promise.all([one.close(), other.close()]);
});

test("a holder on another machine that is silent is taken over, wherever its clock stood", async () => {
  const file = join(folder, "clocks.db");
  const year = 31_536_000_000;
  for (const [thread, heard, status] of [
    ["now", 0, "running"],
    ["long ago", -year, "interrupted"],
    ["in the future", year, "interrupted"],
  ] as const) {
    const [one, other] = [fileJournal(file), fileJournal(file)];
    const stale = await one.hold(thread);
    await append(stale, 1, done("x"));
    const db = await openDatabase(file);
    const row = (await threadNamed(file, db, thread))!;
    await db.write([[change(row, { ...row, host: "elsewhere", seen: Date.now() + heard })]]);
    await db.close();
    expect((await other.threads()).find((info) => info.thread === thread)?.status).toBe(status);
    if (status === "running") await expect(other.hold(thread)).rejects.toMatchObject({ code: "THREAD_BUSY" });
    else await (await other.hold(thread)).release();
    await Promise.allSettled([one.close(), other.close()]);
  }
});

/** Fills a journal's file, then changes it. */
async function spoil(name: string, change: (db: Database) => void): Promise<void> {
  const journal = fileJournal(join(folder, name));
  const hold = await journal.hold("t");
  for (let i = 0; i < 200; i++) await hold.append(1, [done("x".repeat(200))]);
  await journal.close();
  const { default: SQLite } = await import("libsql");
  const db = new SQLite(join(folder, name));
  change(db);
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
}

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
  ["newer", () => spoil("newer.db", (db) => db.exec("PRAGMA user_version = 3"))],
  [
    "cut",
    async () => {
      await spoil("cut.db", () => {});
      await truncate(join(folder, "cut.db"), 20_000);
    },
  ],
  [
    "damaged",
    async () => {
      await spoil("damaged.db", () => {});
      const bytes = await readFile(join(folder, "damaged.db"));
      await writeFile(join(folder, "damaged.db"), bytes.fill(7, 8192, bytes.length - 4096));
    },
  ],
])("a file that is no journal, or one no more (%s), is refused by name and left as it is", async (name, make) => {
  await make();
  const file = join(folder, `${name}.db`);
  const before = await readFile(file);
  const journal = fileJournal(file);
  for (const use of [() => journal.read("t"), () => journal.threads()]) {
    await expect(use()).rejects.toMatchObject({ code: "JOURNAL_UNREADABLE", message: expect.stringContaining(file) });
  }
  expect((await readFile(file)).equals(before)).toBe(true);
});

test("a file that was copied in part, with a log that needs what is missing, is damaged, and no disk is full", async () => {
  const [file, copy] = [join(folder, "growing.db"), join(folder, "part.db")];
  const journal = fileJournal(file);
  const hold = await journal.hold("t");
  for (let i = 0; i < 1500; i++) await hold.append(1, [done(String(i).padEnd(5000, "x"))]);
  for (const part of ["", "-wal"]) await copyFile(`${file}${part}`, `${copy}${part}`);
  await journal.close();
  await truncate(copy, (await readFile(copy)).length - 500);
  await expect(fileJournal(copy).read("t")).rejects.toMatchObject({ code: "JOURNAL_UNREADABLE", hint: expect.stringContaining("copy") });
});

test.each([
  ["of another format", (db: Database) => db.exec("PRAGMA user_version = 1"), "Use the Troupe that wrote it, or name another file"],
  ["of another program", (db: Database) => db.exec("PRAGMA application_id = 5"), "Name another file for the journal."],
])("what to do about a file %s is not what to do about a damaged one", async (name, change, hint) => {
  await spoil(`${name}.db`, change);
  const told = { code: "JOURNAL_UNREADABLE", hint: expect.stringContaining(hint) };
  await expect(fileJournal(join(folder, `${name}.db`)).threads()).rejects.toMatchObject(told);
});

test("a place where no file can be is said, and a better one is taken at the next try", async () => {
  const file = join(folder, "a-file/journal.db");
  await writeFile(join(folder, "a-file"), "");
  const journal = fileJournal(file);
  await expect(journal.hold("t")).rejects.toMatchObject({ code: "JOURNAL_UNREADABLE", message: expect.stringContaining(file) });
  await rm(join(folder, "a-file"));
  await (await journal.hold("t")).release();
  await journal.close();
});

test("a thread let go while the file could not be written can be taken again", async () => {
  const file = join(folder, "unwritten.db");
  const journal = fileJournal(file);
  const hold = await journal.hold("t");
  const { default: SQLite } = await import("libsql");
  const other = new SQLite(file);
  other.exec("CREATE TRIGGER full BEFORE UPDATE ON threads BEGIN SELECT RAISE(FAIL, 'full'); END");
  await expect(hold.release()).rejects.toThrow("full");
  other.exec("DROP TRIGGER full");
  other.close();
  await (await journal.hold("t")).release();
  await journal.close();
});
