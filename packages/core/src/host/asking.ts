import type { Message } from "../engine/message.js";
import { TroupeError } from "../error/error.js";
import { dataOf, type GraphData } from "../graph/data.js";
import type { Graph } from "../graph/graph.js";
import { graphFlow } from "../marks/graph-flow.js";
import type { Path } from "../path/path.js";
import type { Json } from "../schema/json.js";
import { plainJson } from "../schema/plain-json.js";
import { askCall } from "./ask-call.js";
import { askPlan } from "./ask-plan.js";
import { type Asker, ask, askerOf } from "./asker.js";
import { atOnce, type Live, refuseOver } from "./live.js";
import type { Asks } from "./stage.js";

/** What occurrences ask of the machine while they run: calls, plans, graphs inside, and what they learn. */
export interface Asking extends Asks {
  /** Runs the graph that an occurrence is. */
  enter(live: Live, graph: Graph, input: Readonly<Record<string, Json>>): Promise<Record<string, unknown>>;
  /** Refuses an output before all is asked for again that acts on the world. */
  leaving(live: Live): void;
  /** What is asked for first is not asked for any more: the others are heard as they come. */
  loosen(live: Live): void;
}

export function asking(made: Parameters<typeof askerOf>[0]): Asking {
  const asker = askerOf(made);
  return {
    learn: asker.learn,
    loosen: (live) => asker.diverge(live, true),
    leaving: (live) => leaving(asker, live),
    enter: (live, graph, input) => enter(asker, live, graph, input),
    call: (live, key, used, given) => askCall(asker, live, key, used, given),
    plan: (live, make, members, input) => askPlan(asker, live, make, members, input),
  };
}

function leaving(asker: Asker, live: Live): void {
  const [unasked] = asker.memoOf(live).unasked();
  if (unasked) throw asker.nondeterministic(live, `${unasked.slice(1)} was asked for before, acts on the world, and is not asked for now`);
}

const plain = new WeakSet<GraphData>();

/** A graph as the journal has it. One that code calls has been through no check. @throws TroupeError `GRAPH_INVALID` */
function keptData(graph: Graph, place: { readonly graph: string; readonly at: Path }): GraphData {
  const data = dataOf(graph);
  if (plain.has(data)) return data;
  plainJson(data, (what, path) => {
    const hint = "Bind constants that are plain JSON values, and open all else in the specialist.";
    throw new TroupeError("GRAPH_INVALID", `${graph.name} holds ${what} at ${path.join(".")}, which a journal cannot keep`, {
      ...place,
      hint,
    });
  });
  plain.add(data);
  return data;
}

async function enter(asker: Asker, live: Live, graph: Graph, input: Readonly<Record<string, Json>>) {
  const { at, attempt } = live;
  const { guard } = asker;
  const { takes, found } = graphFlow(graph, (specialist) => guard.passage(specialist), live.takes);
  guard.keepTo(live, found);
  refuseOver(live);
  const message: Message = { kind: "enter", at, attempt, data: keptData(graph, { graph: asker.graph, at }), program: graph, input };
  return ask(asker, live, at, atOnce({ graph, takes }), message);
}
