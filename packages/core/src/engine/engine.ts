import type { GraphData } from "../graph/data.js";
import { TroupeError } from "../graph/error.js";
import { analyse } from "./analysis.js";
import { completeNode, completeTask, openGraph, openPlan, taskRanks } from "./frame.js";
import type { RunRecord } from "./record.js";
import type { Command, EngineState, Frame } from "./state.js";

export interface Step {
  readonly state: EngineState;
  readonly commands: readonly Command[];
}

/** The first state of a run, and what starts. Pure, as `advance` is: the same records always give the same states. */
export function begin(graph: GraphData): Step {
  const { frame, starts } = openGraph("", graph);
  return withQuiet({ frames: new Map([["", frame]]), calls: new Set() }, "", starts);
}

/**
 * What a record makes of a run, and what the host is to do about it.
 * @throws TroupeError `JOURNAL_BROKEN` when the record names an occurrence that is not under way.
 */
export function advance(state: EngineState, record: RunRecord): Step {
  switch (record.kind) {
    case "called": {
      const command: Command = { kind: "start", at: record.at, owner: record.at, name: record.specialist, rank: 0 };
      const before = record.anew ? close(state, record.at) : state;
      return { state: { ...before, calls: new Set(state.calls).add(record.at) }, commands: [command] };
    }
    case "entered": {
      const graph = record.graph ?? nodeGraph(state, record.at);
      const { frame, starts } = openGraph(record.at, graph);
      return withQuiet(put(state, record.at, frame), record.at, starts);
    }
    case "planned": {
      const { frame, starts } = openPlan(record.at, record.plan);
      const before = state.frames.has(record.at) ? close(state, record.at) : state;
      return withQuiet(put(before, record.at, frame), record.at, starts);
    }
    case "completed":
      return complete(state, record.at, record.next ?? []);
    case "failed":
      return fail(state, record.at);
    case "resumed":
      return resumeRun(state);
    default:
      return { state, commands: [] };
  }
}

/** What is under way in the frame of `owner`, to be started anew after a restart; `quiet` where nothing is. */
export function restart(state: EngineState, owner: string): readonly Command[] {
  const frame = state.frames.get(owner);
  if (!frame) return [];
  if (isQuiet(frame)) return [{ kind: "quiet", at: owner }];
  const rankOf = frame.kind === "graph" ? (name: string) => analyse(frame.graph).rank[name]! : taskRanks(frame.plan);
  return [...frame.running].map(([at, name]) => {
    const item = /\[(\d+)\]$/.exec(at)?.[1];
    return {
      kind: "start",
      at,
      owner,
      name,
      rank: rankOf(name),
      ...(item !== undefined && frame.kind === "graph" && name in frame.items ? { item: Number(item) } : {}),
    };
  });
}

const ownerOf = (state: EngineState, at: string): string | undefined => {
  for (const [owner, frame] of state.frames) if (frame.running.has(at)) return owner;
  return undefined;
};

function complete(state: EngineState, at: string, next: Extract<RunRecord, { kind: "completed" }>["next"] & {}): Step {
  if (state.calls.has(at)) {
    const calls = new Set(state.calls);
    calls.delete(at);
    return { state: { ...close(state, at), calls }, commands: [] };
  }
  const owner = ownerOf(state, at);
  if (owner === undefined) throw new TroupeError("JOURNAL_BROKEN", "A record completes an occurrence that is not under way", { at });
  const frame = state.frames.get(owner)!;
  const { frame: after, starts } = frame.kind === "graph" ? completeNode(owner, frame, at, next) : completeTask(owner, frame, at);
  const closed = put(close(state, at), owner, after);
  return frame.failed === undefined ? withQuiet(closed, owner, starts) : { state: closed, commands: [] };
}

function fail(state: EngineState, at: string): Step {
  if (state.calls.has(at)) {
    const calls = new Set(state.calls);
    calls.delete(at);
    return { state: { ...state, calls }, commands: [] };
  }
  const owner = ownerOf(state, at);
  if (owner === undefined) throw new TroupeError("JOURNAL_BROKEN", "A record fails an occurrence that is not under way", { at });
  const frame = state.frames.get(owner)!;
  if (frame.failed !== undefined) return { state, commands: [] };
  const cancel = [...frame.running.keys()].filter((other) => other !== at);
  return { state: put(state, owner, { ...frame, failed: at }), commands: [{ kind: "fail", at: owner, cause: at, cancel }] };
}

/** What failed or was cancelled is under way again; only the run's own frame starts, the others when their owners reach them. */
function resumeRun(state: EngineState): Step {
  const frames = new Map([...state.frames].map(([owner, { failed: _, ...frame }]) => [owner, frame as Frame] as const));
  const fresh = { frames, calls: new Set<string>() };
  return { state: fresh, commands: restart(fresh, "") };
}

function nodeGraph(state: EngineState, at: string): GraphData {
  const frame = state.frames.get(ownerOf(state, at) ?? "");
  const graph = frame?.kind === "graph" ? frame.graph.nodes[frame.running.get(at) ?? ""]?.graph : undefined;
  if (!graph) throw new TroupeError("JOURNAL_BROKEN", "A record enters a graph at a node that has none", { at });
  return graph;
}

const isQuiet = (frame: Frame) =>
  frame.running.size === 0 && (frame.kind === "plan" || (frame.pending.size === 0 && frame.latched.size === 0));

function withQuiet(state: EngineState, owner: string, starts: readonly Command[]): Step {
  return { state, commands: isQuiet(state.frames.get(owner)!) ? [...starts, { kind: "quiet", at: owner }] : starts };
}

function put(state: EngineState, owner: string, frame: Frame): EngineState {
  return { ...state, frames: new Map(state.frames).set(owner, frame) };
}

/** Drops the frames an occurrence opened: they are of no more use once it is completed. */
function close(state: EngineState, at: string): EngineState {
  if (state.frames.size === 1) return state;
  const mine = (owner: string) => owner === at || owner.startsWith(`${at}#`) || owner.startsWith(`${at}/`);
  return { ...state, frames: new Map([...state.frames].filter(([owner]) => !mine(owner))) };
}
