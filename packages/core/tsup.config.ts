import { copyFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { defineConfig, type Options } from "tsup";

const shared: Options = { format: "esm", sourcemap: true, splitting: true, noExternal: ["zod", /^#/] };
/** What is bundled brings its licence along. */
const licence = (folder: string) => async () =>
  copyFile(fileURLToPath(import.meta.resolve("zod/package.json").replace("package.json", "LICENSE")), `${folder}/zod.LICENSE`);

export default defineConfig([
  {
    ...shared,
    // The thread that a journal's file is read and written in is a file of its own beside the rest.
    entry: { index: "src/index.ts", interop: "src/interop/index.ts", "database-worker": "src/journal/database-worker.js" },
    target: "node20",
    dts: { entry: { index: "src/index.ts", interop: "src/interop/index.ts" } },
    clean: ["!browser/**"],
    onSuccess: licence("dist"),
  },
  {
    ...shared,
    entry: { index: "src/everywhere.ts" },
    outDir: "dist/browser",
    platform: "browser",
    target: "es2023",
    clean: true,
    onSuccess: licence("dist/browser"),
  },
]);
