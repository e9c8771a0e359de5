import type { Document, LineCounter, Node, Pair, YAMLMap } from "yaml";

type Yaml = typeof import("yaml");

/** Tells the line on which a path of a YAML document stands, from 1: of its last key that is there. */
export function lineFinder(yaml: Yaml, document: Document, lines: LineCounter): (path: readonly (string | number)[]) => number {
  const known = new Map<YAMLMap, ReadonlyMap<string, Pair>>();
  const pairsOf = (map: YAMLMap) => {
    let pairs = known.get(map);
    if (!pairs) {
      pairs = new Map(map.items.flatMap((item) => (yaml.isScalar(item.key) ? [[String(item.key.value), item] as const] : [])));
      known.set(map, pairs);
    }
    return pairs;
  };
  return (path) => {
    let at: unknown = document.contents;
    let offset = (document.contents as Node | null)?.range?.[0] ?? 0;
    for (const key of path) {
      if (yaml.isAlias(at)) at = at.resolve(document);
      if (yaml.isMap(at)) {
        const pair = pairsOf(at).get(String(key));
        if (!pair) break;
        offset = (pair.key as Node).range?.[0] ?? offset;
        at = pair.value;
      } else if (yaml.isSeq(at) && typeof key === "number" && at.items[key] !== undefined) {
        at = at.items[key];
        offset = (at as Node).range?.[0] ?? offset;
      } else break;
    }
    return lines.linePos(offset).line;
  };
}
