import { type Config, readConfig } from "../config.js";
import type { Flags } from "../parse-flags.js";
import { printable } from "../show/printable.js";
import { trusting } from "../trusting.js";
import { loadTarget, type Target } from "./load-target.js";

/** Loads what is only to be looked at. To load a module is to run its code, so each is told before. */
export async function loadToLook(flags: Flags<"file">, err: NodeJS.WriteStream): Promise<Target & { readonly config: Config }> {
  const tell = (module: string) => void err.write(`loads ${printable(module)}\n`);
  const config = await readConfig(tell);
  return { ...(await loadTarget(flags.args.file, { trust: trusting(flags.values("trust"), config), tell })), config };
}
