import { TroupeError } from "../error/error.js";
import type { Path } from "../path/path.js";
import { type Follow, fold } from "./fold.js";
import type { Attempt, Command, Flag } from "./message.js";
import { present } from "./present.js";
import type { RunRecord } from "./record.js";
import type { GraphFrame, Occurrence, Program, RunState } from "./state.js";

/** What a message comes to: what is to be kept, in order, before anything of it shows; then what the host is to do. */
export interface Step {
  readonly state: RunState;
  readonly records: readonly RunRecord[];
  readonly commands: readonly Command[];
}

/** A step that is being made. */
export interface Making extends Step {
  readonly program: Program;
  readonly records: RunRecord[];
  readonly commands: Command[];
}

/** What a record says of time and spending is the host's to fill in. */
export const untold = { ms: 0, usage: [] };

/** Keeps a record and takes it up; gives what follows. */
export function keep(step: Making, record: RunRecord): Follow | undefined {
  step.records.push(record);
  return fold(step.state, record);
}

/** The occurrence that a message comes from; undefined where that attempt is over. */
export function heard({ state }: Making, { at, attempt }: Attempt): Occurrence | undefined {
  const occurrence = state.occurrences.get(at);
  return occurrence?.live && occurrence.attempt === attempt ? occurrence : undefined;
}

export const rootOf = ({ state }: Making): GraphFrame => present(state.root, "beginning");

/** Says in the journal that a text which nobody vouches for reads like orders; each once. */
export function say(step: Making, at: Path, flag: Flag): void {
  if (flag.said === undefined || !step.state.said?.has(flag.said)) keep(step, { kind: "flagged", at, ...flag });
}

/** An error of the machine's own at its place. */
export function placed(step: Making, thrown: unknown, at: Path): TroupeError {
  if (!(thrown instanceof TroupeError)) throw thrown;
  return thrown.detail.at === undefined ? thrown.placed({ graph: rootOf(step).graph.name, at }) : thrown;
}
