import type { Counters } from "./power.js";

/** Where Linux tells what processors take. */
const powercap = "/sys/class/powercap";

/** What the machine's counters say now; undefined where it has none, or keeps them to root. Nothing of Node is named, so that core runs in browsers. */
export function counters(clock: () => number, folder = powercap): () => Counters | undefined {
  const fs = process.getBuiltinModule("node:fs");
  const { cpus } = process.getBuiltinModule("node:os");
  const read = (zone: string, name: string) => fs.readFileSync(`${folder}/${zone}/${name}`, "utf8").trim();
  let zones: { readonly zone: string; readonly range: number }[] | undefined;
  return () => {
    try {
      zones ??= fs
        .readdirSync(folder)
        // A package is a zone of its own; what stands in one (`intel-rapl:0:1`) is part of it, and `psys` is the whole board.
        .filter((zone) => /^intel-rapl:\d+$/.test(zone) && read(zone, "name").startsWith("package"))
        .map((zone) => ({ zone, range: Number(read(zone, "max_energy_range_uj")) }));
      if (zones.length === 0) return undefined;
      const packages = zones.map(({ zone, range }) => ({ microjoules: Number(read(zone, "energy_uj")), range }));
      const busyMs = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
      return { at: clock(), packages, busyMs };
    } catch {
      return undefined;
    }
  };
}
