export * from "./check/index.js";
export { type CalibrateOptions, calibrate, type Judged } from "./decision/calibrate.js";
export { calibrated } from "./decision/calibrated.js";
export { type Calibration, type CalibrationOptions, fitCalibration } from "./decision/calibration.js";
export { checkQuestions } from "./decision/check-questions.js";
export type { DecideRequest, Questions } from "./decision/decide.js";
export type { Scored } from "./decision/fit-scale.js";
export { saysNothing } from "./decision/says-nothing.js";
export { type Scale, type Shares, scaled } from "./decision/scale.js";
export { draw } from "./draw/draw.js";
export type { RunRecord, Spent } from "./engine/record.js";
export { stoppable } from "./error/stoppable.js";
export * from "./graph/index.js";
export { checkBound } from "./host/check-bound.js";
export { type CostElsewhere, costOn } from "./host/cost-on.js";
export type { Energy } from "./host/energy/energy-of.js";
export type { TroupeEvent } from "./host/event.js";
export type { AttemptAt, Host, QuestionAt } from "./host/host.js";
export { inProcess } from "./host/in-process.js";
export { type Ledger, type LedgerLine, ledgerOf, type ModelLine, type RunEnergy } from "./host/ledger.js";
export type { CompileOptions, RunOptions } from "./host/run-options.js";
export type { App } from "./interop/app.js";
export { compile } from "./interop/compile.js";
export type { StreamChunk, Streamed, StreamMode } from "./interop/langchain/streamed.js";
export type { Entry, Hold, Journal, ThreadInfo } from "./journal/journal.js";
export { memoryJournal } from "./journal/memory.js";
export { limitCrossed } from "./limits/limit-crossed.js";
export { type Limits, limitsOf } from "./limits/limits.js";
export { type Trust, trustOf } from "./limits/trust.js";
export type { BytesStore } from "./media/bytes-store.js";
export { type Media, type MediaKind, type MediaSource, media } from "./media/media.js";
export { mediaSchemaOf, type Open, openAll } from "./media/open-all.js";
export { afterThought } from "./model/after-thought.js";
export { callFailed } from "./model/call-failed.js";
export type { CpuTime } from "./model/cpu-time.js";
export { fence } from "./model/fence.js";
export { type Generated, type GenerateHost, type GenerateRequest, generate } from "./model/generate.js";
export { heldVectors } from "./model/held-vectors.js";
export { isCapable, writesPlans } from "./model/is-capable.js";
export {
  type AnyChatModel,
  asModel,
  type Bindable,
  type ChatModel,
  type DecisionExample,
  type DecisionKind,
  type DecisionModel,
  type EmbeddingModel,
  type Model,
  type ModelCard,
  type ModelsByKind,
  type Role,
  type Usage,
} from "./model/model.js";
export { persist } from "./model/persist.js";
export { costOf, type Price, type Tokens } from "./model/price.js";
export { schemaTold } from "./model/schema-told.js";
export type { ToolCall, ToolCard, ToolTurn } from "./model/tool-call.js";
export { mayPass } from "./model/trouble.js";
export { unlessAborted } from "./model/unless-aborted.js";
export { withLimits } from "./model/with-limits.js";
export type { Brief, Card } from "./plan/brief.js";
export { checkPlan } from "./plan/check-plan.js";
export { checkTeams } from "./plan/check-teams.js";
export { type Derived, derive } from "./plan/derive/derive.js";
export type { Planning } from "./plan/make-plan.js";
export { PlanError } from "./plan/plan-error.js";
export { planIn } from "./plan/read/plan-in.js";
export { type ReadPlan, readPlan } from "./plan/read/read-plan.js";
export { type Repaired, repair } from "./plan/repair/repair.js";
export { planFor, type TeamCard, team } from "./plan/team.js";
export { teamHints } from "./plan/team-hints.js";
export { type FromWords, fromWords } from "./plan/words/from-words.js";
export { instantsIn } from "./plan/words/literals/instants.js";
export type { Literal } from "./plan/words/literals/literal.js";
export { literalsIn } from "./plan/words/literals/literals-in.js";
export { inUnitOf } from "./plan/words/literals/measures.js";
export { type Part, partsOf } from "./plan/words/parts.js";
export { senseOf } from "./plan/words/sense-of.js";
export { isRounded } from "./schema/is-rounded.js";
export { type Lost, lostInJson } from "./schema/lost-in-json.js";
export type { Context, MadePlan, OfferRequest } from "./specialist/context.js";
export { asSpecialist, type Need, type Specialist, specialist } from "./specialist/specialist.js";
