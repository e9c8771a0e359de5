import { expect, test } from "vitest";
import { killed } from "./kill.mjs";

test("thirty kills with SIGKILL: nothing that was heard is lost, nothing finished is done again, each result is the undisturbed one", {
  timeout: 300_000,
}, async () => {
  const { kills, runs, effects, findings } = await killed(30);
  expect(findings).toEqual([]);
  expect(kills).toBeGreaterThanOrEqual(30);
  expect(effects).toBeGreaterThan(10 * runs);
});
