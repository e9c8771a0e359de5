import type { Readings } from "./meter.js";

/** Counters of a Linux machine: microjoules of each processor package, where their range ends, and what all cores did. */
export interface Counters {
  readonly at: number;
  readonly packages: readonly { readonly microjoules: number; readonly range: number }[];
  /** Milliseconds of one core, other processes' included. */
  readonly busyMs: number;
}

/** Milliseconds between two looks: the system counts what cores did in ticks of ten. */
const apart = 250;

/**
 * Watts that a core which computes takes: what the processor packages of this machine took between two looks, idle cores included, for
 * each second in which a core worked, for whatever process. Undefined where the machine does not tell, and until it was looked at twice.
 *
 * Source: Linux powercap, intel-rapl (Running Average Power Limit), which tells of AMD's processors too. Only root may read it on most systems.
 */
export function power(look: () => Counters | undefined, clock: () => number): Readings["watts"] {
  let before: Counters | undefined;
  let watts: number | undefined;
  let tells = true;
  return (anew) => {
    if (!tells || (before && clock() - before.at < apart)) return watts;
    const now = look();
    tells = now !== undefined;
    watts = now && before && !anew ? between(before, now) : tells ? watts : undefined;
    before = now;
    return watts;
  };
}

function between(before: Counters, now: Counters): number | undefined {
  const seconds = (now.busyMs - before.busyMs) / 1000;
  if (seconds <= 0 || before.packages.length !== now.packages.length) return undefined;
  const microjoules = now.packages.reduce((sum, { microjoules, range }, i) => {
    const took = microjoules - before.packages[i]!.microjoules;
    return sum + (took < 0 ? took + range : took);
  }, 0);
  return microjoules / 1e6 / seconds;
}
