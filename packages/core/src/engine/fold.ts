import { TroupeError } from "../error/error.js";
import type { GraphData } from "../graph/data.js";
import { Path } from "../path/path.js";
import type { Json } from "../schema/json.js";
import { openFields, openGroup, type Written, writeOutput } from "./fields.js";
import { learnAnswers, learnCall, learnDiverged, learnOutcome, learnPlan, learnPlanEnd, startAnew } from "./learning.js";
import { begun, forget, insideOf, put } from "./occurrences.js";
import { openPlan, readyAfter } from "./plan-frame.js";
import { present } from "./present.js";
import type { RecordOf, RunRecord } from "./record.js";
import { completeNode, isQuiet, openSchedule, type Turn } from "./schedule.js";
import type { Frame, GraphFrame, Occurrence, PlanFrame, RunState } from "./state.js";

/** What follows from a record: whose turn it is, in order of rank; or that a frame has fallen quiet, or failed. */
export type Follow =
  | { readonly kind: "turn"; readonly occurrences: readonly Occurrence[] }
  | { readonly kind: "quiet"; readonly frame: Frame }
  | { readonly kind: "failed"; readonly frame: Frame };

/**
 * Takes up a record: changes the state, and says what follows. No function of a graph's is called, no clock read, nothing drawn.
 * @throws TroupeError `JOURNAL_BROKEN` when the record names an occurrence that is not under way.
 * @example
 * const state = emptyState();
 * for (const record of records) fold(state, record); // a run as it was after its last record
 */
export function fold(state: RunState, record: RunRecord): Follow | undefined {
  const follow = taken(state, record);
  if (follow?.kind === "quiet") learnPlanEnd(follow.frame);
  else if (follow?.kind === "failed" && record.kind === "failed") learnPlanEnd(follow.frame, record.error);
  return follow;
}

function taken(state: RunState, record: RunRecord): Follow | undefined {
  switch (record.kind) {
    case "began":
      return begins(state, record);
    case "started": {
      const occurrence = known(state, record);
      occurrence.attempt = record.attempt;
      occurrence.live = true;
      return undefined;
    }
    case "called":
      return { kind: "turn", occurrences: [called(state, record)] };
    case "entered":
      return entered(state, record);
    case "planned":
      return planned(state, record);
    case "learnt":
      learnAnswers(known(state, record), record.answers);
      return undefined;
    case "diverged":
      learnDiverged(known(state, record), record);
      return undefined;
    case "completed":
      return completed(state, record);
    case "failed":
      return failed(state, record);
    case "cancelled":
      known(state, record).live = false;
      return undefined;
    case "flagged":
      if (record.said !== undefined) (state.said ??= new Set()).add(record.said);
      return undefined;
    case "resumed":
      return resumed(state);
    case "ended":
      state.ended = record;
      return undefined;
  }
}

/** What is to be done in a frame that is taken up again: all that is its turn, or nothing any more. */
export const restarted = (frame: Frame): Follow | undefined => follow(frame, [...frame.running.values()]);

function begins(state: RunState, { graph, input, key = "" }: RecordOf<"began">): Follow | undefined {
  const { frame, turns } = openGraph(Path.run, undefined, graph, input);
  state.key = key;
  state.input = input;
  state.root = frame;
  return follow(frame, starting(state, frame, turns));
}

function entered(state: RunState, record: RecordOf<"entered">): Follow | undefined {
  const opener = known(state, record);
  const graph = record.graph ?? graphAt(opener);
  if (!graph) throw broken("A record enters a graph at a node that has none", record.at);
  const { frame, turns } = openGraph(record.at, opener, graph, record.input);
  insideOf(opener).graph = frame;
  return follow(frame, starting(state, frame, turns));
}

function planned(state: RunState, record: RecordOf<"planned">): Follow | undefined {
  const opener = known(state, record, Path.owner(record.at));
  const { plans } = insideOf(opener);
  const n = Path.planNumber(record.at);
  for (const one of plans[n - 1]?.running.values() ?? []) forget(state, one);
  const { frame, ready } = openPlan(record.at, opener, record.plan);
  plans[n - 1] = frame;
  learnPlan(opener, record);
  return follow(frame, startingTasks(state, frame, ready));
}

function failed(state: RunState, record: RecordOf<"failed">): Follow | undefined {
  const occurrence = known(state, record);
  const { frame } = occurrence;
  occurrence.live = false;
  startAnew(occurrence);
  learnOutcome(occurrence, record.error);
  if (!frame || frame.failed !== undefined) return undefined;
  frame.failed = record.at;
  return { kind: "failed", frame };
}

