import { nextTurn } from "#platform/next-turn";
import { hasEnded } from "../engine/message.js";
import type { RecordOf, RunRecord } from "../engine/record.js";
import { Path } from "../path/path.js";
import type { Soon } from "../schema/after.js";
import { bill, type Live, spentBy, stop } from "./live.js";

type Closing = RecordOf<"completed" | "failed" | "cancelled">;

/**
 * Fills in what this process alone knows of records that were just made: time and spending. What is closed is live no more, and what it
 * still waits for is refused. Models that it was still asking are stopped, and are given a turn to tell what they took.
 */
export function tell(records: readonly RunRecord[], lives: Map<Path, Live>): Soon<void> {
  let asking: (() => void)[] | undefined;
  for (const record of records) {
    const { kind } = record;
    if (kind === "planned" || kind === "learnt") {
      const live = lives.get(kind === "planned" ? Path.owner(record.at) : record.at);
      if (live) Object.assign(record, spentBy(live));
    } else if (kind === "completed" || kind === "failed" || kind === "cancelled") {
      const live = lives.get(record.at);
      if (!live) continue;
      lives.delete(record.at);
      if (live.asked?.size || live.questions || live.keeping?.length) stop(live, hasEnded(record.at));
      if (live.questions) (asking ??= []).push(() => close(record, live));
      else close(record, live);
    }
  }
  if (!asking) return;
  const closing = asking;
  return new Promise<void>((done) => nextTurn(done)).then(() => {
    for (const one of closing) one();
  });
}

function close(record: Closing, live: Live): void {
  bill(record, live);
  if (record.kind === "completed" && live.engine !== undefined) Object.assign(record, { engine: live.engine });
}
