import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunRecord } from "../engine/record.js";
import { hashOfBytes } from "../media/bytes-store.js";
import { fileJournal } from "./file.js";
import type { Journal } from "./journal.js";
import { memoryJournal } from "./memory.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-remove-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
const makers: Record<string, () => Journal> = {
  memory: memoryJournal,
  file: () => fileJournal(join(folder, `${files++}.db`)),
};
const done = (output: object): RunRecord => ({ kind: "completed", at: "n", output: output as any, ms: 1, usage: [] });

/** Runs of a thread, each with these outputs. */
async function write(journal: Journal, thread: string, first: number, ...runs: readonly (readonly object[])[]): Promise<void> {
  const hold = await journal.hold(thread);
  for (const [i, outputs] of runs.entries()) for (const output of outputs) await hold.append(first + i, [done(output)]);
  await hold.release();
}
const outputs = async (journal: Journal, thread: string, run?: number) =>
  (await journal.read(thread, run)).map((entry: any) => entry.output);

describe.each(Object.entries(makers))("the %s journal", (_, make) => {
  test("prunes a thread to its last run, which is gone on from as before", async () => {
    const journal = make();
    await write(journal, "t", 1, [{ n: 1 }, { n: 2 }], [{ n: 3 }], [{ n: 4 }, { n: 5 }]);
    await write(journal, "other", 1, [{ n: 9 }], [{ n: 10 }]);
    expect(await journal.prune("t")).toBe(2);
    expect(await journal.prune("t")).toBe(0);
    for (const run of [1, 2]) expect(await journal.read("t", run)).toEqual([]);
    expect(await outputs(journal, "t")).toEqual([{ n: 4 }, { n: 5 }]);
    expect((await journal.threads()).find(({ thread }) => thread === "t")?.runs).toBe(3);
    await write(journal, "t", 3, [{ n: 6 }], [{ n: 7 }]);
    expect([await outputs(journal, "t", 3), await outputs(journal, "t")]).toEqual([[{ n: 4 }, { n: 5 }, { n: 6 }], [{ n: 7 }]]);
    expect(await journal.prune("t")).toBe(1);
    expect(await outputs(journal, "t")).toEqual([{ n: 7 }]);
    expect(await outputs(journal, "other", 1)).toEqual([{ n: 9 }]);
    await journal.close();
  });

  test("deletes a thread, whose name begins anew", async () => {
    const journal = make();
    await write(journal, "t", 1, [{ n: 1 }], [{ n: 2 }]);
    await write(journal, "other", 1, [{ n: 9 }]);
    await journal.delete("t");
    expect([await journal.read("t"), (await journal.threads()).map(({ thread }) => thread)]).toEqual([[], ["other"]]);
    await write(journal, "t", 1, [{ n: 3 }]);
    expect([await outputs(journal, "t"), await outputs(journal, "other")]).toEqual([[{ n: 3 }], [{ n: 9 }]]);
    await journal.close();
  });

  test("leaves a thread that is being run, and names one that is not there", async () => {
    const journal = make();
    await write(journal, "t", 1, [{ n: 1 }], [{ n: 2 }]);
    const hold = await journal.hold("t");
    for (const use of [() => journal.delete("t"), () => journal.prune("t")])
      await expect(use()).rejects.toMatchObject({ code: "THREAD_BUSY" });
    await hold.release();
    expect(await outputs(journal, "t", 1)).toEqual([{ n: 1 }]);
    for (const use of [() => journal.delete("u"), () => journal.prune("u")])
      await expect(use()).rejects.toMatchObject({ code: "THREAD_UNKNOWN" });
    expect(await journal.threads()).toHaveLength(1);
    await journal.close();
  });
});

