import { expect, test, vi } from "vitest";
import { defaultModels } from "./default-models.js";

vi.mock("../peer.js", async (original) => ({ ...(await original<typeof import("../peer.js")>()), isInstalled: () => false }));

test("who cannot run the embedded weights is told what to install, and how to do without", async () => {
  await expect(defaultModels().default.load()).rejects.toMatchObject({
    code: "PACKAGE_MISSING",
    hint: expect.stringMatching(/npm install "node-llama-cpp@.*--model ollama:NAME/),
  });
  await expect(defaultModels().embeddings.load()).rejects.toMatchObject({
    code: "PACKAGE_MISSING",
    hint: expect.stringMatching(/npm install "node-llama-cpp@.*--embeddings ollama:NAME/),
  });
});
