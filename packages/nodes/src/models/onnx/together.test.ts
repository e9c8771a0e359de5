import { expect, it } from "vitest";
import { together } from "./together.js";

/** Work that is done when it is told to be. */
function held(most: number) {
  const batches: { items: readonly number[]; signal: AbortSignal; done(): void; fail(error: Error): void }[] = [];
  const add = together<number, number>(most, (items, signal) => {
    return new Promise((resolve, reject) => {
      batches.push({ items, signal, done: () => resolve(items.map((item) => item * 10)), fail: reject });
    });
  });
  return { add, batches };
}
const soon = () => new Promise((resolve) => setImmediate(resolve));

it("does at once what comes at once, as many as may be and alike, and the rest after", async () => {
  const { add, batches } = held(3);
  const all = [add(1, "a", undefined), add(2, "b", undefined), ...[3, 4, 5].map((item) => add(item, "a", undefined))];
  for (const expected of [[1, 3, 4], [2], [5]]) {
    await soon();
    expect(batches.at(-1)!.items).toEqual(expected);
    batches.at(-1)!.done();
  }
  expect(await Promise.all(all)).toEqual([10, 20, 30, 40, 50]);
});

it("lets one that is aborted go at once, and stops the work once nobody waits for it", async () => {
  const { add, batches } = held(4);
  const [first, second, waiting] = [new AbortController(), new AbortController(), new AbortController()];
  const all = [add(1, "a", first.signal), add(2, "a", second.signal)];
  await soon();
  const queued = add(3, "a", waiting.signal);
  waiting.abort(new Error("no more"));
  await expect(queued).rejects.toThrow("no more");
  first.abort(new Error("gone"));
  await expect(all[0]).rejects.toThrow("gone");
  expect(batches[0]!.signal.aborted).toBe(false);
  second.abort(new Error("gone too"));
  await expect(all[1]).rejects.toThrow("gone too");
  expect(batches[0]!.signal.aborted).toBe(true);
  batches[0]!.fail(new Error("stopped"));
  const next = add(4, "a", undefined);
  await soon();
  expect(batches.map(({ items }) => items)).toEqual([[1, 2], [4]]);
  batches[1]!.done();
  expect(await next).toBe(40);
});

it("fails all of a batch that fails, and goes on", async () => {
  const { add, batches } = held(4);
  const all = [add(1, "a", undefined), add(2, "a", undefined)];
  await soon();
  const after = add(3, "a", undefined);
  batches[0]!.fail(new Error("broken"));
  for (const one of all) await expect(one).rejects.toThrow("broken");
  await soon();
  batches[1]!.done();
  expect(await after).toBe(30);
});
