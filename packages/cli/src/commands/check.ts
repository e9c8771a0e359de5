import { relative } from "node:path";
import { type Bindable, checkBound, checkTeams, formatIssue, type Graph, hints, type Issue, memoryHints, teamHints } from "@troupe/core";
import { exitCode } from "../exit-code.js";
import { loadToLook } from "../load/load-to-look.js";
import { namedModels } from "../named-models.js";
import { modelNames, namingFlags, trustFlags } from "../run-flags.js";
import { colorsFor } from "../show/colors.js";
import { jsonText } from "../show/json-text.js";
import { printable } from "../show/printable.js";
import { type Command, target } from "./command.js";

export const check: Command<"file"> = {
  meta: { name: "check", description: "List everything that is wrong with a graph, with its places" },
  args: { file: target, ...namingFlags, ...trustFlags, json: { type: "boolean", description: "Print the issues as a JSON list" } },
  async carryOut(flags, { out, err }) {
    const { file, graph, issues: wrong, config } = await loadToLook(flags, err);
    const models = await namedModels(modelNames(flags), config);
    const issues: readonly Issue[] = graph && wrong.length === 0 ? wrongWith(graph, models) : wrong;
    const looks = graph && issues.length === 0 ? [...hints(graph), ...memoryHints(graph, models), ...(await teamHints(graph))] : [];
    const colors = colorsFor(out);
    const lines = flags.has("json")
      ? [jsonText([...issues, ...looks.map((look) => ({ ...look, severity: "hint" }))], 2)]
      : issues.map(({ line, ...issue }) => {
          const place = `${relative(process.cwd(), file) || file}${line === undefined ? "" : `:${line}`}`;
          return `${colors.bold(printable(place))}: ${printable(formatIssue(issue))}`;
        });
    if (!flags.has("json")) {
      lines.push(...looks.map((look) => `${colors.yellow("–")} ${printable(formatIssue(look))}`));
      const nodes = Object.keys(graph?.nodes ?? {}).length;
      lines.push(
        graph && issues.length === 0
          ? `${colors.green("✓")} ${printable(graph.name)}: ${nodes} ${nodes === 1 ? "node" : "nodes"}, no issues`
          : `${colors.red("✗")} ${issues.length} ${issues.length === 1 ? "issue" : "issues"}`,
      );
    }
    out.write(`${lines.join("\n")}\n`);
    return issues.length ? exitCode.failed : exitCode.ok;
  },
};

/** What `compile` would refuse of a graph that is right by itself. */
function wrongWith(graph: Graph, models: Readonly<Record<string, Bindable>>): readonly Issue[] {
  const teams = checkTeams(graph);
  return teams.length ? teams : checkBound(graph, models);
}
