import { defineConfig, type Options } from "tsup";
import { noBareImports } from "../../scripts/no-bare-imports.mjs";

const shared: Options = { format: "esm", sourcemap: true, splitting: true, plugins: [noBareImports], noExternal: [/^#/] };

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
    clean: ["!browser/**"],
  },
  {
    ...shared,
    entry: { index: "src/browser/index.ts" },
    outDir: "dist/browser",
    platform: "browser",
    target: "es2023",
    dts: true,
    clean: true,
  },
]);
