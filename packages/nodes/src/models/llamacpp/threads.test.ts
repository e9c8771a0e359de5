import { availableParallelism } from "node:os";
import fc from "fast-check";
import { expect, it } from "vitest";
import { paceOf } from "./pace.js";
import { threadsFor, type Work } from "./threads.js";

const before: Work = { at: 1000, all: 5000, own: 3000 };
/** A quarter of a second later: cores that others and this process kept busy. */
const after = (others: number, own: number): Work => ({ at: 1250, all: 5000 + 250 * (others + own), own: 3000 + 250 * own });

it("leaves a core to each that something else works on, and keeps one", () => {
  expect(threadsFor(2, before, after(0, 0))).toBe(2);
  expect(threadsFor(2, before, after(0.05, 1.95))).toBe(2);
  expect(threadsFor(2, before, after(1, 1))).toBe(1);
  expect(threadsFor(2, before, after(1.4, 0.6))).toBe(1);
  expect(threadsFor(8, before, after(2.1, 3))).toBe(6);
  expect(threadsFor(1, before, after(0, 1))).toBe(1);
});

it("is never more than the cores, nor more where others do more", () => {
  const share = fc.double({ min: 0, max: 64, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), share, share, share, (cores, others, more, own) => {
      const threads = threadsFor(cores, before, after(others, own));
      expect(threads).toBeGreaterThanOrEqual(1);
      expect(threads).toBeLessThanOrEqual(cores);
      expect(threadsFor(cores, before, after(others + more, own))).toBeLessThanOrEqual(threads);
    }),
  );
});

it("opens contexts while there are all threads, whatever the machine does, and gives them back", async () => {
  const llama = { maxThreads: availableParallelism() } as any;
  const pace = paceOf(llama);
  expect(paceOf(llama)).toBe(pace);
  const seen: number[] = [];
  const open = pace.open(async () => {
    seen.push(llama.maxThreads);
    await pace.keep(() => new Promise((resolve) => setTimeout(resolve, 300)));
    seen.push(llama.maxThreads);
  });
  await open;
  expect(seen).toEqual([availableParallelism(), availableParallelism()]);
  await expect(pace.open(() => Promise.reject(new Error("no memory")))).rejects.toThrow("no memory");
  expect(llama.maxThreads).toBeGreaterThanOrEqual(1);
});
