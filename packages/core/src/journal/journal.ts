import type { RunRecord } from "../engine/record.js";
import type { BytesStore } from "../media/bytes-store.js";

/** A record in its place. `(thread, run, seq)` is unique; `run` and `seq` count from 1; `time` is in ms since 1970. */
export type Entry = RunRecord & { readonly thread: string; readonly run: number; readonly seq: number; readonly time: number };

export interface ThreadInfo {
  readonly thread: string;
  readonly runs: number;
  /** Graph name of the last run. */
  readonly graph: string;
  readonly status: "running" | "done" | "failed" | "interrupted";
  readonly time: number;
}

/** Where a batch stands in its run: its first record, the others follow; they have one time. */
export type Place = Pick<Entry, "seq" | "time">;

/**
 * The right to append to one thread, and to keep bytes beside the journal. Only one holder at a time; a stale holder's append throws
 * `THREAD_TAKEN`.
 */
export interface Hold extends BytesStore {
  readonly thread: string;
  /**
   * Appends what came in one turn as one batch, all of it or nothing, and tells where it stands. `run` is the thread's last run or
   * the one after it. A journal that has kept it when the call returns gives no promise. A run that was aborted or whose time is up
   * waits for the answer a second more at most.
   */
  append(run: number, records: readonly RunRecord[]): Place | Promise<Place>;
  /** Lets the thread go, also while an append is not answered: that one is kept before anybody else takes the thread, or never. */
  release(): Promise<void>;
}

/**
 * The append-only list of runs' records. What one of your own throws ends a run with `JOURNAL_UNREADABLE` or `JOURNAL_UNWRITABLE`, whose cause
 * it is; a `TroupeError` is handed on as it is.
 */
export interface Journal {
  /** Takes the thread. @throws TroupeError `THREAD_BUSY` while another live holder has it. */
  hold(thread: string): Promise<Hold>;
  /** The records of one run (default: the last), in order; empty where there is none. */
  read(thread: string, run?: number): Promise<Entry[]>;
  threads(): Promise<ThreadInfo[]>;
  /** Where bytes that it keeps lie, for what only reads, as a hold finds them. Without it they are where their records say. */
  find?: BytesStore["find"];
  /**
   * Removes the earlier runs of a thread, all but its last, with what only they used, and gives their number. What is left still checks.
   * @throws TroupeError `THREAD_UNKNOWN`, `THREAD_BUSY` while the thread is held
   */
  prune(thread: string): Promise<number>;
  /**
   * Removes a thread, with the bytes and values that nothing else uses.
   * @throws TroupeError `THREAD_UNKNOWN`, `THREAD_BUSY` while the thread is held
   */
  delete(thread: string): Promise<void>;
  close(): Promise<void>;
}
