import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const twoCores = fileURLToPath(new URL("scripts/two-cores.cjs", import.meta.url));
const src = (name: string) => fileURLToPath(new URL(`./packages/${name}/src/index.ts`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      "@troupe/core/interop": fileURLToPath(new URL("./packages/core/src/interop/index.ts", import.meta.url)),
      "@troupe/core": src("core"),
      "@troupe/nodes/browser": fileURLToPath(new URL("./packages/nodes/src/browser/index.ts", import.meta.url)),
      "@troupe/nodes": src("nodes"),
      "@troupe/cli": src("cli"),
      "@troupe/weights": src("weights"),
    },
  },
  test: {
    include: [
      "packages/*/src/**/*.test.ts",
      "examples/**/*.test.ts",
      "docs/**/*.test.ts",
      "bench/**/*.test.ts",
      "scripts/**/*.test.mjs",
      "attack/*.test.mjs",
    ],
    setupFiles: [twoCores],
    env: { NODE_OPTIONS: `--require ${JSON.stringify(twoCores)}` },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
