import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileJournal, TroupeError } from "@troupe/core";
import type { Finding } from "./finding.js";

/** About what SQLite writes with a first record, in bytes. */
const least = 50_000;

/** Whether runs started here can be journalled. Nothing is left behind. */
export async function journal(path: string): Promise<Finding> {
  const file = resolve(path);
  const name = "Journal";
  const hint = "Runs need it: go to a folder that can be written to, or name another file with --journal.";
  try {
    if (!existsSync(file)) {
      let folder = dirname(file);
      while (!existsSync(folder)) folder = dirname(folder);
      mayWrite(folder, constants.W_OK | constants.X_OK);
      return { name, status: "ok", found: `${file}, to be made with the first run` };
    }
    mayWrite(file, constants.R_OK | constants.W_OK);
    const book = fileJournal(file);
    try {
      const threads = (await book.threads()).length;
      return { name, status: "ok", found: `${file}, ${threads} ${threads === 1 ? "thread" : "threads"}` };
    } finally {
      await book.close();
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = error instanceof TroupeError ? error.what : `it cannot be written to (${code ?? message})`;
    return { name, status: "missing", found: `${file}: ${why}`, hint };
  }
}

/** Throws where one may not write, or has no room to: a journal on a full disk can be read. */
function mayWrite(path: string, mode: number): void {
  accessSync(path, mode);
  const { blocks, bavail, bsize } = statfsSync(path);
  // Some systems count none.
  if (blocks > 0 && bavail * bsize < least) throw new Error("the disk is full");
}
