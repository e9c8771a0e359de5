import fc from "fast-check";
import { expect, test } from "vitest";
import { answersIn } from "./answers-in.js";
import { noDoubts } from "./doubts.js";

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

test("offers each of several objects, the last first, examples after all others", async () => {
  expect(await answersIn('{"a":1,"b":2} then {"a":1}')).toEqual([{ a: 1 }, { a: 1, b: 2 }]);
  expect(await first('For example, {"a": 1, "long": "very"} would do. My answer: {"a": 2}')).toEqual({ a: 2 });
  expect(await first('The answer is {"a": 2}. For example, {"a": 1} would be wrong.')).toEqual({ a: 2 });
  expect(await first('Such as {"a": 1}')).toEqual({ a: 1 });
  expect(await first('It is {"a": 2}, and not {"a": 1}.')).toEqual({ a: 2 });
  expect(await first('First {"a": 1}; I am not sure, now {"a": 2}')).toEqual({ a: 2 });
  expect(await first('First {"a": 1}\nThat was not right\n```json\n{"a": 2}\n```')).toEqual({ a: 2 });
  expect(await first('It is {"a": 2}, so I cannot give `{"a": 1}`')).toEqual({ a: 2 });
});

test.each([
  ["a call", '{"name":"answer","parameters":{"a":1}}'],
  ["a call with arguments", '{"name":"answer","arguments":{"a":1}}'],
  ["a call with arguments as text", '{"name":"answer","arguments":"{\\"a\\":1}"}'],
  ["OpenAI's calls", '{"tool_calls":[{"type":"function","function":{"name":"answer","arguments":"{\\"a\\":1}"}}]}'],
  ["Hermes's tag", '<tool_call>\n{"name":"answer","arguments":{"a":1}}\n</tool_call>'],
  ["Mistral's mark", '[TOOL_CALLS][{"name":"answer","arguments":{"a":1}}]'],
  ["a name", '{"answer":{"a":1}}'],
  ["a name beside others", '{"thought":"it is 1","result":{"a":1}}'],
  ["any one name", '{"invoice":{"a":1}}'],
  ["a list", '[{"a":1}]'],
  ["a schema with values in it", '{"type":"object","properties":{"a":1},"required":["a"]}'],
  ["a schema with values in its fields", '{"type":"object","properties":{"a":{"type":"integer","value":1}}}'],
  ["a text", '"{\\"a\\":1}"'],
  ["brackets in prose", 'Here [as you asked: {"a":1}] it is'],
])("unwraps an answer from %s, after what was written", async (_, text) => {
  expect(await answersIn(text)).toContainEqual({ a: 1 });
});

test("a field of the answer's own wraps none, unless it holds nothing but itself again", async () => {
  const own = new Set(["items"]);
  expect(await answersIn('{"items": {"items": [1]}}', { own })).toContainEqual({ items: [1] });
  expect(await answersIn('{"items": {"a": 1}}', { own })).not.toContainEqual({ a: 1 });
  expect(await answersIn('{"items": {"items": [1], "a": 1}}', { own })).not.toContainEqual({ items: [1], a: 1 });
});

test("does not take a part of what was cut for an answer", async () => {
  expect(await answersIn('{"a":1,"b":["x","y', { cut: true })).toEqual([]);
  expect(await answersIn('{"a":1} and {"a":', { cut: true })).toEqual([{ a: 1 }]);
});

test("does not take a part of what is broken or cut for the whole", async () => {
  const kid = '{"value":2,"kids":[]}';
  for (const cut of [`{"value":1,"kids":[${kid},{"value":3,`, `[[${kid}],[`, `{"value":1,"more":{"kid":${kid},`])
    expect(await answersIn(cut, { cut: true })).toEqual([]);
  expect(await first(`{"value":1,"kids":[${kid}]`)).toEqual({ value: 1, kids: [JSON.parse(kid)] });
  expect(await first(`{"value":1,"kids":[${kid}],}`)).toEqual({ value: 1, kids: [JSON.parse(kid)] });
  expect(await first("{'value': 1, 'kids': []}")).toEqual({ value: 1, kids: [] });
});

test.each([
  ["a comma too many", '{"a":2,}'],
  ["a line that ends in a text", '{"a":2,"b":"one\ntwo"}'],
  ["an end that is missing", '{"a":2'],
])("an answer with %s counts before one that was thought of first", async (_, text) => {
  expect(await first(`First I had {"a":1}. Now: ${text}`)).toMatchObject({ a: 2 });
});

