import type { Labels } from "../schema/label.js";
import type { Specialist } from "../specialist/specialist.js";

/** What an occurrence is made of. */
export interface Job {
  readonly specialist: Specialist;
  readonly timeout: number | undefined;
  readonly input: object;
  /** What is known of where the input comes from. */
  readonly takes: Labels;
}
