import { accessSync, constants, type Stats, statSync } from "node:fs";
import { chmod, realpath, rename, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { TroupeError } from "@troupe/core";

/** Whether `--out` can be written, and is none of the files that the command reads, told before the work. @throws TroupeError `FLAG_VALUE` */
export function writable(file: string, read: readonly string[]): void {
  const path = resolve(file);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw unwritable(file, "it is a folder");
  if (found && read.some((one) => isSame(one, found))) throw unwritable(file, "this command reads it, and it would be gone");
  try {
    accessSync(found ? path : dirname(path), constants.W_OK);
  } catch (cause) {
    throw unwritable(file, codeOf(cause), cause);
  }
}

/**
 * Writes `--out`; a disk may be full by then, or the folder gone. A file is replaced whole or not at all: whoever reads it meanwhile, and
 * whatever stops this, finds the one of before.
 * @throws TroupeError `FLAG_VALUE`
 */
export async function writeOut(file: string, text: string): Promise<void> {
  try {
    // A link stays a link.
    const path = await realpath(file).catch(() => resolve(file));
    const found = statSync(path, { throwIfNoEntry: false });
    if (found && !isReplaceable(path, found)) return await writeFile(path, text);
    const staged = `${path}.${process.pid}.part`;
    try {
      await writeFile(staged, text);
      if (found) await chmod(staged, found.mode);
      await rename(staged, path);
    } catch (cause) {
      await rm(staged, { force: true });
      throw cause;
    }
  } catch (cause) {
    throw unwritable(file, codeOf(cause), cause);
  }
}

/** Whether another can take its place: of a pipe, a device, somebody else's file, or one in a folder that takes none, no other can. */
function isReplaceable(path: string, found: Stats): boolean {
  try {
    accessSync(dirname(path), constants.W_OK);
    return found.isFile() && (process.getuid === undefined || found.uid === process.getuid());
  } catch {
    return false;
  }
}

/** Whatever it is called: a link leads to the same file, and some systems know no capitals. */
function isSame(name: string, { dev, ino }: Stats): boolean {
  try {
    const found = statSync(resolve(name));
    return found.dev === dev && found.ino === ino;
  } catch {
    // What is typed may be anything, and no path.
    return false;
  }
}

const codeOf = (cause: unknown): string => (cause as NodeJS.ErrnoException).code ?? String(cause);

const unwritable = (file: string, why: string, cause?: unknown): TroupeError =>
  new TroupeError("FLAG_VALUE", `The output could not be written there: ${why}`, {
    file,
    hint: "Give --out another file, one that can be written, in a folder that exists.",
    ...(cause === undefined ? {} : { cause }),
  });