test.each([
  ["apostrophes in single quotation marks", "{'a': 'it's', 'b': 'don’t',}", { a: "it's", b: "don’t" }],
  ["an escape of Markdown's", '{"user\\_id": "a\\_b"}', { user_id: "a_b" }],
  ["three dots in a text", "{'a': 'wait...',}", { a: "wait..." }],
  ["a quotation mark too few", '{"a": "x, "b": "y"}', { a: "x", b: "y" }],
  ["marks that Markdown escapes", '{"a": "\\$5 \\& \\#1 \\- \\“x\\”"}', { a: "$5 & #1 - “x”" }],
  ["three dots amid quotation marks", '{"a": "he said "wait..." twice"}', { a: 'he said "wait..." twice' }],
  ["smart quotation marks", "{“a”: “the dogs' 2 bones”}", { a: "the dogs' 2 bones" }],
  ["a tag round what ends half way", '<answer>\n{"a": {"b": "x"}\n</answer>', { a: { b: "x" } }],
  ["a last word that is whole", '{"a": true', { a: true }],
  ["a list of texts that ends half way", '{"a": ["x","y"', { a: ["x", "y"] }],
  ["an address without quotation marks", "{a: http://x.example/y}", { a: "http://x.example/y" }],
])("mends %s", async (_, text, value) => {
  expect(await first(text)).toEqual(value);
});

test.each([
  ["a backslash that it would drop", '{"a": "C:\\Users\\new"}', "backslash"],
  ["a backslash of a pattern", '{"a": "^\\d+$"}', "backslash"],
  ["a sign of a pattern", '{"a": "^\\$[0-9]"}', "backslash"],
  ["what was left out of a list", '{"a": [1, ...]}', "leaves something out"],
  ["what was left out amid a list", '{"a": [1, 2, …, 9]}', "leaves something out"],
  ["a value that is missing", '{"a": }', "without a value"],
  ["a value that is missing at its end", '{"b": 1, "a":', "without a value"],
  ["a number that ends half way", '{"a": -}', "half way"],
  ["a power that ends half way", '{"a": 1e', "half way"],
  ["a text that ends half way", '{"a": {"b": 1}, "c": "so it i', "half way"],
  ["a word that ends half way", '{"a": tru', "half way"],
  ["a list that goes on", '{"a": [1, 2,', "half way"],
  ["texts of Python's", '{"a": """b "c" d"""}', "three quotation marks"],
  ["a quotation mark that ends no text", "{'a': 'the dogs' bone'}", "within a text"],
])("makes up nothing for %s, and says why", async (_, text, why) => {
  const doubts = noDoubts();
  expect(await answersIn(text, { doubts })).toEqual([]);
  expect([...doubts.unread].join()).toContain(why);
});

test("where it has to be closed, what is not is none", async () => {
  for (const text of ['{"a": 1', '```json\n{"a": {"b": 1}', "{'a': [1, 2]"]) expect(await answersIn(text, { closed: true })).toEqual([]);
  expect((await answersIn("Here: {'a': 1,} so", { closed: true }))[0]).toEqual({ a: 1 });
  // Who closes the outer one has forgotten the inner one.
  expect((await answersIn('{"a": [1, 2} so', { closed: true }))[0]).toEqual({ a: [1, 2] });
  expect((await answersIn(`{"a": 1, // the users' choice, 5" wide\n"b": 2}`, { closed: true }))[0]).toEqual({ a: 1, b: 2 });
});

test("what is given up half way, or leaves its values out, is none where another stands", async () => {
  expect(await first('{"a": 1, oh no. Let me correct that.\n{"a": 2}')).toEqual({ a: 2 });
  expect(await first('The answer is {"a": 2}, in the form {"a": ...}')).toEqual({ a: 2 });
});

test("finds nothing in thinking that has not ended", async () => {
  expect(await answersIn('<think>maybe {"a": 2}?')).toEqual([]);
});

test("gives nothing that is too deep to walk", async () => {
  const depth = (value: unknown): number =>
    typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;
  const hostile = ['["]",', "['}',", '[{"a":["]",', '{"a":{"}":', "[[", '{"a":['];
  for (const one of hostile)
    for (const count of [61, 300, 12_000]) for (const answer of await answersIn(one.repeat(count))) expect(depth(answer)).toBeLessThan(61);
  expect(await answersIn(`${"[".repeat(100)}1${"]".repeat(100)}`)).toEqual([]);
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
  const began = process.cpuUsage();
  await answersIn(`{"a": ${'"\\"\\'.repeat(12_000)}`);
  expect(process.cpuUsage(began).user).toBeLessThan(2_000_000);
  for (const one of wild) for (const answer of await answersIn(one.repeat(40_000))) expect(JSON.stringify(answer)).toBeTypeOf("string");
});
