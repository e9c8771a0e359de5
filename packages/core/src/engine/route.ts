import { TroupeError } from "../error/error.js";
import { messageOf } from "../error/message-of.js";
import { choose, type Seen } from "../graph/choose.js";
import type { Json } from "../schema/json.js";
import { type Fields, handField, readField, type Written } from "./fields.js";
import { present } from "./present.js";
import type { Next } from "./record.js";
import type { Program } from "./state.js";

const nowhere: Next = Object.freeze([]);

/**
 * Where a node's rule leads: it sees the state, overlaid with what the node wrote. An item of an `each` leads nowhere by itself.
 * @throws TroupeError `CONDITION_FAILED`, `REDUCER_FAILED`, and those of `choose`
 */
export function routeOf(fields: Fields, { conditions, reducers }: Program, node: string, output: Written): Next {
  if (fields.groups?.has(node)) return nowhere;
  const { graph } = fields;
  const rule = present(graph.edges[node], "rule");
  if (rule.kind === "to") return rule.to;
  const own = new Map<string, Json | undefined>();
  for (const [from, field] of Object.entries(present(graph.nodes[node], "node").write)) own.set(field, output[from]);
  try {
    const seen: Seen = {
      look: (field) => readField(fields, field, reducers, own.get(field)),
      hand: (field) => handField(fields, field, reducers, own.get(field)),
    };
    const chosen = choose(graph, node, seen, conditions);
    return "to" in chosen ? chosen.to : { each: chosen.each, count: chosen.items.length };
  } catch (cause) {
    if (cause instanceof TroupeError) throw cause;
    const hint = "Let the condition take whatever its fields may hold; the cause is attached.";
    throw new TroupeError("CONDITION_FAILED", `A condition of the rule threw: ${messageOf(cause)}`, { graph: graph.name, hint, cause });
  }
}
