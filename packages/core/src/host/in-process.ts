import type { Host } from "./host.js";

const here: Host = Object.freeze({
  now: () => Date.now(),
  elapsed: () => performance.now(),
  random: () => Math.random(),
  uuid: () => crypto.randomUUID(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  computes: true,
} satisfies Host);

/**
 * The host of a run in this process: its clock, its chance and its timers, each occurrence begun as soon as it is its turn. `compile`
 * takes it where no other is given.
 * @example
 * const app = compile(graph, { host: { ...inProcess(), random: () => 0.5 } });
 */
export const inProcess = (): Host => here;
