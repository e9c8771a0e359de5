import { defineConfig } from "tsup";

export default defineConfig({
  // The thread that decodes pages is a file of its own beside the rest.
  entry: { index: "src/index.ts", "decode-worker": "src/vision/decode-worker.js" },
  format: "esm",
  target: "node20",
  dts: { entry: { index: "src/index.ts" } },
  clean: true,
  sourcemap: true,
  splitting: true,
});
