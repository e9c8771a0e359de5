import { expect, test } from "vitest";
import { breather } from "../../../breather.js";
import { trainHead } from "./train-head.js";

/** Labels whose examples lie about a corner each. */
const shown = Array.from({ length: 12 }, (_, label) => {
  const example = (n: number) =>
    Float32Array.from({ length: 300 }, (_, i) => (i % 12 === label ? 0.2 : 0) + Math.sin(n * 37 + i * 11) / 40);
  return { label: String(label), described: example(label), examples: Array.from({ length: 20 }, (_, n) => example(label + 12 * n)) };
});

test("a head is trained beside other work, which has its turn again and again", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const { head } = await trainHead(shown, [], "", breather());
  clearInterval(timer);
  expect(head.labels).toHaveLength(12);
  expect(turns).toBeGreaterThan(3);
});

test("an abort ends it", async () => {
  const stop = new AbortController();
  setImmediate(() => stop.abort(new Error("enough")));
  await expect(trainHead(shown, [], "", breather(stop.signal))).rejects.toThrow("enough");
});
