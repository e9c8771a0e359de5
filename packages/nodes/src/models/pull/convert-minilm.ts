import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pythonEnvironment } from "../../python/environment.js";
import { pythonFile } from "../../python/python-file.js";
import { runScript } from "./run-script.js";

/**
 * Writes MiniLM's safetensors in a directory as `model.gguf` (BERT, Q8_0) and removes what it was made of.
 *
 * Throws PYTHON_MISSING, PYTHON_SETUP, PYTHON_FAILED and the signal's reason.
 */
export async function convertMinilm(dir: string, parts: readonly string[], signal: AbortSignal | undefined): Promise<void> {
  const requirements = readFileSync(pythonFile("minilm_to_gguf.requirements.txt"), "utf8");
  const python = await pythonEnvironment("gguf", requirements, { signal });
  await runScript(python, [pythonFile("watched.py"), pythonFile("minilm_to_gguf.py"), dir, join(dir, "model.gguf")], signal);
  for (const part of parts) await rm(join(dir, part), { force: true });
}
