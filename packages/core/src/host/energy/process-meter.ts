import { counters } from "./counters.js";
import { type Meter, meter } from "./meter.js";
import { power } from "./power.js";

let shared: Meter | undefined;

/** What the system tells costs as much as a small node: it is asked again after so many ms, and what takes less may count for nothing. */
const fresh = 0.2;

/** The one meter of this process, since its CPU time is one; undefined where no process tells its own, as in a browser. */
export function processMeter(): Meter | undefined {
  return (shared ??= made());
}

function made(): Meter | undefined {
  if (typeof globalThis.process?.cpuUsage !== "function" || !process.getBuiltinModule) return undefined;
  const clock = () => performance.now();
  let asked = Number.NEGATIVE_INFINITY;
  let told = 0;
  const cpuMs = () => {
    const now = clock();
    if (now - asked < fresh) return told;
    const { user, system } = process.cpuUsage();
    asked = now;
    told = (user + system) / 1000;
    return told;
  };
  return meter({ cpuMs, watts: power(counters(clock), clock) });
}
