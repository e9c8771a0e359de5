import { expect, test } from "vitest";
import { wordGroups } from "./word-groups.js";

test("a word is in the group that has it, else in the one that has the longest of its beginnings, and of two alike in the first", () => {
  const groupOf = wordGroups(["count* tally", "country land*", "counter* till", "sum* count*"]);
  expect(["tally", "tallies", "counting", "country", "countrys", "counters", "landing", "summing", "co", ""].map(groupOf)).toEqual([
    ...["count", undefined, "count", "country", "country", "counter", "country", "sum", undefined, undefined],
  ]);
});
