import type { TroupeEvent } from "@troupe/core";
import type { PullProgress } from "@troupe/nodes";

/** Where a run is told as it goes. */
export interface Show {
  event(event: TroupeEvent): void;
  /** How far a model's files have come; undefined once that is over. */
  fetching(progress: PullProgress | undefined): void;
  /** Lines that stay. */
  say(...lines: readonly string[]): void;
  /** The run is over, or will be told no further. */
  end(): void;
}
