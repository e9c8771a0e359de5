import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const twoCores = fileURLToPath(new URL("scripts/two-cores.cjs", import.meta.url));
const src = (name: string) => fileURLToPath(new URL(`./packages/${name}/src/index.ts`, import.meta.url));
/** The entries of a package are rooms. */
const rooms = (name: string, ...entries: string[]) =>
  Object.fromEntries(
    entries.map((room) => [`@troupe/${name}/${room}`, fileURLToPath(new URL(`./packages/${name}/src/${room}/index.ts`, import.meta.url))]),
  );

export default defineConfig({
  resolve: {
    alias: {
      ...rooms("core", "graph", "engine", "check", "interop", "testing"),
      "@troupe/core": src("core"),
      ...rooms("nodes", "browser"),
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
