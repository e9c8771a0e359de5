import { existsSync } from "node:fs";
import { TroupeError } from "@troupe/core";
import { cacheDir, cacheFolder, catalogue, readKept } from "@troupe/nodes";
import type { Finding } from "./finding.js";
import { whyUnwritable } from "./why-unwritable.js";

/** Which of the known models are in the cache, whole, and that the cache is the user's own, and can be written to. What is not there is fetched when it is first needed. */
export async function keptModels(): Promise<Finding> {
  const name = "Models";
  try {
    if (existsSync(cacheDir())) cacheFolder();
  } catch (error) {
    if (!(error instanceof TroupeError)) throw error;
    return { name, status: "missing", found: `${error.what}: ${cacheDir()}`, ...(error.hint ? { hint: error.hint } : {}) };
  }
  const names = Object.keys(catalogue);
  const kept = await Promise.all(names.map(async (name) => "path" in (await readKept(name))));
  const there = names.filter((_, i) => kept[i]);
  const whole = there.includes("smollm2-135m") && there.includes("minilm");
  const unwritable = whyUnwritable(cacheDir());
  const found = `${there.join(", ") || "none"} in ${cacheDir()}${unwritable === undefined ? "" : `, which cannot be written to (${unwritable})`}`;
  // What is there can be used all the same.
  if (unwritable !== undefined)
    return {
      name,
      status: whole ? "ok" : "missing",
      found,
      hint: "Make it writable, or set TROUPE_CACHE to a folder that is: what is not in it can't be fetched.",
    };
  if (whole) return { name, status: "ok", found };
  const missing = ["smollm2-135m", "minilm", "whisper-tiny.en"].filter((one) => !there.includes(one));
  const hint = `They are fetched when they are first needed, or now: ${missing.map((one) => `troupe models pull ${one}`).join("; ")}`;
  return { name, status: "absent", found, hint };
}
