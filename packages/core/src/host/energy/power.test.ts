import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { counters } from "./counters.js";
import { type Counters, power } from "./power.js";

/** A machine that was looked at as the list says, one after the other. */
function looked(list: readonly (Counters | undefined)[]) {
  let i = 0;
  let now = 0;
  const watts = power(
    () => list[i++],
    () => now,
  );
  return (at: number, anew = false) => {
    now = at;
    return watts(anew);
  };
}
const at = (ms: number, joules: number, busyMs: number): Counters => ({
  at: ms,
  packages: [{ microjoules: joules * 1e6, range: 1000 * 1e6 }],
  busyMs,
});

test("watts of a core are the joules between two looks, for each second that cores worked", () => {
  const watts = looked([at(0, 100, 0), at(1000, 130, 2000)]);
  expect(watts(0)).toBeUndefined();
  expect(watts(100)).toBeUndefined();
  expect(watts(1000)).toBe(15);
  expect(watts(1100)).toBe(15);
});

test("a counter that came to the end of its range goes on from zero", () => {
  const watts = looked([at(0, 990, 0), at(1000, 10, 1000)]);
  watts(0);
  expect(watts(1000)).toBe(20);
});

test("what the machine took while nothing was under way is nobody's", () => {
  const watts = looked([at(0, 0, 0), at(60_000, 900, 10), at(61_000, 910, 1010)]);
  watts(0);
  watts(60_000, true);
  expect(watts(61_000)).toBe(10);
});

test("a machine that does not tell is asked once", () => {
  let asked = 0;
  const watts = power(
    () => void asked++ as undefined,
    () => asked * 1000,
  );
  expect([watts(true), watts(false), watts(false)]).toEqual([undefined, undefined, undefined]);
  expect(asked).toBe(1);
});

test("of what powercap lists, processor packages are read, and neither their parts nor the whole board; one that only root may read is none", async () => {
  const folder = await mkdtemp(join(tmpdir(), "powercap-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const zone = async (name: string, label: string, microjoules: string) => {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, "name"), `${label}\n`);
    await writeFile(join(folder, name, "max_energy_range_uj"), "262143328850\n");
    await writeFile(join(folder, name, "energy_uj"), microjoules);
  };
  await zone("intel-rapl:0", "package-0", "5000000\n");
  await zone("intel-rapl:0:0", "core", "1\n");
  await zone("intel-rapl:1", "psys", "9\n");
  await zone("intel-rapl-mmio:0", "package-0", "5000000\n");
  const look = counters(() => 7, folder);
  expect(look()).toMatchObject({ at: 7, packages: [{ microjoules: 5_000_000, range: 262_143_328_850 }] });
  await rm(join(folder, "intel-rapl:0", "energy_uj"));
  expect(look()).toBeUndefined();
  expect(counters(() => 7, join(folder, "none"))()).toBeUndefined();
});
