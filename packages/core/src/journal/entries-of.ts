import type { RunRecord } from "../engine/record.js";
import type { Entry, Place } from "./journal.js";

/** The records of a batch, each in its place. */
export const entriesOf = (thread: string, run: number, { seq, time }: Place, records: readonly RunRecord[]): Entry[] =>
  // The record comes last: a spread that is written on to takes ten times as long.
  records.map((record, i) => ({ thread, run, seq: seq + i, time, ...record }));
