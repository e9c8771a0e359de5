import { nearest, type Specialist, TroupeError } from "@troupe/core";
import type { Target } from "./load/load-target.js";

/** A specialist that is a team. */
export type TeamSpecialist = Specialist & Required<Pick<Specialist, "team">>;

/**
 * The team of a target: itself, or at a node of its graph, of a graph inside that one, or among a team's members. Without a name, the only
 * one that is no other's member.
 * @throws TroupeError `NO_TEAM`
 */
export function findTeam({ file, graph, specialist }: Target, name: string | undefined): TeamSpecialist {
  const first = [...new Set(specialist && isTeam(specialist) ? [specialist] : graph ? teamsIn(graph) : [])];
  const teams = [...new Set(first.flatMap(withMembers))];
  const chosen = name === undefined ? first : teams.filter((team) => team.name === name);
  const [only, ...others] = chosen;
  if (only && others.length === 0) return only;
  const names = [...new Set(teams.map((team) => team.name))];
  const what =
    names.length === 0
      ? "There is no team to plan for"
      : chosen.length === 0
        ? `There is no team ${name}`
        : `There are several teams${name === undefined ? "" : ` called ${name}`}`;
  const near = name === undefined ? undefined : nearest(name, names);
  const hint =
    names.length === 0
      ? "Give a file with a team in it."
      : chosen.length > 1 && new Set(chosen.map((team) => team.name)).size === 1
        ? "Give each a name of its own."
        : `${near ? `Did you mean ${near}? ` : ""}Name one with --team: ${names.join(", ")}.`;
  throw new TroupeError("NO_TEAM", what, { file, hint });
}

const isTeam = (one: Specialist): one is TeamSpecialist => one.team !== undefined;

const teamsIn = (graph: NonNullable<Target["graph"]>): TeamSpecialist[] =>
  Object.values(graph.nodes).flatMap(({ specialist }) => teamsAt(specialist as Specialist));

/** A specialist that is a team, or the teams of the graph that it is. */
const teamsAt = (one: Specialist): TeamSpecialist[] => (isTeam(one) ? [one] : one.graph ? teamsIn(one.graph) : []);

const withMembers = (team: TeamSpecialist): TeamSpecialist[] => [team, ...team.team.members.flatMap(teamsAt).flatMap(withMembers)];
