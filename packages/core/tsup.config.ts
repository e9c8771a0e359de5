import { copyFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { defineConfig } from "tsup";

export default defineConfig({
  // The thread that a journal's file is read and written in is a file of its own beside the rest.
  entry: { index: "src/index.ts", interop: "src/interop/index.ts", "database-worker": "src/journal/database-worker.js" },
  format: "esm",
  target: "node20",
  dts: { entry: { index: "src/index.ts", interop: "src/interop/index.ts" } },
  clean: true,
  sourcemap: true,
  splitting: true,
  noExternal: ["zod"],
  // What is bundled brings its licence along.
  onSuccess: () => copyFile(fileURLToPath(import.meta.resolve("zod/package.json").replace("package.json", "LICENSE")), "dist/zod.LICENSE"),
});
