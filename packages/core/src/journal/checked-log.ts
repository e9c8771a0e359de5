import { realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { checkLog } from "./whole-log.js";

/** Journals' files that this process has open, and the check of their logs. */
const open = new Map<string, { readonly checked: Promise<void>; users: number }>();

/**
 * Checks the log of a file that is about to be opened, once for all who have it open in this process: to close the index, as reading it
 * does, is to let go of every lock that the process holds on it, SQLite's too, and another process would take it for one that is left.
 * @returns what is called once the file is closed
 * @throws TroupeError `JOURNAL_BROKEN`
 */
export async function checkedLog(file: string): Promise<() => void> {
  const key = join(await realpath(dirname(file)).catch(() => dirname(file)), basename(file));
  const entry = open.get(key) ?? { checked: checkLog(file), users: 0 };
  open.set(key, entry);
  entry.users++;
  const letGo = () => {
    entry.users--;
    if (entry.users === 0) open.delete(key);
  };
  await entry.checked.catch((error) => {
    letGo();
    throw error;
  });
  return letGo;
}
