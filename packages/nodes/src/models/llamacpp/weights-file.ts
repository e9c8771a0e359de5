import { resolve } from "node:path";
import { TroupeError } from "@troupe/core";
import { userHome } from "../../user-home.js";
import { catalogue } from "../catalogue.js";
import { type Gguf, readGguf } from "../gguf.js";
import { peekKept } from "../pull/kept.js";
import { pull } from "../pull/pull.js";

/** The path that a name is; undefined where it is the name of weights that are known or kept. */
export function pathOf(name: string): string | undefined {
  if (!name.endsWith(".gguf") && !/^[./~]|[/\\]/.test(name)) return undefined;
  return resolve(name.startsWith("~") ? name.replace(/^~/, userHome()) : name);
}

/** The header of what a name stands for, read without fetching anything; undefined where it is not there or not readable. */
export function peekWeights(name: string): Gguf | undefined {
  const path = pathOf(name) ?? peekKept(name);
  if (!path) return undefined;
  try {
    return readGguf(path);
  } catch {
    return undefined;
  }
}

/** The GGUF file a name stands for: a path, or a known model, fetched where the cache has none. Throws MODEL_MISSING, MODEL_DAMAGED, MODEL_UNREACHABLE, MODEL_KIND. */
export async function findWeights(name: string, kind: "chat" | "embeddings"): Promise<{ path: string; gguf: Gguf }> {
  const known = catalogue[name];
  if (known && known.kind !== kind)
    throw new TroupeError("MODEL_KIND", `${name} is a model for ${known.kind}, not for ${kind}`, {
      hint: `For ${kind} there are ${Object.entries(catalogue)
        .flatMap(([other, one]) => (one.kind === kind ? [other] : []))
        .join(", ")}`,
    });
  const path = pathOf(name) ?? (await pull(name)).path;
  return { path, gguf: readGguf(path) };
}
