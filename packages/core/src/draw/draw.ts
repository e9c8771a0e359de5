import { optionInvalid } from "../error/option-invalid.js";
import { type GraphData, isData } from "../graph/data.js";
import { say } from "../schema/say.js";
import { dot } from "./dot.js";
import { drawingOf } from "./drawing.js";
import { mermaid } from "./mermaid.js";

/**
 * A graph as the text of a drawing: nodes, what their rules ask, items of an each (bold), where loops go after their last round
 * (dashed), graphs that stand at nodes as groups, and teams with their members. Graphs with issues are drawn too; targets that do not
 * exist carry a `?`.
 *
 * @throws TroupeError `OPTION_INVALID` for what is neither
 * @example
 * console.log(draw(dataOf(graph), "mermaid"));
 */
export function draw(data: GraphData, language: "mermaid" | "dot"): string {
  if (!isData(data)) throw optionInvalid("draw", "data", `is ${say(data)}`, 'Give a graph\'s data: draw(dataOf(graph), "mermaid").');
  if (language !== "mermaid" && language !== "dot")
    throw optionInvalid("draw", "language", `is ${say(language)}`, 'Give "mermaid" or "dot".');
  return (language === "mermaid" ? mermaid : dot)(drawingOf(data));
}