describe("in a file", () => {
  const large = (letter: string) => letter.repeat(300_000);
  const count = async (file: string, sql: string): Promise<number> => {
    const db = new (await import("libsql")).default(file);
    const [row] = db.prepare(sql).all() as { n: number }[];
    db.close();
    return row!.n;
  };

  test("a large value is kept once, whoever passes it on, and goes with its last user", async () => {
    const file = join(folder, "large.db");
    const journal = fileJournal(file);
    await write(journal, "a", 1, [{ text: large("x") }, { again: large("x") }], [{ text: large("x"), n: 1 }]);
    await write(journal, "b", 1, [{ deep: [{ text: large("x") }] }, { text: large("y") }]);
    const values = () => count(file, "SELECT count(*) AS n FROM beside");
    expect(await values()).toBe(2);
    expect(await outputs(journal, "a", 1)).toEqual([{ text: large("x") }, { again: large("x") }]);
    await journal.prune("a");
    expect(await values()).toBe(2);
    await journal.delete("b");
    expect(await values()).toBe(1);
    expect(await outputs(journal, "a")).toEqual([{ text: large("x"), n: 1 }]);
    await journal.delete("a");
    expect(await values()).toBe(0);
    await journal.close();
    expect((await stat(file)).size).toBeLessThan(900_000);
    expect((await readFile(file)).includes("xxxx")).toBe(false);
  });

  test("bytes stay while any thread's runs name them or have just taken them", async () => {
    const journal = fileJournal(join(folder, "media.db"));
    const bytes = Buffer.from("bytes");
    const hash = hashOfBytes(bytes);
    const kept: string[] = [];
    for (const thread of ["made", "found", "named"]) {
      const hold = await journal.hold(thread);
      if (thread === "made") kept.push(await hold.store(bytes, hash, "bin"));
      if (thread === "found") expect(await hold.find(hash, "bin")).toBe(kept[0]);
      await hold.append(1, [done({ medium: thread === "named" ? { hash } : {} })]);
      await hold.append(2, [done({})]);
      await hold.release();
    }
    const there = () => existsSync(kept[0]!);
    await journal.delete("made");
    expect(there()).toBe(true);
    await journal.delete("found");
    expect(there()).toBe(true);
    await journal.prune("named");
    expect(there()).toBe(false);
    await journal.close();
  });

  test("a removal that was cut off is finished by the next, with what is left of bytes that were being written", async () => {
    const journal = fileJournal(join(folder, "cut.db"));
    const kept: string[] = [];
    for (const thread of ["first", "second", "third"]) {
      const hold = await journal.hold(thread);
      for (const bytes of [Buffer.from(`${thread} a`), Buffer.from(`${thread} b`), Buffer.from("of all")])
        kept.push(await hold.store(bytes, hashOfBytes(bytes), "bin"));
      await hold.append(1, [done({})]);
      await hold.release();
    }
    await writeFile(`${kept[0]}.${randomUUID()}`, "part");
    await writeFile(`${kept[2]}.${randomUUID()}`, "part");
    // What stands in its way ends it half way, as a kill does.
    await rm(kept[1]!);
    await mkdir(kept[1]!);
    await expect(journal.delete("first")).rejects.toMatchObject({ code: expect.stringContaining("JOURNAL_") });
    await rm(kept[1]!, { recursive: true });
    await writeFile(kept[1]!, "first b");
    await expect(journal.delete("first")).rejects.toMatchObject({ code: "THREAD_UNKNOWN" });
    expect(existsSync(kept[1]!)).toBe(false);
    await journal.delete("second");
    const left = (await readdir(join(folder, "cut.db.media"))).filter((name) => name.endsWith(".bin"));
    expect(left.sort()).toEqual([kept[6]!, kept[7]!, kept[8]!].map((path) => basename(path)).sort());
    await journal.delete("third");
    expect(await readdir(join(folder, "cut.db.media"))).toEqual([]);
    await journal.close();
  });

  test("bytes stay while a run names them in a list that is a large value itself", async () => {
    const journal = fileJournal(join(folder, "listed.db"));
    const hold = await journal.hold("made");
    const pages: { path: string; type: string; hash: string }[] = [];
    for (let i = 0; i < 60; i++) {
      const bytes = Buffer.from(`page ${i}`);
      const hash = hashOfBytes(bytes);
      pages.push({ path: await hold.store(bytes, hash, ""), type: "text/plain", hash });
    }
    await hold.append(1, [done({})]);
    await hold.release();
    await write(journal, "named", 1, [{ pages }, { again: pages }]);
    const left = () => pages.filter(({ path }) => existsSync(path)).length;
    await journal.delete("made");
    expect(left()).toBe(60);
    await journal.delete("named");
    expect(left()).toBe(0);
    await journal.close();
  });
});
