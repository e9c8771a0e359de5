import fc from "fast-check";
import { expect, test } from "vitest";
import { isRounded } from "./is-rounded.js";
import { lostInJson } from "./lost-in-json.js";

test.each(["12345678901234567890", "-9007199254740993", "9007199254740993.5", "1".repeat(400), "+12345678901234567890"])(
  "%s is rounded",
  (text) => {
    expect(isRounded(text)).toBe(true);
  },
);

test.each([
  "9007199254740992",
  "9007199254740991",
  "100000000000000000000",
  "123456789012345680000",
  "0000000000000000001",
  "0.1234567890123456789",
  "1e25",
  "x",
  "",
])("%s is not", (text) => {
  expect(isRounded(text)).toBe(false);
});

test("what JavaScript writes, it reads as it was", () => {
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => !isRounded(String(value))));
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }),
      (value) =>
        isRounded(String(value)) ||
        Number(value).toLocaleString("fullwide", { useGrouping: false, maximumSignificantDigits: 17 }) === String(value),
    ),
  );
});

test("the first thing that JSON.parse loses is told with its line", () => {
  expect(lostInJson('{"a": 1,\n "b": {"a": 2}, "a": 3}')).toEqual({ what: "name", text: "a", line: 2 });
  expect(lostInJson('{"a": 1, "\\u0061": 2}')).toEqual({ what: "name", text: "a", line: 1 });
  expect(lostInJson('[{"id":\n-12345678901234567890}]')).toEqual({ what: "number", text: "-12345678901234567890", line: 2 });
});

test("what stands in texts, and in objects beside one another, is none of it", () => {
  const text =
    '{"a": "\\"a\\": {12345678901234567890", "b": [{"a": 1}, {"a": 2.5e3}], "12345678901234567890": 1, "c": {"a": 0.12345678901234567}}';
  expect(lostInJson(text)).toBeUndefined();
  fc.assert(fc.property(fc.jsonValue(), (value) => lostInJson(JSON.stringify(value)) === undefined));
});
