import type { TroupeError } from "../error/error.js";
import type { Path } from "../path/path.js";
import type { Json } from "../schema/json.js";
import { keptFailure } from "./failure-of.js";
import { framesOf } from "./occurrences.js";
import { present } from "./present.js";
import type { RecordOf } from "./record.js";
import type { Frame, Occurrence } from "./state.js";
import { keep, type Making, untold } from "./step.js";

/** An occurrence has failed, and with it the frame that it stands in. */
export function failed(step: Making, occurrence: Occurrence, error: TroupeError): void {
  const { at, frame } = occurrence;
  const follow = keep(step, { kind: "failed", at, error: keptFailure(error), ...untold });
  if (!frame) step.commands.push({ kind: "refuse", to: callerOf(occurrence), at, error });
  else if (follow) {
    for (const other of frame.running.values()) if (other !== occurrence) cancel(step, other, error);
    fails(step, frame, error);
  }
}

/** Whoever called, and waits for what comes of it. */
export const callerOf = ({ parent }: Occurrence): Path => present(parent, "caller").at;

/** Whoever waits for a frame hears why it fails; with the run's own, the run ends. */
export function fails(step: Making, frame: Frame, error: TroupeError): void {
  if (frame.opener) step.commands.push({ kind: "refuse", to: frame.opener.at, at: frame.owner, error });
  else end(step, { error });
}

/** Cancels an occurrence and all that runs inside it, where they are still under way. */
export function cancel(step: Making, occurrence: Occurrence, reason: unknown): void {
  const { at } = occurrence;
  if (occurrence.live) {
    keep(step, { kind: "cancelled", at, ...untold });
    step.commands.push({ kind: "stop", at, reason });
  }
  cancelInside(step, occurrence, () => reason);
}

export function cancelInside(step: Making, { inside }: Occurrence, reason: () => unknown): void {
  if (!inside) return;
  const under = [...inside.calls.values(), ...framesOf(inside).flatMap(({ running }) => [...running.values()])];
  if (under.length === 0) return;
  const why = reason();
  for (const one of under) cancel(step, one, why);
}

/** The run is over. */
export function end(step: Making, result: { readonly output: Json } | { readonly error: TroupeError }): void {
  const record: RecordOf<"ended"> = { kind: "ended", ...("error" in result ? { error: keptFailure(result.error) } : result) };
  keep(step, record);
  step.commands.push({ kind: "end", ...result });
}
