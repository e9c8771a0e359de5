import { isAbsolute, relative } from "node:path";

/** What `--trust` has to be told so that a run of this file can be resumed: nothing where it lies in the working directory. */
export function outside(file: string): readonly string[] {
  const way = relative(process.cwd(), file);
  return way.startsWith("..") || isAbsolute(way) ? [`modules=${file}`] : [];
}
