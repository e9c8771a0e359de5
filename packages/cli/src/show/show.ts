import type { TroupeEvent } from "@troupe/core";

/** Where a run is told as it goes. */
export interface Show {
  event(event: TroupeEvent): void;
  /** Lines that stay. */
  say(...lines: readonly string[]): void;
  /** The run is over, or will be told no further. */
  end(): void;
}
