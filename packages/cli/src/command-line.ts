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

const unseen = /[\p{Cc}\p{Cf}\p{Co}\u2028\u2029]/gu;

/** A word for a shell; what no terminal is shown is written as bash, zsh and ksh read it. */
function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (word.search(unseen) < 0) return `'${word.replaceAll("'", "'\\''")}'`;
  // By bytes: what a character's number stands for depends on the shell's language.
  const bytes = (one: string) => [...Buffer.from(one)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
  return `$'${word.replace(/['\\]/g, "\\$&").replace(unseen, bytes)}'`;
}
