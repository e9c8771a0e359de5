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
 * A real Ollama with a LLaVA in it, whose weights are made here and set by hand: it says the colours that its images have. Its name holds
 * the hash of its weights, for the server keeps its models.
 */
export async function startWithTinyLlava(): Promise<{ url: string; name: string; stop(): Promise<void> } | { why: string }> {
  const dir = await mkdtemp(join(tmpdir(), "troupe-tiny-llava-"));
  const [voice, eyes] = [join(dir, "voice.gguf"), join(dir, "eyes.gguf")];
  try {
    await Promise.all([writeVoice(voice), writeEyes(eyes)]);
    const hash = createHash("sha256").update(await readFile(voice));
    const name = `tiny-llava:${hash
      .update(await readFile(eyes))
      .digest("hex")
      .slice(0, 12)}`;
    const server = await startOllama({ say: console.error, models: { [name]: { from: [voice, eyes], template } } });
    return "why" in server ? server : { ...server, name };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
