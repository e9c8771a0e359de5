import { TroupeError } from "../error/error.js";
import { Path } from "../path/path.js";
import type { Json } from "../schema/json.js";
import { keptFailure } from "./failure-of.js";
import { inputOf, readField, type Written } from "./fields.js";
import { type Follow, fold, restarted } from "./fold.js";
import { type Attempt, type Command, type Flag, hasEnded, type Message, type MessageOf } from "./message.js";
import { framesOf } from "./occurrences.js";
import { argumentsOf } from "./plan-frame.js";
import { present } from "./present.js";
import type { Next, RecordOf, RunRecord } from "./record.js";
import { routeOf } from "./route.js";
import type { Frame, GraphFrame, Occurrence, Program, RunState } from "./state.js";

/** What a message comes to: what is to be kept, in order, before anything of it shows; then what the host is to do. */
export interface Step {
  readonly state: RunState;
  readonly records: readonly RunRecord[];
  readonly commands: readonly Command[];
}

/** A step that is being made. */
interface Making extends Step {
  readonly program: Program;
  readonly records: RunRecord[];
  readonly commands: Command[];
}

/** What a record says of time and spending is the host's to fill in. */
const untold = { ms: 0, usage: [] };

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

/** Keeps a record and takes it up; gives what follows. */
function keep(step: Making, record: RunRecord): Follow | undefined {
  step.records.push(record);
  return fold(step.state, record);
}

function pursue(step: Making, follow: Follow | undefined): void {
  if (follow?.kind === "turn") for (const occurrence of follow.occurrences) start(step, occurrence);
  else if (follow?.kind === "quiet") quiet(step, follow.frame);
}

/** The occurrence that a message comes from; undefined where that attempt is over. */
function heard({ state }: Making, { at, attempt }: Attempt): Occurrence | undefined {
  const occurrence = state.occurrences.get(at);
  return occurrence?.live && occurrence.attempt === attempt ? occurrence : undefined;
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

const rootOf = ({ state }: Making): GraphFrame => present(state.root, "beginning");

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

function failed(step: Making, occurrence: Occurrence, error: TroupeError): void {
  const { at, frame } = occurrence;
  const follow = keep(step, { kind: "failed", at, error: keptFailure(error), ...untold });
  if (!frame) step.commands.push({ kind: "refuse", to: callerOf(occurrence), at, error });
  else if (follow) {
    for (const other of frame.running.values()) if (other !== occurrence) cancel(step, other, error);
    fails(step, frame, error);
  }
}

/** Whoever called, and waits for what comes of it. */
const callerOf = ({ parent }: Occurrence): Path => present(parent, "caller").at;

/** Whoever waits for a frame hears why it fails; with the run's own, the run ends. */
function fails(step: Making, frame: Frame, error: TroupeError): void {
  if (frame.opener) step.commands.push({ kind: "refuse", to: frame.opener.at, at: frame.owner, error });
  else end(step, { error });
}

/** Cancels an occurrence and all that runs inside it, where they are still under way. */
function cancel(step: Making, occurrence: Occurrence, reason: unknown): void {
  const { at } = occurrence;
  if (occurrence.live) {
    keep(step, { kind: "cancelled", at, ...untold });
    step.commands.push({ kind: "stop", at, reason });
  }
  cancelInside(step, occurrence, () => reason);
}

function cancelInside(step: Making, { inside }: Occurrence, reason: () => unknown): void {
  if (!inside) return;
  const under = [...inside.calls.values(), ...framesOf(inside).flatMap(({ running }) => [...running.values()])];
  if (under.length === 0) return;
  const why = reason();
  for (const one of under) cancel(step, one, why);
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

function end(step: Making, result: { readonly output: Json } | { readonly error: TroupeError }): void {
  const record: RecordOf<"ended"> = { kind: "ended", ...("error" in result ? { error: keptFailure(result.error) } : result) };
  keep(step, record);
  step.commands.push({ kind: "end", ...result });
}

/** Says in the journal that a text which nobody vouches for reads like orders; each once. */
function say(step: Making, at: Path, flag: Flag): void {
  if (flag.said === undefined || !step.state.said?.has(flag.said)) keep(step, { kind: "flagged", at, ...flag });
}

/** An error of the machine's own at its place. */
function placed(step: Making, thrown: unknown, at: Path): TroupeError {
  if (!(thrown instanceof TroupeError)) throw thrown;
  return thrown.detail.at === undefined ? thrown.placed({ graph: rootOf(step).graph.name, at }) : thrown;
}
