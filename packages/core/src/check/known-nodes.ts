import type { NodeData } from "../graph/data.js";
import type { Use } from "../graph/signature.js";
import type { Look } from "./look.js";

interface KnownNode {
  readonly node: string;
  readonly use: Use;
  readonly data: NodeData;
}

/** The nodes of a graph of whose specialist the fields are known; none where only its data is at hand. */
export function knownNodes({ graph, data, unknown }: Look): readonly KnownNode[] {
  return Object.entries(data.nodes).flatMap(([node, one]) => {
    const use = graph?.nodes[node];
    return use && !unknown.has(node) ? [{ node, use, data: one }] : [];
  });
}
