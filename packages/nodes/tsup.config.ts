import { rmSync } from "node:fs";
import { defineConfig, type Options } from "tsup";
import { noBareImports } from "../../scripts/no-bare-imports.mjs";

const shared: Options = { format: "esm", sourcemap: true, splitting: true, plugins: [noBareImports], noExternal: [/^#/] };

// Both builds write types below this folder, and whichever clears it away in its own time may take the other's with it.
rmSync(new URL("./dist", import.meta.url), { recursive: true, force: true });

export default defineConfig([
  {
    ...shared,
    // The threads that decode pages and run captioners, and the guard of children, are files of their own beside the rest.
    entry: {
      index: "src/index.ts",
      "decode-worker": "src/vision/decode-worker.js",
      "graphs-worker": "src/models/onnx/graphs-worker.js",
      guard: "src/child/guard.js",
    },
    target: "node20",
    dts: { entry: { index: "src/index.ts" } },
  },
  {
    ...shared,
    entry: { index: "src/browser/index.ts" },
    outDir: "dist/browser",
    platform: "browser",
    target: "es2023",
    dts: true,
  },
]);
