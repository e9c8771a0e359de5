import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { processMeter } from "./process-meter.js";

/** Computes until so much CPU time is gone. */
function compute(ms: number): void {
  const before = process.cpuUsage();
  for (;;) {
    const { user, system } = process.cpuUsage(before);
    if (user + system >= ms * 1000) return;
  }
}

test("what computes for a millisecond and has ended before anything else begins is told", async () => {
  for (let time = 0; time < 5; time++) {
    const claim = processMeter()!.occurrence();
    compute(1);
    claim.end();
    await sleep(10);
    expect(claim.taken().ms).toBeGreaterThan(0.5);
  }
});
