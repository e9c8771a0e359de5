import { advance, begin } from "../engine/engine.js";
import type { RunRecord } from "../engine/record.js";
import type { Command, EngineState } from "../engine/state.js";
import type { Json } from "../graph/json.js";
import type { Plan } from "../graph/plan.js";
import { type Learnings, learn } from "./replay/learning.js";
import { openItems, openValues, type Values, writeOutput } from "./values.js";

/** All a host needs to know of a run: a fold over its records, the same live and after a restart. */
export interface Memory {
  engine: EngineState;
  /** State fields of each open graph frame, by owner. */
  readonly values: Map<string, Values>;
  /** Outputs of tasks and calls whose owner is not completed yet. */
  readonly results: Map<string, Json>;
  readonly plans: Map<string, Plan>;
  readonly attempts: Map<string, number>;
  readonly learnt: Learnings;
  /** What inputs are told apart by. */
  key: string;
  input: Json;
  ended?: Extract<RunRecord, { kind: "ended" }>;
}

export function emptyMemory(): Memory {
  return {
    engine: { frames: new Map(), calls: new Set() },
    values: new Map(),
    results: new Map(),
    plans: new Map(),
    attempts: new Map(),
    learnt: new Map(),
    key: "",
    input: null,
  };
}

/** Takes up one record; gives what the engine wants done about it. */
export function remember(memory: Memory, record: RunRecord): readonly Command[] {
  const call = "at" in record && memory.engine.calls.has(record.at);
  switch (record.kind) {
    case "began": {
      const { state, commands } = begin(record.graph);
      memory.engine = state;
      memory.input = record.input;
      memory.key = record.key ?? "";
      memory.values.set("", openValues(record.graph, record.input as Record<string, Json>));
      return commands;
    }
    case "started":
      memory.attempts.set(record.at, record.attempt);
      return [];
    case "called":
      if (record.anew) forget(memory, record.at);
      break;
    case "planned":
      if (memory.plans.has(record.at)) forget(memory, record.at);
      memory.plans.set(record.at, record.plan);
      break;
    case "completed":
      takeOutput(memory, record);
      break;
    case "ended":
      memory.ended = record;
      return [];
    case "resumed":
      delete memory.ended;
      break;
  }
  const { state, commands } = advance(memory.engine, record);
  memory.engine = state;
  if (record.kind === "entered") {
    const frame = state.frames.get(record.at);
    if (frame?.kind === "graph") memory.values.set(record.at, openValues(frame.graph, record.input as Record<string, Json>));
  }
  learn(memory.learnt, record, { call, done: plansDone(memory, record, commands) });
  return commands;
}

function takeOutput(memory: Memory, { at, output, next }: Extract<RunRecord, { kind: "completed" }>): void {
  const place = memory.engine.calls.has(at) ? undefined : placeOf(memory, at);
  if (place?.values) {
    writeOutput(place.values, place.name, place.owner ? at.slice(place.owner.length + 1) : at, output as Record<string, Json>);
    openItems(place.values, place.name, next);
  } else memory.results.set(at, output);
  memory.attempts.delete(at);
  memory.values.delete(at);
  forgetInside(memory, at);
}

/** What came of an occurrence or a plan is void. */
function forget(memory: Memory, at: string): void {
  for (const map of [memory.results, memory.plans, memory.values, memory.learnt]) map.delete(at);
  forgetInside(memory, at);
}

function forgetInside(memory: Memory, at: string): void {
  for (const map of [memory.results, memory.plans, memory.values, memory.learnt]) {
    for (const key of map.keys()) if (key.startsWith(`${at}/`) || key.startsWith(`${at}#`)) map.delete(key);
  }
}

/** Plans that a record brought to an end, and how. */
function plansDone(memory: Memory, record: RunRecord, commands: readonly Command[]) {
  return commands.flatMap((command) => {
    if (command.kind === "start" || !memory.plans.has(command.at)) return [];
    return [{ at: command.at, ...(command.kind === "fail" && record.kind === "failed" ? { error: record.error } : {}) }];
  });
}

function placeOf(memory: Memory, at: string) {
  for (const [owner, frame] of memory.engine.frames) {
    const name = frame.running.get(at);
    if (name !== undefined) return { owner, name, values: memory.values.get(owner) };
  }
  return undefined;
}
