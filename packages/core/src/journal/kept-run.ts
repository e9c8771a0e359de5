import type { RunRecord } from "../engine/record.js";
import type { Entry, Place } from "./journal.js";

/** The records of one run in memory, and when each was kept: two lists, which take less than a list of batches. */
export interface KeptRun {
  readonly records: RunRecord[];
  readonly times: number[];
}

export const keptRun = (): KeptRun => ({ records: [], times: [] });

/** Appends a batch, and tells where it stands. Times never run backwards. */
export function append({ records, times }: KeptRun, batch: readonly RunRecord[], now: number): Place {
  const place = { seq: records.length + 1, time: Math.max(now, times.at(-1) ?? 0) };
  for (const record of batch) {
    records.push(record);
    times.push(place.time);
  }
  return place;
}

export const entriesIn = (thread: string, run: number, { records, times }: KeptRun): Entry[] =>
  records.map((record, i) => ({ thread, run, seq: i + 1, time: times[i]!, ...record }));
