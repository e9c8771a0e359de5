import { stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { TroupeError } from "@troupe/core";
import { type Adapter, adapters } from "@troupe/weights";
import { catalogue } from "../catalogue.js";
import { holdFiles } from "../pull/hold-files.js";
import { sha256 } from "../sha256.js";

/** Weights, and the adapter that they are to run under. */
export interface Adapted {
  readonly base: string;
  readonly adapter?: Adapter;
}

/** What a name says: `BASE`, or `BASE+ADAPTER`, where the base is a name or a path. Throws MODEL_UNKNOWN and ADAPTER_BASE. */
export function adapted(name: string): Adapted {
  const [, base, tail] = /^(.+)\+([a-z0-9-]+)$/.exec(name) ?? [];
  if (base === undefined || tail === undefined) return { base: name };
  const adapter = Object.hasOwn(adapters, tail) ? adapters[tail] : undefined;
  if (!adapter)
    throw new TroupeError("MODEL_UNKNOWN", `There is no adapter named ${tail}`, {
      hint: `There are ${Object.entries(adapters)
        .map(([known, { base }]) => `${base}+${known}`)
        .join(", ")}`,
    });
  if (base !== adapter.base && Object.hasOwn(catalogue, base)) throw otherBase(name, adapter);
  return { base, adapter };
}

/**
 * The adapter's file as llama.cpp takes it, once its bytes, and those of the weights in `path` that it is to run on, are the known
 * ones. Throws ADAPTER_BASE, MODEL_MISSING and MODEL_CHECKSUM.
 */
export async function heldAdapter(name: string, adapter: Adapter, path: string): Promise<{ filePath: string; scale: number }> {
  const { size } = await stat(path);
  const known = catalogue[adapter.base]?.parts["model.gguf"];
  if (size !== known?.bytes || (await sha256(path)) !== adapter.baseSha256) throw otherBase(name, adapter);
  const filePath = fileURLToPath(adapter.file);
  const hint = "Install @troupe/weights again";
  await stat(filePath).catch((cause) => {
    throw new TroupeError("MODEL_MISSING", "There is no adapter at this path", { file: filePath, hint, cause });
  });
  await holdFiles(dirname(filePath), { [basename(filePath)]: adapter }, hint, undefined);
  return { filePath, scale: adapter.scale };
}

const otherBase = (name: string, { base }: Adapter): TroupeError =>
  new TroupeError("ADAPTER_BASE", `${name} names an adapter that was made for other weights: for ${base}, byte for byte`, {
    hint: `Write llamacpp:${base}${name.slice(name.lastIndexOf("+"))}`,
  });
