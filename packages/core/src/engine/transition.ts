import { Path } from "../path/path.js";
import type { Json } from "../schema/json.js";
import { callerOf, cancel, cancelInside, end, failed, fails } from "./endings.js";
import { inputOf, readField, type Written } from "./fields.js";
import { type Follow, restarted } from "./fold.js";
import { hasEnded, type Message, type MessageOf } from "./message.js";
import { argumentsOf } from "./plan-frame.js";
import { present } from "./present.js";
import type { Next, RecordOf } from "./record.js";
import { routeOf } from "./route.js";
import type { Frame, GraphFrame, Occurrence, Program, RunState } from "./state.js";
import { heard, keep, type Making, placed, rootOf, type Step, say, untold } from "./step.js";

/**
 * The whole machine of a run: what a message comes to. It changes the state by folding its own records and nothing else, so that a run is
 * what its records say; of a graph's functions it calls conditions and reducers, whose outcomes stand in the records.
 *
 * @example
 * const { records, commands } = transition(graph, state, { kind: "output", at, attempt, output, flags: [] });
 * await journal.append(records); // before any command is obeyed
 */
export function transition(program: Program, state: RunState, message: Message): Step {
  return turn(program, state, [message]);
}

/** What messages that came in together come to, one after the other. */
export function turn(program: Program, state: RunState, messages: readonly Message[]): Step {
  const step: Making = { program, state, records: [], commands: [] };
  for (const message of messages) {
    if (!state.ended || message.kind === "first") handle(step, message);
    // Whoever gave the run up hears of no end that came after.
    if (message.kind === "abort") break;
  }
  return step;
}

function handle(step: Making, message: Message): void {
  switch (message.kind) {
    case "first":
      return first(step, message);
    case "output":
      return output(step, message);
    case "failure": {
      const occurrence = heard(step, message);
      if (!occurrence) return;
      cancelInside(step, occurrence, () => message.error);
      return failed(step, occurrence, message.error);
    }
    case "call":
      return call(step, message);
    case "enter":
      return enter(step, message);
    case "plan":
      return plan(step, message);
    case "learn":
      if (!heard(step, message)) return;
      if (message.answers.length) keep(step, { kind: "learnt", at: message.at, answers: message.answers, usage: untold.usage });
      step.commands.push({ kind: "kept", at: message.at });
      return;
    case "diverge": {
      const { at, from, to, loosely } = message;
      if (heard(step, message)) keep(step, { kind: "diverged", at, from, to, ...(loosely ? { loosely } : {}) });
      return;
    }
    case "flag":
      if (heard(step, message)) keep(step, { kind: "flagged", at: message.at, ...message.flag });
      return;
    case "result":
      return end(step, "error" in message ? { error: message.error } : { output: message.output });
    case "abort":
      for (const occurrence of step.state.root?.running.values() ?? []) cancel(step, occurrence, message.reason);
      step.commands.push({ kind: "end", error: message.reason });
  }
}

function pursue(step: Making, follow: Follow | undefined): void {
  if (follow?.kind === "turn") for (const occurrence of follow.occurrences) start(step, occurrence);
  else if (follow?.kind === "quiet") quiet(step, follow.frame);
}

function first(step: Making, { record, flags }: MessageOf<"first">): void {
  const follow = keep(step, record);
  rootOf(step).program = step.program;
  for (const flag of flags) say(step, Path.run, flag);
  pursue(step, follow);
}

function start(step: Making, occurrence: Occurrence): void {
  const { at, frame, name, specialist, parent } = occurrence;
  if (occurrence.live || frame?.failed !== undefined || step.state.ended) return;
  const attempt = occurrence.attempt + 1;
  keep(step, { kind: "started", at, attempt, specialist });
  let input: Readonly<Record<string, unknown>> | undefined;
  try {
    input = frame && (frame.kind === "plan" ? argumentsOf(present(frame.tasks.get(name), "task").args, frame) : given(frame, occurrence));
  } catch (thrown) {
    return failed(step, occurrence, placed(step, thrown, at));
  }
  step.commands.push({ kind: "start", at, attempt, name, specialist, owner: frame?.owner, parent: parent?.at, input });
}

