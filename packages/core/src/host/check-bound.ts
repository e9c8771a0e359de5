import { checkAbilities } from "../check/abilities.js";
import { checkMarks } from "../check/marks.js";
import { refuseMalformed } from "../check/refuse.js";
import type { Issue } from "../error/issue.js";
import type { Graph } from "../graph/graph.js";
import { elsewhereIn } from "../marks/elsewhere.js";
import type { Bindable } from "../model/model.js";
import { bindModels } from "./bound-models.js";
import { checkModels } from "./options.js";

/**
 * What is wrong with a graph once it is known which models play which roles: what these cannot do by their cards, and private values that
 * would reach those elsewhere. Of a graph that passes `check`; `compile` refuses these issues too.
 * @throws TroupeError `GRAPH_INVALID` for what is no graph, `OPTION_INVALID` for what is no model.
 * @example
 * const issues = checkBound(graph, { default: model("ollama:phi3:mini") });
 */
export function checkBound(graph: Graph, models: Readonly<Record<string, Bindable>>): readonly Issue[] {
  refuseMalformed(graph);
  checkModels("checkBound", models);
  const bound = bindModels(models);
  return [...checkMarks(graph, elsewhereIn(bound)), ...checkAbilities(graph, bound)];
}
