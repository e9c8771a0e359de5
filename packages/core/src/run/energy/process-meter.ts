import { counters } from "./counters.js";
import { type Meter, meter } from "./meter.js";
import { power } from "./power.js";

let shared: Meter | undefined;

/** The one meter of this process, since its CPU time is one; undefined where no process tells its own, as in a browser. */
export function processMeter(): Meter | undefined {
  if (typeof globalThis.process?.cpuUsage !== "function" || !process.getBuiltinModule) return undefined;
  const clock = () => performance.now();
  shared ??= meter({
    cpuMs: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
    watts: power(counters(clock), clock),
  });
  return shared;
}
