import { expect, test } from "vitest";
import { doubledIn } from "./doubled-in.js";

test.each<[string, string | undefined]>([
  ['{"n": 3, "n": 4}', "n"],
  ['{"n": 3, "\\u006e": 4}', "n"],
  ['[{"a": {"b": 1, "c": 2, "b": [1]}}]', "b"],
  ['{"n": 3, "n": 3}', undefined],
  ['{"n": {"a": 1}, "n": {"a": 1}}', undefined],
  ['{"a": {"n": 1}, "b": {"n": 2}}', undefined],
  ['{"text": "{\\"n\\": 1, \\"n\\": 2}"}', undefined],
  ['{"n": 3, "n": 4', undefined],
  ["3", undefined],
])("%s has %s twice, with two values", (json, name) => {
  expect(doubledIn(json)).toBe(name);
});
