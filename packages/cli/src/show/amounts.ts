import type { Energy, Usage } from "@troupe/core";

/** Milliseconds for people: `820 ms`, `3.4 s`, `2 m 05 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, "0")} s`;
}

/** Bytes for people, in powers of ten. */
export function size(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** US dollars; empty where nothing was paid. */
export const dollars = (cost: number): string => (cost ? `$${cost < 0.01 ? cost.toFixed(5) : cost.toFixed(2)}` : "");

/** US dollars of calls to models: empty where nothing was paid, `$0.02 + ?` where the cost of some is not known. */
export function paid(usage: readonly Usage[]): string {
  const known = dollars(usage.reduce((sum, one) => sum + one.cost, 0));
  return usage.some(({ unpriced }) => unpriced) ? [known, "?"].filter(Boolean).join(" + ") : known;
}

/** Joules for people, of which some are estimated: `12 J`, `~0.80 J`, `~3.40 kJ`; empty where nothing was taken. */
export function joules({ measuredJoules, estimatedJoules }: Pick<Energy, "measuredJoules" | "estimatedJoules">): string {
  const all = measuredJoules + estimatedJoules;
  if (all === 0) return "";
  const [value, unit] = all < 1000 ? [all, "J"] : [all / 1000, "kJ"];
  return `${estimatedJoules ? "~" : ""}${value < 0.01 ? value.toFixed(4) : value < 10 ? value.toFixed(2) : Math.round(value)} ${unit}`;
}

export const sumEnergy = (all: readonly Energy[]): Pick<Energy, "measuredJoules" | "estimatedJoules"> => ({
  measuredJoules: all.reduce((sum, one) => sum + one.measuredJoules, 0),
  estimatedJoules: all.reduce((sum, one) => sum + one.estimatedJoules, 0),
});
