import { accessSync, constants } from "node:fs";
import { dirname, resolve } from "node:path";
import { TroupeError } from "@troupe/core";

/** Whether `--out` can be written, told before the work. @throws TroupeError `FLAG_VALUE` */
export function writable(file: string): void {
  try {
    accessSync(dirname(resolve(file)), constants.W_OK);
  } catch (cause) {
    const hint = "Give --out a file in a folder that exists.";
    throw new TroupeError("FLAG_VALUE", "The output could not be written there", { file, hint, cause });
  }
}
