import { check, checkSpecialist } from "../check/check.js";
import { refuse, refuseAlone } from "../check/refuse.js";
import { dataOf, type GraphData } from "../graph/data.js";
import type { Graph } from "../graph/graph.js";
import { hashOf } from "../journal/hash.js";
import { type Limits, limitsOf } from "../limits/limits.js";
import { type Trust, trustOf } from "../limits/trust.js";
import { type Elsewhere, elsewhereIn } from "../marks/elsewhere.js";
import { type Flow, graphFlow } from "../marks/graph-flow.js";
import { passageOf } from "../marks/passage.js";
import { checkTeams } from "../plan/check-teams.js";
import type { Schema } from "../schema/schema.js";
import { fieldsSchema, type Specialist } from "../specialist/specialist.js";
import { type BoundModels, bindModels } from "./bound-models.js";
import { checkBound } from "./check-bound.js";
import type { Host } from "./host.js";
import { inProcess } from "./in-process.js";
import { checkCompileOptions } from "./options.js";
import type { CompileOptions } from "./run-options.js";
import { soundHost } from "./sound-host.js";

/** A graph that was checked, with all that its runs have in common. */
export interface Ready {
  readonly graph: Graph;
  readonly data: GraphData;
  readonly hash: string;
  /** Where its values come from. */
  readonly flow: Flow;
  /** Of its input, and of its output. */
  readonly takes: Schema;
  readonly gives: Schema;
  readonly models: BoundModels;
  /** Which of them do not run on this machine. */
  readonly elsewhere: Elsewhere;
  readonly limits: Limits;
  readonly trust: Trust;
  readonly timeout: number | undefined;
  readonly host: Host;
}

/** Makes a graph ready to run, or refuses it. @throws TroupeError `GRAPH_INVALID`, `OPTION_INVALID` */
export function readyOf(graph: Graph, options: CompileOptions): Ready {
  refuseUnsound(graph);
  checkCompileOptions(options);
  const models = bindModels(options.models);
  const elsewhere = elsewhereIn(models);
  refuse(graph, checkBound(graph, models));
  const data = dataOf(graph);
  return {
    graph,
    data,
    hash: hashOf(data),
    flow: graphFlow(graph, (specialist) => passageOf(specialist, elsewhere)),
    takes: fieldsSchema(graph, graph.input),
    gives: fieldsSchema(graph, graph.output),
    models,
    elsewhere,
    limits: limitsOf(options.limits),
    trust: trustOf(options.trust),
    timeout: options.timeout,
    host: soundHost(options.host ?? inProcess(), graph.name),
  };
}

/** Refuses a graph that `check` finds issues in. @throws TroupeError `GRAPH_INVALID` */
function refuseUnsound(graph: Graph): void {
  const wrong = check(graph);
  refuse(graph, wrong.length ? wrong : checkTeams(graph));
}

/** Refuses a specialist that stands in no graph for what would be refused of it in one. @throws TroupeError `SPECIALIST_INVALID` */
export function refuseUnsoundAlone(work: Specialist): void {
  const wrong = checkSpecialist(work);
  refuseAlone(work, wrong.length ? wrong : checkTeams(work));
}
