import fc from "fast-check";
import { expect, test } from "vitest";
import { answersIn } from "./answers-in.js";

const first = async (text: string) => (await answersIn(text))[0];

test.each([
  ["plain", '{"a": 1}'],
  ["whitespace after it", `{"a": 1}${" \n".repeat(5000)}`],
  ["talk round it", 'Sure! Here it is:\n{"a": 1}\nHope that helps {smile}'],
  ["a code fence", 'Here:\n```json\n{"a": 1}\n```\nDone.'],
  ["thinking before it", '<think>maybe {"a": 2}?</think>{"a": 1}'],
  ["single quotes and a trailing comma", "{'a': 1,}"],
  ["an end that is missing", '{"a": 1'],
  ["an unclosed fence", '```json\n{"a": 1'],
  ["comments", '{\n  // how many\n  "a": 1\n}'],
])("finds the answer despite %s", async (_, text) => {
  expect(await first(text)).toEqual({ a: 1 });
});

test("keeps brackets in strings", async () => {
  expect(await first('so: {"a": "}{]", "b": ["\\"}"]} end')).toEqual({ a: "}{]", b: ['"}'] });
});

test("offers each of several objects, the largest first", async () => {
  expect(await answersIn('{"a":1} then {"a":1,"b":2}')).toEqual([{ a: 1, b: 2 }, { a: 1 }]);
});

test("finds nothing where there is nothing", async () => {
  expect(await answersIn("I cannot help with that.")).toEqual([]);
  expect(await answersIn("")).toEqual([]);
});

test("never throws or hangs, however wild the text", async () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom("{", "}", "[", "]", '"', "\\", ":", ",", "```", "<think>", "null", "\n", "'", "/*", "//"),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => void (await answersIn(pieces.join("")))),
    { numRuns: 500 },
  );
  const wild = ["[", '{"a":', "{", '"', "[{", "]", "/*", "```", '{"a":"b" "', "\\", "'x' ", "<think>", "``` ", " ", "\n"];
  for (const one of wild) for (const answer of await answersIn(one.repeat(40_000))) expect(JSON.stringify(answer)).toBeTypeOf("string");
});
