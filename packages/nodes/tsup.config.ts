import { defineConfig } from "tsup";

export default defineConfig({
  // The thread that decodes pages and the guard of children are files of their own beside the rest.
  entry: { index: "src/index.ts", "decode-worker": "src/vision/decode-worker.js", guard: "src/child/guard.js" },
  format: "esm",
  target: "node20",
  dts: { entry: { index: "src/index.ts" } },
  clean: true,
  sourcemap: true,
  splitting: true,
});
