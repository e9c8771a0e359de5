// What the page is served as: its own files, and Troupe, LangChain and zod bundled into a few.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The page's files by name. */
export async function files() {
  const { outputFiles } = await build({
    entryPoints: { page: here("page.js") },
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2023",
    outdir: "/",
    write: false,
    // The packages as they are built and published, not this repository's sources.
    tsconfigRaw: "{}",
  });
  const scripts = Object.fromEntries(outputFiles.map(({ path, text }) => [path.slice(1), text]));
  return { "index.html": readFileSync(here("index.html"), "utf8"), ...scripts };
}
