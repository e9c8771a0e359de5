import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileJournal } from "@troupe/core";

/** The same of a copy, for a journal that is to stay as it is. */
export function readCopy(file, runsOf) {
  const folder = mkdtempSync(join(tmpdir(), "troupe-read-"));
  copyJournal(file, join(folder, "copy.db"));
  return readAll(join(folder, "copy.db"), runsOf).finally(() => rmSync(folder, { recursive: true, force: true }));
}

/** Copies a journal that nobody has open, with all that lies beside it. */
export function copyJournal(from, to) {
  for (const part of ["", "-wal", "-shm", ".media"])
    if (existsSync(`${from}${part}`)) cpSync(`${from}${part}`, `${to}${part}`, { recursive: true });
}

/**
 * What can be read of a journal, piece by piece: a digest each, or the code of the error it gives; at last each thread is taken, appended
 * to and read again.
 */
export async function readAll(file, runsOf) {
  const journal = fileJournal(file);
  const pieces = {};
  const piece = async (name, work) => {
    pieces[name] = await work().then(
      (found) => ({ found: createHash("sha256").update(JSON.stringify(found)).digest("hex") }),
      (error) => ({ error: error.code ?? `${error}`, what: error.what }),
    );
  };
  // Those who were killed live on here, for all that their thread's row knows.
  await piece("threads", async () =>
    (await journal.threads()).map(({ status, ...one }) => one).sort((a, b) => (a.thread < b.thread ? -1 : 1)),
  );
  for (const [thread, runs] of Object.entries(runsOf)) {
    await piece(`${thread}, last`, () => journal.read(thread));
    for (let run = 1; run <= runs; run++) await piece(`${thread}, ${run}`, () => journal.read(thread, run));
  }
  await piece("nobody", () => journal.read("nobody"));
  for (const [thread, runs] of Object.entries(runsOf)) {
    await piece(`${thread}, gone on with`, async () => {
      const before = await journal.read(thread);
      const hold = await journal.hold(thread);
      const { seq } = await hold.append(runs, [{ kind: "resumed" }]);
      const after = await journal.read(thread);
      const media = before.flatMap((entry) => (entry.output?.medium ? [entry.output.medium.hash] : []));
      const found = await Promise.all(media.map(async (hash) => basename(dirname((await hold.find(hash, "bin")) ?? "MEDIUM_LOST/x"))));
      if (found.some((folder) => folder === "MEDIUM_LOST")) throw Object.assign(new Error(), { code: "MEDIUM_LOST" });
      await hold.release();
      return [before, seq, after.slice(0, -1), found.length];
    });
  }
  await piece("close", () => journal.close().then(() => "closed"));
  return pieces;
}
