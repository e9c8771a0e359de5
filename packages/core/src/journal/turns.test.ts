import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunRecord } from "../engine/record.js";
import { fileJournal } from "./file.js";
import { openDatabase } from "./open-database.js";
import { change } from "./thread-row.js";
import { threadNamed } from "./threads-kept.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-turns-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const done = (n: number, size = 1): RunRecord => ({
  kind: "completed",
  at: `n#${n}`,
  output: { text: "x".repeat(size) },
  ms: 1,
  usage: [],
});

test("what many threads append in one turn is kept, each in its order, without waiting for one another", async () => {
  const journal = fileJournal(join(folder, "many.db"));
  const holds = await Promise.all(Array.from({ length: 50 }, (_, i) => journal.hold(`t${i}`)));
  // More than one transaction takes.
  const batches = holds.flatMap((hold) => [0, 1, 2].map((i) => hold.append(1, [done(2 * i, 3000), done(2 * i + 1)])));
  const entries = (await Promise.all(batches)).flat();
  expect(entries.map(({ seq }) => seq)).toEqual(holds.flatMap(() => [1, 3, 5]));
  for (const { thread } of holds) {
    expect((await journal.read(thread)).map((entry) => "at" in entry && entry.at)).toEqual([0, 1, 2, 3, 4, 5].map((n) => `n#${n}`));
  }
  await journal.close();
});

test("of what goes in one turn, only what is wrong fails", async () => {
  const file = join(folder, "mixed.db");
  const journal = fileJournal(file);
  const [taken, right, wrong, twice] = await Promise.all(["taken", "right", "wrong", "twice"].map((thread) => journal.hold(thread)));
  await twice!.append(1, [done(0)]);
  const db = await openDatabase(file);
  const row = (await threadNamed(file, db, "taken"))!;
  await db.write([[change(row, { ...row, epoch: row.epoch + 1 })]]);
  // A row that is in the place of the next: the whole transaction is refused.
  const { id } = (await threadNamed(file, db, "twice"))!;
  await db.run("INSERT INTO batches VALUES (?, 1, 2, 0, x'00', NULL, '[]')", id);
  await db.close();
  const results = await Promise.allSettled([
    taken!.append(1, [done(1)]),
    right!.append(1, [done(1)]),
    wrong!.append(7, [done(1)]),
    twice!.append(1, [done(1)]),
    right!.append(1, [done(2)]),
  ]);
  const codes = results.map((result) => (result.status === "rejected" ? result.reason.code : result.value.seq));
  expect(codes).toEqual(["THREAD_TAKEN", 1, "JOURNAL_BROKEN", "JOURNAL_UNREADABLE", 2]);
  expect(await journal.read("right")).toHaveLength(2);
  await expect(journal.read("twice")).rejects.toMatchObject({ code: "JOURNAL_BROKEN", what: "Record 2 of run 1 of thread twice: damaged" });
  await journal.close();
});
