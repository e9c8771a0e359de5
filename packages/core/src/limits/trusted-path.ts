import { relative, resolve } from "node:path";
import { beneath, realOf } from "./real-path.js";
import type { Trust } from "./trust.js";

/**
 * The real path (links followed) of a file that lies in a trusted folder, or undefined where it lies in none, or is hidden there. A file
 * that is not there has a path too. Paths outside are not touched.
 * @example
 * const path = await trustedPath("inbox/page.png", ctx.trust);
 */
export async function trustedPath(path: string, { folders }: Pick<Trust, "folders">): Promise<string | undefined> {
  const wanted = resolve(path);
  for (const folder of folders) {
    const base = await realOf(folder);
    if (!beneath(wanted, folder) && !beneath(wanted, base)) continue;
    const real = await realOf(wanted);
    if (beneath(real, base) && !/(^|[\\/])\./.test(relative(base, real))) return real;
  }
  return undefined;
}
