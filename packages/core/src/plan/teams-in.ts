import type { Issue } from "../error/issue.js";
import type { Graph } from "../graph/graph.js";
import type { Specialist, Team } from "../specialist/specialist.js";

/** A team and where it stands in a graph. */
export interface Place {
  readonly path: Issue["path"];
  readonly specialist: Specialist;
  readonly team: Team;
}

/** All teams of a graph or a specialist, of the graphs inside it, and among the members of teams; one that stands in several places is told once. */
export function teamsIn(whole: Graph | Specialist): readonly Place[] {
  const seen = new Set<unknown>();
  const found: Place[] = [];
  const inGraph = (one: Graph, path: Issue["path"]): void => {
    for (const [node, { specialist }] of Object.entries(one.nodes)) visit(specialist as Specialist, [...path, "nodes", node]);
  };
  const visit = (specialist: Specialist, path: Issue["path"]): void => {
    if (seen.has(specialist)) return;
    seen.add(specialist);
    if (specialist.graph) inGraph(specialist.graph, [...path, "graph"]);
    const { team } = specialist;
    if (!team) return;
    found.push({ path, specialist, team });
    for (const [i, member] of team.members.entries()) visit(member, [...path, "team", "members", i]);
  };
  if ("nodes" in whole) inGraph(whole, []);
  else visit(whole, []);
  return found;
}
