import type { Issue } from "../../error/issue.js";
import { dataOf } from "../../graph/data.js";
import type { Graph } from "../../graph/graph.js";

/** What LangGraph keeps for itself in the names of nodes. */
const reserved = ["__start__", "__end__"];

/**
 * What a graph says that LangGraph has no place for, as issues: names it takes otherwise, and media, whose bytes its checkpoints do not
 * keep. Empty where `toLangGraph` can express all of it.
 *
 * @example
 * inexpressible(graph); // [{ code: "langgraph-name", path: ["nodes", "reply"], … }]
 */
export function inexpressible(graph: Graph): readonly Issue[] {
  const data = dataOf(graph);
  const names = Object.keys(data.nodes).flatMap((node): Issue[] => {
    const why = Object.hasOwn(data.state, node)
      ? "a state field is called so too"
      : /[|:]/.test(node) || reserved.includes(node)
        ? "LangGraph keeps that name, or a character in it, for itself"
        : undefined;
    if (why === undefined) return [];
    const message = `LangGraph takes no node called "${node}": ${why}.`;
    return [{ code: "langgraph-name", path: ["nodes", node], names: { node: [node] }, message, hint: "Give the node another name." }];
  });
  const media = Object.entries(data.state).flatMap(([field, { schema }]): Issue[] =>
    JSON.stringify(schema).includes('"x-media"')
      ? [
          {
            code: "langgraph-media",
            path: ["state", field],
            names: { field: [field] },
            message: `The field "${field}" holds media, whose bytes LangGraph's checkpoints do not keep.`,
            hint: "Let a specialist open the medium from a path or an address in a text field.",
          },
        ]
      : [],
  );
  return [...names, ...media];
}
