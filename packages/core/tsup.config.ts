import { copyFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { defineConfig, type Options } from "tsup";
import { noBareImports } from "../../scripts/no-bare-imports.mjs";

const shared: Options = { format: "esm", sourcemap: true, splitting: true, plugins: [noBareImports], noExternal: ["zod", /^#/] };
/** What is bundled brings its licence along. */
const licence = (folder: string) => async () =>
  copyFile(fileURLToPath(import.meta.resolve("zod/package.json").replace("package.json", "LICENSE")), `${folder}/zod.LICENSE`);

/** An entry is a room's `index.ts`. */
const rooms = (...names: string[]) => Object.fromEntries(names.map((name) => [name, `src/${name}/index.ts`]));
const entries = { index: "src/index.ts", ...rooms("graph", "engine", "check", "interop", "testing") };

export default defineConfig([
  {
    ...shared,
    // The thread that a journal's file is read and written in is a file of its own beside the rest.
    entry: { ...entries, "database-worker": "src/journal/database-worker.js" },
    target: "node20",
    dts: { entry: entries },
    clean: ["!browser/**"],
    onSuccess: licence("dist"),
  },
  {
    ...shared,
    entry: { index: "src/everywhere.ts", ...rooms("graph", "engine", "check", "testing") },
    outDir: "dist/browser",
    platform: "browser",
    target: "es2023",
    clean: true,
    onSuccess: licence("dist/browser"),
  },
]);