function completed(state: RunState, { at, output, next }: RecordOf<"completed">): Follow | undefined {
  const occurrence = known(state, { at, kind: "completed" });
  const { frame, parent, name, item } = occurrence;
  forget(state, occurrence);
  if (!frame) {
    const inside = insideOf(present(parent, "caller"));
    inside.calls.delete(name);
    inside.results.set(name, output);
    learnOutcome(occurrence);
    return undefined;
  }
  frame.running.delete(at);
  let turn: readonly Occurrence[];
  if (frame.kind === "graph") {
    writeOutput(frame.fields, name, item, output as Written, frame.schedule.loops?.rounds);
    openGroup(frame.fields, name, next);
    turn = starting(state, frame, completeNode(frame.schedule, name, next ?? []));
  } else {
    frame.results.set(name, output);
    turn = startingTasks(state, frame, readyAfter(frame, name));
  }
  return frame.failed === undefined ? follow(frame, turn) : undefined;
}

function called(state: RunState, record: RecordOf<"called">): Occurrence {
  const { at, specialist, anew } = record;
  const parent = known(state, { at: Path.parent(at), kind: "called" });
  const { calls, results } = insideOf(parent);
  const name = Path.name(at);
  const before = calls.get(name);
  if (anew) {
    results.delete(name);
    if (before) forget(state, before);
  }
  learnCall(parent, record);
  if (before && !anew) return before;
  const occurrence = begun(at, name, specialist, undefined, parent, undefined);
  occurrence.attempt = before?.attempt ?? 0;
  calls.set(name, occurrence);
  return put(state, occurrence);
}

/** What failed or was cancelled is under way again; only the run's own frame starts, the others when their owners reach them. */
function resumed(state: RunState): Follow | undefined {
  state.ended = undefined;
  for (const occurrence of state.occurrences.values()) {
    occurrence.live = false;
    if (occurrence.frame) occurrence.frame.failed = undefined;
  }
  return state.root && restarted(state.root);
}

function openGraph(owner: Path, opener: Occurrence | undefined, graph: GraphData, input: Json) {
  const { schedule, turns } = openSchedule(graph);
  const frame: GraphFrame = {
    kind: "graph",
    owner,
    opener,
    graph,
    running: new Map(),
    schedule,
    fields: openFields(graph, input as Written),
    failed: undefined,
    program: undefined,
  };
  return { frame, turns };
}

function starting(state: RunState, frame: GraphFrame, turns: readonly Turn[]): readonly Occurrence[] {
  const { owner, opener, graph, schedule } = frame;
  return turns.map(({ node, item }) => {
    const at = Path.node(owner, present(schedule.analysis.around[node], "node"), schedule.loops?.rounds, node, item);
    return put(state, begun(at, node, present(graph.nodes[node], "node").specialist, frame, opener, item));
  });
}

function startingTasks(state: RunState, frame: PlanFrame, ids: readonly string[]): readonly Occurrence[] {
  const { owner, opener, tasks } = frame;
  return ids.map((id) => put(state, begun(Path.child(owner, id), id, present(tasks.get(id), "task").member, frame, opener, undefined)));
}

/** What has the longest way before it comes first. */
function follow(frame: Frame, occurrences: readonly Occurrence[]): Follow | undefined {
  if (occurrences.length > 1) {
    const rank =
      frame.kind === "graph"
        ? ({ name }: Occurrence) => present(frame.schedule.analysis.rank[name], "node")
        : ({ name }: Occurrence) => present(frame.ranks.get(name), "task");
    return { kind: "turn", occurrences: [...occurrences].sort((a, b) => rank(b) - rank(a)) };
  }
  if (occurrences.length) return { kind: "turn", occurrences };
  const quiet = frame.running.size === 0 && (frame.kind === "plan" || isQuiet(frame.schedule));
  return quiet ? { kind: "quiet", frame } : undefined;
}

const graphAt = ({ frame, name }: Occurrence): GraphData | undefined =>
  frame?.kind === "graph" ? frame.graph.nodes[name]?.graph : undefined;

function known(state: RunState, { kind, at }: { readonly kind: string; readonly at: Path }, place = at): Occurrence {
  const occurrence = state.occurrences.get(place);
  if (!occurrence) throw broken(`A record (${kind}) names an occurrence that is not under way`, at);
  return occurrence;
}

const broken = (what: string, at: Path) => new TroupeError("JOURNAL_BROKEN", what, { at });
