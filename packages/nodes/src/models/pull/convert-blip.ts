import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pythonEnvironment } from "../../python/environment.js";
import { pythonFile } from "../../python/python-file.js";
import { runScript } from "./run-script.js";

/**
 * Writes a BLIP in a directory, as Hugging Face has it, as two ONNX graphs and `captioner.json`, into `output`.
 *
 * Throws PYTHON_MISSING, PYTHON_SETUP, PYTHON_FAILED and the signal's reason.
 */
export async function blipToOnnx(dir: string, output: string, signal: AbortSignal | undefined): Promise<void> {
  const requirements = readFileSync(pythonFile("blip_to_onnx.requirements.txt"), "utf8");
  const python = await pythonEnvironment("onnx", requirements, { signal });
  await runScript(python, [pythonFile("watched.py"), pythonFile("blip_to_onnx.py"), dir, output], signal);
}

/** As `blipToOnnx`, in the directory itself, and removes what they were made of. */
export async function convertBlip(dir: string, parts: readonly string[], signal: AbortSignal | undefined): Promise<void> {
  await blipToOnnx(dir, dir, signal);
  for (const part of parts) await rm(join(dir, part), { force: true });
}