const given = (frame: GraphFrame, { name, item }: Occurrence) => inputOf(frame.fields, name, item, programOf(frame).reducers);

/** The functions of a graph, which come with the message that opens it. */
const programOf = ({ program }: GraphFrame): Program => present(program, "program");

/** An occurrence has answered: what it left running is cancelled, its rule is evaluated, and what follows it starts. */
function output(step: Making, message: MessageOf<"output">): void {
  const occurrence = heard(step, message);
  if (!occurrence) return;
  const { at, output, flags } = message;
  const { frame, name } = occurrence;
  cancelInside(step, occurrence, () => hasEnded(at));
  let next: Next | undefined;
  try {
    if (frame?.kind === "graph") next = routeOf(frame.fields, programOf(frame), name, output as Written);
  } catch (thrown) {
    return failed(step, occurrence, placed(step, thrown, at));
  }
  for (const flag of flags) say(step, at, flag);
  const follow = keep(step, next ? { kind: "completed", at, output, next, ...untold } : { kind: "completed", at, output, ...untold });
  if (!frame) step.commands.push({ kind: "answer", to: callerOf(occurrence), at, output: output as Record<string, Json> });
  pursue(step, follow);
}

function call(step: Making, message: MessageOf<"call">): void {
  const caller = heard(step, message);
  if (caller) pursue(step, keep(step, { kind: "called", at: Path.child(caller.at, message.key), ...message.record }));
}

/** The graph of a node is in the run's first record already; only one that a call or a task brings is recorded with it. */
function enter(step: Making, message: MessageOf<"enter">): void {
  const occurrence = heard(step, message);
  if (!occurrence) return;
  const { at } = occurrence;
  const before = occurrence.inside?.graph;
  const graph = occurrence.frame?.kind === "graph" ? {} : { graph: message.data };
  const follow = before ? restarted(before) : keep(step, { kind: "entered", at, input: message.input, ...graph });
  present(occurrence.inside?.graph, "graph").program = message.program;
  pursue(step, follow);
}

/** Carries out a plan: the one that was made, else the journal's. */
function plan(step: Making, { n, made, input, ...attempt }: MessageOf<"plan">): void {
  const occurrence = heard(step, attempt);
  if (!occurrence) return;
  const before = occurrence.inside?.plans[n - 1];
  const follow = made ? keep(step, plannedBy(occurrence, n, made)) : before && restarted(before);
  present(occurrence.inside?.plans[n - 1], "plan").input = input;
  pursue(step, follow);
}

function plannedBy({ at }: Occurrence, n: number, made: MessageOf<"plan">["made"] & {}): RecordOf<"planned"> {
  return { kind: "planned", at: Path.plan(at, n), ...made, usage: untold.usage };
}

/** A frame has nothing more to do: what it comes to is told, or why that can't be. */
function quiet(step: Making, frame: Frame): void {
  const { owner: at, opener } = frame;
  let output: Record<string, unknown>;
  try {
    output = frame.kind === "plan" ? argumentsOf(frame.plan.output, frame) : resultOf(frame);
  } catch (thrown) {
    return fails(step, frame, placed(step, thrown, at));
  }
  step.commands.push(opener ? { kind: "answer", to: opener.at, at, output } : { kind: "finish", output });
}

function resultOf(frame: GraphFrame): Record<string, unknown> {
  const { graph, fields } = frame;
  const { reducers } = programOf(frame);
  const output: Record<string, unknown> = {};
  for (const field of graph.output) {
    const value = readField(fields, field, reducers);
    if (value !== undefined) output[field] = value;
  }
  return output;
}
