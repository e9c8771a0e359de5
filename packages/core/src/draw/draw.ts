import type { GraphData } from "../graph/data.js";
import { dot } from "./dot.js";
import { drawingOf } from "./drawing.js";
import { mermaid } from "./mermaid.js";

/**
 * A graph as the text of a drawing: nodes, what their rules ask, items of an each (bold), where loops go after their last round
 * (dashed), graphs that stand at nodes as groups, and teams with their members. Graphs with issues are drawn too; targets that do not
 * exist carry a `?`.
 *
 * @example
 * console.log(draw(dataOf(graph), "mermaid"));
 */
export function draw(data: GraphData, language: "mermaid" | "dot"): string {
  return (language === "mermaid" ? mermaid : dot)(drawingOf(data));
}
