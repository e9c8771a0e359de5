import { existsSync, realpathSync } from "node:fs";
import { basename, delimiter, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The journal of a working directory. */
export const defaultJournal = join(".troupe", "journal.db");

/** What to type, here, for these words: told by how `troupe` can be reached from this directory. */
export function commandLine(words: readonly string[]): string {
  return [troupe(), ...words].map((word, i) => (i === 0 ? word : quoted(word))).join(" ");
}

function troupe(): string {
  const own = fileURLToPath(new URL("../bin/troupe.js", import.meta.url));
  const same = (path: string) => existsSync(path) && realpathSync(path) === realpathSync(own);
  for (let at = process.cwd(); ; at = dirname(at)) {
    if (same(join(at, "node_modules", ".bin", "troupe"))) return "npx troupe";
    if (at === dirname(at)) break;
  }
  // npm puts its own folders on the path of what it runs.
  const path = (process.env.PATH ?? "").split(delimiter).filter((dir) => basename(dirname(dir)) !== "node_modules");
  if (path.some((dir) => same(join(dir, "troupe")))) return "troupe";
  return `node ${quoted(relative(process.cwd(), own))}`;
}

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
