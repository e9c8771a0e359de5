import type { Next } from "../engine/record.js";
import { choose } from "../graph/choose.js";
import { TroupeError } from "../graph/error.js";
import type { Graph } from "../graph/graph.js";
import type { Json } from "../graph/json.js";
import { copyOf } from "./copy-of.js";
import { messageOf } from "./failure.js";
import { readValue, type Values } from "./values.js";

/**
 * Where a node's rule leads: it sees the state, overlaid with what the node wrote. An item of an `each` leads nowhere by itself.
 * @throws TroupeError `CONDITION_FAILED`, `REDUCER_FAILED`, and those of `choose`
 */
export function whereNext(values: Values, graph: Graph, node: string, output: Readonly<Record<string, Json>>): Next {
  if (values.groups.has(node)) return [];
  const { graph: data } = values;
  const written = new Map(Object.entries(data.nodes[node]!.write).map(([from, field]) => [field, output[from]] as const));
  const read = (field: string) => copyOf(readValue(values, field, graph.reducers, written.get(field)));
  try {
    const chosen = choose(data, node, read, graph.conditions);
    return "to" in chosen ? chosen.to : { each: chosen.each, count: chosen.items.length };
  } catch (cause) {
    if (cause instanceof TroupeError) throw cause;
    throw new TroupeError("CONDITION_FAILED", `A condition of the rule threw: ${messageOf(cause)}`, { graph: data.name, cause });
  }
}
