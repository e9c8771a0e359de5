import { copyFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  target: "node20",
  dts: true,
  clean: true,
  sourcemap: true,
  splitting: true,
  noExternal: ["zod"],
  // What is bundled brings its licence along.
  onSuccess: () => copyFile(fileURLToPath(import.meta.resolve("zod/package.json").replace("package.json", "LICENSE")), "dist/zod.LICENSE"),
});
