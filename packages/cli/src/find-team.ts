import { nearest, type Specialist, TroupeError } from "@troupe/core";
import type { Target } from "./load/load-target.js";

/** The team of a target: itself, or at a node of its graph, or of a graph inside that one. @throws TroupeError `NO_TEAM` */
export function findTeam({ file, graph, specialist }: Target, name: string | undefined): Specialist {
  const teams = specialist?.team ? [specialist] : graph ? teamsIn(graph) : [];
  const names = [...new Set(teams.map((team) => team.name))];
  const chosen = name === undefined ? (names.length === 1 ? teams[0] : undefined) : teams.find((team) => team.name === name);
  if (chosen) return chosen;
  const what =
    names.length === 0 ? "There is no team to plan for" : name === undefined ? "There are several teams" : `There is no team ${name}`;
  const near = name === undefined ? undefined : nearest(name, names);
  const hint = names.length
    ? `${near ? `Did you mean ${near}? ` : ""}Name one with --team: ${names.join(", ")}.`
    : "Give a file with a team in it.";
  throw new TroupeError("NO_TEAM", what, { file, hint });
}

function teamsIn(graph: NonNullable<Target["graph"]>): Specialist[] {
  return Object.values(graph.nodes).flatMap(({ specialist }) => {
    if ((specialist as Specialist).team) return [specialist as Specialist];
    return specialist.graph ? teamsIn(specialist.graph) : [];
  });
}
