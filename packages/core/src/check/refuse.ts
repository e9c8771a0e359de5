import { TroupeError } from "../error/error.js";
import type { Issue } from "../error/issue.js";
import type { Graph } from "../graph/graph.js";
import type { Specialist } from "../specialist/specialist.js";
import { check, checkSpecialist } from "./check.js";

/** Refuses a graph for what was found in it. @throws TroupeError `GRAPH_INVALID` */
export function refuse(graph: Graph, issues: readonly Issue[]): void {
  if (issues.length === 0) return;
  const name: unknown = Object(graph).name;
  throw new TroupeError("GRAPH_INVALID", `The graph has ${counted(issues)}`, {
    ...(typeof name === "string" ? { graph: name } : {}),
    issues,
  });
}

/** As `refuse`, of a specialist that stands in no graph. @throws TroupeError `SPECIALIST_INVALID` */
export function refuseAlone(work: Specialist, issues: readonly Issue[]): void {
  if (issues.length === 0) return;
  const name: unknown = Object(work).name;
  const which = typeof name === "string" ? `specialist ${name}` : "specialist without a name";
  throw new TroupeError("SPECIALIST_INVALID", `The ${which} has ${counted(issues)}`, { issues });
}

/** Refuses what nothing can be told of, for whoever is to be given what passes `check`. @throws TroupeError `GRAPH_INVALID`, `SPECIALIST_INVALID` */
export function refuseMalformed(whole: Graph | Specialist): void {
  const formless = (issues: readonly Issue[]) => issues.filter(({ code }) => code === "malformed");
  if (isGraph(whole)) refuse(whole, formless(check(whole)));
  else refuseAlone(whole, formless(checkSpecialist(whole)));
}

/** What is nothing of either is no graph. */
const isGraph = (whole: Graph | Specialist): whole is Graph => Object(whole) !== whole || "nodes" in whole;

const counted = ({ length }: readonly Issue[]) => `${length} ${length === 1 ? "issue" : "issues"}`;
