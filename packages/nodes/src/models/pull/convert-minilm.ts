import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { TroupeError } from "@troupe/core";
import { readGguf } from "../gguf.js";
import { pythonEnvironment } from "../python-environment.js";
import { runPython } from "../run-python.js";

/** Versions the conversion was tried with. */
const requirements = ["gguf==0.17.1", "numpy==2.2.6"];

/** Writes MiniLM's safetensors in a directory as `model.gguf` (BERT, Q8_0) and removes what it was made of. */
export async function convertMinilm(dir: string, parts: readonly string[], signal: AbortSignal | undefined): Promise<void> {
  const python = await pythonEnvironment("gguf", requirements, signal);
  await runPython([script(), dir, join(dir, "model.gguf")], { signal, python });
  readGguf(join(dir, "model.gguf"));
  for (const part of parts) await rm(join(dir, part), { force: true });
}

/** The script lies in the package's `python` folder; how far up depends on whether this runs from source or from the build. */
function script(): string {
  for (const up of ["../python", "../../python", "../../../python"]) {
    const path = fileURLToPath(new URL(`${up}/minilm_to_gguf.py`, import.meta.url));
    if (existsSync(path)) return path;
  }
  throw new TroupeError("INSTALL_DAMAGED", "minilm_to_gguf.py is not in the package @troupe/nodes", { hint: "Install it again" });
}
