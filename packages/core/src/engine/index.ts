export { Path } from "../path/path.js";
export { fold } from "./fold.js";
export type { Attempt, Command, Message } from "./message.js";
export type { Failure, Next, RecordOf, RunRecord, Spent } from "./record.js";
export { emptyState, type Program, type RunState } from "./state.js";
export type { Step } from "./step.js";
export { transition } from "./transition.js";
