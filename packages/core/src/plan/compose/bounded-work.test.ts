import { expect, test } from "vitest";
import { unfounded } from "./unfounded.js";

const long = (unit: string) => unit.repeat(Math.ceil(100_000 / unit.length));

test.each(["\n", " \t", "1\n", "1 ", "12.", "7 may ", "a1", "2026-01-02T", "1,", "a-1", "-"])(
  "a text of any kind is looked at in time that grows with it: %j",
  (unit) => {
    const before = process.cpuUsage().user;
    unfounded(long(unit), [long(unit)], 0);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(4_000);
  },
);
