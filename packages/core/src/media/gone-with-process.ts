import { rmSync } from "node:fs";

const folders = new Set<string>();
/** One for all of them: there may be many, and Node warns of more than ten. */
const leave = () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
};

/**
 * Has a folder go with this process; gives what is called where it goes, or stays, before that.
 *
 * @example
 * const keep = goneWithProcess(mkdtempSync(join(tmpdir(), "copy-")));
 * keep(); // it stays
 */
export function goneWithProcess(folder: string): () => void {
  if (folders.size === 0) process.on("exit", leave);
  folders.add(folder);
  return () => {
    folders.delete(folder);
    if (folders.size === 0) process.off("exit", leave);
  };
}
