import { expect, test } from "vitest";
import { damaged } from "./damage.mjs";

test("a damaged journal says so, or reads as ever, and ends no process", { timeout: 300_000 }, async () => {
  const { rows, findings } = await damaged(46, { seed: 20 });
  expect(findings).toEqual([]);
  // Damage that is always noticed, in each of its cases.
  for (const name of ["a batch is gone", "a thread is gone", "a thread's batches are gone", "the file is cut", "the log is gone"])
    expect([name, rows.get(name)]).toMatchObject([name, { cases: 2, noticed: 2 }]);
});
