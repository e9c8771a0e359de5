import { constants } from "node:fs";
import { chmod, copyFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { TroupeError } from "@troupe/core";
import type { Weights } from "../catalogue.js";
import { readGguf } from "../gguf.js";

/** Copies a model from a path: a GGUF file, or a directory with the files the model is made of. Throws MODEL_MISSING, MODEL_DAMAGED. */
export async function fromPath(path: string, weights: Weights | undefined, dir: string): Promise<"file" | "parts"> {
  const found = await stat(path).catch((cause) => {
    throw new TroupeError("MODEL_MISSING", "There is nothing at this path", { file: path, cause });
  });
  // Where the file system can, a copy costs nothing.
  const copy = async (from: string, to: string) => {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    await chmod(to, 0o600);
  };
  if (found.isFile()) {
    if (weights && !weights.file) throw new TroupeError("MODEL_MISSING", "This model is a directory of files, not one", { file: path });
    readGguf(path);
    await copy(path, join(dir, "model.gguf"));
    return "file";
  }
  const parts = Object.keys(weights?.parts ?? { "model.gguf": 0 });
  for (const part of parts)
    await copy(join(path, part), join(dir, part)).catch((cause) => {
      throw new TroupeError("MODEL_MISSING", `There is no ${part} in this directory`, { file: path, cause });
    });
  if (parts.includes("model.gguf")) readGguf(join(dir, "model.gguf"));
  return "parts";
}
