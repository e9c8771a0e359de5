import { hasEnded } from "../engine/message.js";
import type { RunRecord } from "../engine/record.js";
import { Path } from "../path/path.js";
import { bill, type Live, spentBy, stop } from "./live.js";

/**
 * Fills in what this process alone knows of a record that was just made: time and spending. What is closed is live no more, and what it
 * still waits for is refused.
 */
export function tell(record: RunRecord, lives: Map<Path, Live>): void {
  const { kind } = record;
  if (kind === "planned" || kind === "learnt") {
    const live = lives.get(kind === "planned" ? Path.owner(record.at) : record.at);
    if (live) Object.assign(record, spentBy(live));
    return;
  }
  if (kind !== "completed" && kind !== "failed" && kind !== "cancelled") return;
  const live = lives.get(record.at);
  if (!live) return;
  bill(record, live);
  if (kind === "cancelled") return;
  lives.delete(record.at);
  if (live.asked?.size || live.questions || live.keeping?.length) stop(live, hasEnded(record.at));
  if (kind === "completed" && live.engine !== undefined) Object.assign(record, { engine: live.engine });
}
