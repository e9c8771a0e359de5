import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunRecord } from "../engine/record.js";
import { fileJournal } from "./file.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-moved-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const done = (text: string): RunRecord => ({ kind: "completed", at: "n", output: { text }, ms: 1, usage: [] });

/** Windows moves no file that is open. */
test.runIf(process.platform !== "win32").each([
  ["removed", (file: string) => rm(file)],
  ["removed with its folder", (file: string) => rm(join(file, ".."), { recursive: true })],
  [
    "replaced by another journal",
    async (file: string) => {
      const other = fileJournal(join(folder, "other.db"));
      await (await other.hold("t")).append(1, [done("other")]);
      await other.close();
      for (const part of ["-wal", "-shm"]) await rm(`${file}${part}`, { force: true });
      await rename(join(folder, "other.db"), file);
    },
  ],
])("a journal's file that is %s while it is open is written to no more, and told", async (what, move) => {
  const file = join(folder, what, "journal.db");
  const journal = fileJournal(file);
  const hold = await journal.hold("t");
  await hold.append(1, [done("kept")]);
  await move(file);
  const told = { code: "JOURNAL_UNWRITABLE", what: "The journal cannot be written: its file was removed or replaced while it was open" };
  await expect(hold.append(1, [done("lost")])).rejects.toMatchObject(told);
  await expect(journal.read("t")).rejects.toMatchObject(told);
  await expect(journal.threads()).rejects.toMatchObject(told);
  await journal.close().catch(() => {});
  // Whoever opens it anew works with what is there.
  const anew = fileJournal(file);
  expect(await anew.read("t")).toHaveLength(what === "replaced by another journal" ? 1 : 0);
  await anew.close();
});
