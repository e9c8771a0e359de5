import { copyFile, mkdtemp, open, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunRecord } from "../engine/record.js";
import { fileJournal } from "./file.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-harmed-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const done = (text: string): RunRecord => ({ kind: "completed", at: "n", output: { text }, ms: 1, usage: [] });

const sqlite = async (file: string) => new (await import("libsql")).default(file);

/** A journal whose file has a thread of some kB, and another thread that is held, with more in the log. */
async function begun(name: string) {
  const file = join(folder, name, "journal.db");
  const earlier = fileJournal(file);
  const before = await earlier.hold("before");
  for (let i = 0; i < 5; i++) await before.append(1, [done("x".repeat(3000))]);
  await earlier.close();
  const journal = fileJournal(file);
  const hold = await journal.hold("t");
  for (let i = 0; i < 5; i++) await hold.append(1, [done("y".repeat(3000))]);
  return { file, journal, hold };
}

const size = async (file: string): Promise<number> => (await stat(file)).size;

const removed = "its file was removed or replaced while it was open";
const cut = "its file was cut or overwritten while it was open";
const harms: readonly (readonly [what: string, said: string, harm: (file: string) => Promise<void>])[] = [
  ["removed", removed, (file) => rm(file)],
  ["removed with its folder", removed, (file) => rm(join(file, ".."), { recursive: true })],
  ["moved away", removed, (file) => rename(file, `${file}.old`)],
  [
    "replaced by a copy",
    removed,
    async (file) => {
      await copyFile(file, `${file}.new`);
      await rename(`${file}.new`, file);
    },
  ],
  ["cut to nothing", cut, (file) => truncate(file)],
  ["cut to a byte", cut, (file) => truncate(file, 1)],
  ["cut", cut, async (file) => truncate(file, (await size(file)) - 1024)],
  ["cut and filled up again", cut, (file) => size(file).then((before) => writeFile(file, Buffer.alloc(before)))],
  ["replaced by something short", cut, (file) => writeFile(file, "garbage")],
  ["replaced by something long", cut, (file) => writeFile(file, "garbage ".repeat(20_000))],
  [
    "overwritten at its head",
    cut,
    async (file) => {
      const handle = await open(file, "r+");
      await handle.write("garbage garbage");
      await handle.close();
    },
  ],
  [
    "overwritten by another program's database",
    cut,
    async (file) => {
      const other = await sqlite(join(folder, "other.db"));
      other.exec("CREATE TABLE IF NOT EXISTS mine (a); INSERT INTO mine VALUES (zeroblob(60000))");
      other.close();
      await copyFile(join(folder, "other.db"), file);
    },
  ],
  ["without its log", "its log was removed or replaced while it was open", (file) => rm(`${file}-wal`)],
  ["left with half its log", "its log was cut while it was open", async (file) => truncate(`${file}-wal`, (await size(`${file}-wal`)) / 2)],
  ["left with an empty log", "its log was cut while it was open", (file) => truncate(`${file}-wal`)],
];

/** Windows moves and cuts no file that is open. */
describe.runIf(process.platform !== "win32").each(harms)("a journal's file that is %s while it is open", (what, said, harm) => {
  const told = (file: string) => ({
    code: "JOURNAL_UNWRITABLE",
    what: `The journal cannot be written: ${said}`,
    detail: { file, hint: expect.stringMatching(/^Put it back .* restore it from a copy/) },
  });

  test("is written to no more, and told by whatever is asked of it", async () => {
    const { file, journal, hold } = await begun(`${what} early`);
    await harm(file);
    for (let i = 0; i < 2; i++) await expect(hold.append(1, [done("lost")])).rejects.toMatchObject(told(file));
    await expect(journal.read("t")).rejects.toMatchObject(told(file));
    await expect(journal.threads()).rejects.toMatchObject(told(file));
    await expect(journal.close()).rejects.toMatchObject(told(file));
  });

  test("is told when it is closed, where nothing is written any more", async () => {
    const { file, journal, hold } = await begun(`${what} late`);
    await hold.release();
    await harm(file);
    await expect(journal.close()).rejects.toMatchObject(told(file));
    // The connection is gone with it.
    await journal.close();
  });
});

test.runIf(process.platform !== "win32")("whoever opens another that lies there then works with what is there", async () => {
  const { file, journal, hold } = await begun("anew");
  for (const part of ["", "-wal", "-shm"]) await rm(`${file}${part}`);
  await expect(hold.append(1, [done("lost")])).rejects.toMatchObject({ code: "JOURNAL_UNWRITABLE" });
  await journal.close().catch(() => {});
  const anew = fileJournal(file);
  expect(await anew.read("t")).toEqual([]);
  await (await anew.hold("t")).append(1, [done("new")]);
  expect(await anew.read("t")).toHaveLength(1);
  await anew.close();
});

test.each([
  ["brought the log into the file", "PRAGMA wal_checkpoint(PASSIVE)"],
  ["emptied the log", "PRAGMA wal_checkpoint(TRUNCATE)"],
  ["made the file smaller", "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)"],
])("what another did by SQLite is no harm: it %s", async (_, sql) => {
  const { file, journal, hold } = await begun(sql.replaceAll(/\W/g, ""));
  await journal.delete("before");
  const before = await size(file);
  const other = await sqlite(file);
  other.exec(sql);
  other.close();
  if (sql.startsWith("VACUUM")) expect(await size(file)).toBeLessThan(before);
  for (let i = 0; i < 3; i++) await hold.append(1, [done("more")]);
  await hold.release();
  await journal.close();
  const anew = fileJournal(file);
  expect(await anew.read("t")).toHaveLength(8);
  await anew.close();
});
