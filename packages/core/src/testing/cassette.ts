import { refuseMalformed } from "../check/refuse.js";
import type { RunRecord } from "../engine/record.js";
import { TroupeError } from "../error/error.js";
import type { Graph } from "../graph/graph.js";
import type { Use } from "../graph/signature.js";
import { recorded } from "../host/recorded.js";
import type { Json } from "../schema/json.js";
import type { Context } from "../specialist/context.js";
import type { Specialist } from "../specialist/specialist.js";
import { checkRecords } from "./check-records.js";

/**
 * A graph whose nodes answer what a run's journal says that they answered, so that its rules, loops and reducers are tested without a
 * model. A node that is a team or a graph answers as a whole. An occurrence is known by its path; one that the journal has no answer for
 * fails with `CASSETTE_LACKS`. Outputs are held to the specialists' schemas as ever, but for schemas that make something of what they
 * take, since they made it then.
 *
 * @throws TroupeError `GRAPH_INVALID`, `OPTION_INVALID` for what is no graph, or no records
 * @example
 * const entries = await journal.read("monday"); // of a run with real models
 * const { reply } = await compile(cassette(graph, entries)).invoke({ ticket: "It crashes" });
 */
export function cassette<I extends object, O extends object>(graph: Graph<I, O>, records: readonly RunRecord[]): Graph<I, O> {
  checkRecords("cassette", records);
  refuseMalformed(graph);
  const answers = new Map(records.flatMap((record) => (record.kind === "completed" ? [[record.at, record.output] as const] : [])));
  const answering = (node: Use): Use => {
    const { model, prompt, tools, needs, team, graph: opened, ...kept } = node.specialist as Specialist;
    const run = (_: object, { at }: Context): object => answered(answers, at, graph.name);
    return Object.freeze({ ...node, specialist: Object.freeze({ ...kept, run }) });
  };
  const nodes = Object.entries(graph.nodes).map(([name, node]) => [name, answering(node)] as const);
  return Object.freeze({ ...graph, nodes: Object.freeze(Object.fromEntries(nodes)) });
}

function answered(answers: ReadonlyMap<string, Json>, at: string, graph: string): object {
  const answer = answers.get(at);
  if (answer !== undefined) return recorded(answer as object);
  const what = `The journal has no answer of ${at}: the run that it tells of did not come there, or did not finish it`;
  throw new TroupeError("CASSETTE_LACKS", what, { graph, at, hint: "Record a run that goes this way, or see why this one does." });
}
