import { refuseMalformed } from "../check/refuse.js";
import type { Issue } from "../error/issue.js";
import type { Graph } from "../graph/graph.js";
import type { Team } from "../specialist/specialist.js";
import type { Brief } from "./brief.js";
import { settleLine } from "./check-settle.js";
import { unused } from "./check-teams.js";
import type { Derived, Open } from "./derive/derive.js";
import { isUnsafe } from "./derive/weighed.js";
import { heldIssue } from "./held-issue.js";
import { briefFor } from "./team.js";
import { type Place, teamsIn } from "./teams-in.js";
import { withinReach } from "./within-reach.js";
import { withoutModel } from "./without-model.js";

/**
 * What is worth a second look in the teams of a graph that passes `check` and `checkTeams`: members that can never be asked, inputs that
 * can't be used where they are given, and, of a team that plans by types and is told no request, places that names and types leave open,
 * each with the line that settles it, and what they alone can't plan. Embeddings, a decision model or a planner may settle it in a run.
 * No model is asked.
 * @throws TroupeError `GRAPH_INVALID` for what is none.
 * @example
 * for (const hint of await teamHints(graph)) console.warn(formatIssue(hint));
 */
export async function teamHints(graph: Graph): Promise<readonly Issue[]> {
  refuseMalformed(graph);
  const hints = await Promise.all(teamsIn(graph).map(hintsOf));
  return hints.flat();
}

async function hintsOf({ path, specialist, team }: Place): Promise<Issue[]> {
  const brief = briefFor(specialist);
  const { planner, guide, request, unsure } = team;
  const reach = withinReach(brief);
  const stuck = [...reach.stuck].map(
    ([{ name }, lacking]): Issue => ({
      code: "missing-argument",
      path: ["members", brief.members.findIndex((one) => one.name === name)],
      names: { argument: lacking.map((one) => one.name), member: [name] },
      message: `${name} can't be asked: nothing gives what it takes as ${lacking.map((one) => `"${one.name}"`).join(" and ")}.`,
      hint: "Give the team what it lacks, or leave the member out.",
    }),
  );
  const idle = reach.idle.filter(({ name }) => name !== request).map(unused);
  // What a model plans, or what is asked for anew each time, is not known before the run.
  const byTypes = request === undefined && (planner === "typed" || (typeof planner === "string" && guide));
  const derived = byTypes && idle.length === 0 ? openIn(await withoutModel(brief, {}), brief, unsure) : [];
  return [...stuck, ...idle, ...derived].map((hint) => ({ ...hint, path: [...path, "team", ...hint.path] }));
}

function openIn({ open: all, held, issues, declined, settled }: Derived, brief: Brief, unsure: Team["unsure"]): Issue[] {
  const open = unsure === "refuse" ? all : all.filter((one) => one.apart || one.bare || isUnsafe(one));
  const why = declined !== undefined && open.length === 0 ? [declined] : issues.map(({ message }) => message);
  const underived: Issue[] =
    why.length === 0
      ? []
      : [
          {
            code: "not-derived",
            path: [],
            message: `Names and types alone make no plan: ${why.join("; ")}.`,
            hint: "Embeddings or a planner may; else name or describe outputs and arguments like what gives them.",
          },
        ];
  const told = unsure === "guess" ? open.filter((one) => isUnsafe(one) || one.bare) : open;
  return [...underived, ...told.map((one) => openPlace(one, settled, brief)), ...held.map(heldIssue)];
}

/** An open place as a finding, with the line that settles it. */
function openPlace(one: Open, settled: Derived["settled"], brief: Brief): Issue {
  const line = settleLine({ open: [one], settled }, brief);
  return {
    code: "open-place",
    path: [one.place],
    message: `${one.why}.`,
    hint: `Embeddings or a decision model may settle it in a run.${line ? ` For good: team({ ${line} }).` : " Name or describe the place."}`,
  };
}
