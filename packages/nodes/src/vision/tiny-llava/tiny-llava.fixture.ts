import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startOllama } from "../../../../../scripts/ollama.mjs";
import { writeEyes } from "./eyes.fixture.js";
import { writeVoice } from "./voice.fixture.js";

/** LLaVA 1.5's own. */
const template = "{{ .System }}\nUSER: {{ .Prompt }}\nASSISTANT: ";

/**
 * A real Ollama with a LLaVA in it, whose weights are made here and set by hand: it says the colours that its images have. Beside it is its
 * language model alone, which is `blind`. Their names hold the hash of the weights, for the server keeps its models.
 */
export async function startWithTinyLlava(): Promise<{ url: string; name: string; blind: string; stop(): Promise<void> } | { why: string }> {
  const dir = await mkdtemp(join(tmpdir(), "troupe-tiny-llava-"));
  const [voice, eyes] = [join(dir, "voice.gguf"), join(dir, "eyes.gguf")];
  try {
    await Promise.all([writeVoice(voice), writeEyes(eyes)]);
    const weights = Buffer.concat([await readFile(voice), await readFile(eyes)]);
    const tag = createHash("sha256").update(weights).digest("hex").slice(0, 12);
    const [name, blind] = [`tiny-llava:${tag}`, `tiny-voice:${tag}`];
    const models = { [name]: { from: [voice, eyes], template }, [blind]: { from: [voice], template } };
    const server = await startOllama({ say: console.error, models });
    return "why" in server ? server : { ...server, name, blind };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
