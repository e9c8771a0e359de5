import type { Document, LineCounter, Node } from "yaml";

type Yaml = typeof import("yaml");

/** The line on which a path of a YAML document stands, from 1: of its last key that is there. */
export function lineOf(yaml: Yaml, document: Document, lines: LineCounter, path: readonly (string | number)[]): number {
  let at: unknown = document.contents;
  let offset = (document.contents as Node | null)?.range?.[0] ?? 0;
  for (const key of path) {
    if (yaml.isAlias(at)) at = at.resolve(document);
    if (yaml.isMap(at)) {
      const pair = at.items.find((item) => yaml.isScalar(item.key) && String(item.key.value) === String(key));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      at = pair.value;
    } else if (yaml.isSeq(at) && typeof key === "number" && at.items[key] !== undefined) {
      at = at.items[key];
      offset = (at as Node).range?.[0] ?? offset;
    } else break;
  }
  return lines.linePos(offset).line;
}
