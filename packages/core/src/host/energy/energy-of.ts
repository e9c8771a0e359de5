import type { CpuTime } from "../../model/cpu-time.js";

/** What something took of this machine. */
export interface Energy {
  /** Milliseconds of one core. */
  readonly cpuMs: number;
  /** By what the machine told of its power at the time. */
  readonly measuredJoules: number;
  /** Where it did not: CPU time at `wattsPerCore`. */
  readonly estimatedJoules: number;
}

/**
 * Watts of a core at work where the machine does not tell: a server's at full load, what it takes idle included. Those of single processors
 * reach from 1.6 to 6.
 *
 * Source: Cloud Carbon Footprint, methodology, average maximum for a virtual CPU of AWS (from SPECpower_ssj2008):
 * cloudcarbonfootprint.org/docs/methodology, read in November 2026.
 */
export const wattsPerCore = 3.5;

export const energyOf = ({ ms, meteredMs, joules }: CpuTime): Energy => ({
  cpuMs: ms,
  measuredJoules: joules,
  estimatedJoules: ((ms - meteredMs) / 1000) * wattsPerCore,
});
