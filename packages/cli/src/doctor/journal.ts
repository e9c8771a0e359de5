import { accessSync, constants, existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileJournal, TroupeError } from "@troupe/core";
import type { Finding } from "./finding.js";

/** Whether runs started here can be journalled. Nothing is left behind. */
export async function journal(path: string): Promise<Finding> {
  const file = resolve(path);
  const name = "Journal";
  const hint = "Runs need it: go to a folder that can be written to, or name another file with --journal.";
  try {
    if (!existsSync(file)) {
      let folder = dirname(file);
      while (!existsSync(folder)) folder = dirname(folder);
      accessSync(folder, constants.W_OK | constants.X_OK);
      return { name, status: "ok", found: `${file}, to be made with the first run` };
    }
    accessSync(file, constants.R_OK | constants.W_OK);
    const book = fileJournal(file);
    try {
      const threads = (await book.threads()).length;
      return { name, status: "ok", found: `${file}, ${threads} ${threads === 1 ? "thread" : "threads"}` };
    } finally {
      await book.close();
    }
  } catch (error) {
    const why = error instanceof TroupeError ? error.what : `it cannot be written to (${(error as NodeJS.ErrnoException).code})`;
    return { name, status: "missing", found: `${file}: ${why}`, hint };
  }
}
