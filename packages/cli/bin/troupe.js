#!/usr/bin/env node
import { existsSync } from "node:fs";

if (existsSync(new URL("../dist/main.js", import.meta.url))) {
  await import("../dist/main.js");
} else {
  console.error("NOT_BUILT: the command line has not been built yet\nIn a clone, run `npm test`, or `npm ci` and `npm run build`, first.");
  process.exitCode = 2;
}
