// Faults that were once real, put back in on purpose: an attack that misses one attacks nothing.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What is changed where: in `file`, `from` becomes `to`. `cases` of `kind` have to find it. */
export const faults = [];

/** Builds the packages with a fault in them, beside the real ones, for some work on them. */
export async function withFault({ name, file, from, to }, work) {
  const parent = join(root, "node_modules", ".troupe-attack");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "fault-"));
  try {
    mkdirSync(join(folder, "node_modules", "@troupe"), { recursive: true });
    for (const one of ["core", "nodes", "cli"]) {
      cpSync(join(root, "packages", one), join(folder, one), { recursive: true });
      symlinkSync(join(folder, one), join(folder, "node_modules", "@troupe", one));
    }
    const path = join(folder, file.replace("packages/", ""));
    const text = readFileSync(path, "utf8");
    if (!text.includes(from)) throw new Error(`The fault "${name}" fits ${file} no longer: it has no ${JSON.stringify(from)}`);
    writeFileSync(path, text.replace(from, to));
    const one = file.split("/")[1];
    await build({
      config: false,
      entry: one === "cli" ? [join(folder, one, "src/index.ts"), join(folder, one, "src/main.ts")] : [join(folder, one, "src/index.ts")],
      outDir: join(folder, one, "dist"),
      format: "esm",
      target: "node20",
      splitting: true,
      silent: true,
      noExternal: one === "core" ? ["zod"] : [],
    });
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
