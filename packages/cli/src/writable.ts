import { accessSync, constants, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { TroupeError } from "@troupe/core";

/** Whether `--out` can be written, told before the work. @throws TroupeError `FLAG_VALUE` */
export function writable(file: string): void {
  const path = resolve(file);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw unwritable(file, "it is a folder");
  try {
    accessSync(found ? path : dirname(path), constants.W_OK);
  } catch (cause) {
    throw unwritable(file, codeOf(cause), cause);
  }
}

/** Writes `--out`; a disk may be full by then, or the folder gone. @throws TroupeError `FLAG_VALUE` */
export async function writeOut(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((cause) => {
    throw unwritable(file, codeOf(cause), cause);
  });
}

const codeOf = (cause: unknown): string => (cause as NodeJS.ErrnoException).code ?? String(cause);

const unwritable = (file: string, why: string, cause?: unknown): TroupeError =>
  new TroupeError("FLAG_VALUE", `The output could not be written there: ${why}`, {
    file,
    hint: "Give --out a file that can be written, in a folder that exists.",
    ...(cause === undefined ? {} : { cause }),
  });
