import { createRequire } from "node:module";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { misfits } from "./misfits.js";
import { schemaFromJson } from "./schema-from-json.js";

/** Work that ends, or is ended by the watchdog: what hangs here would hang the process. */
const watched = <T>(work: () => T): T => runInNewContext("work()", { work }, { timeout: 20_000 });
const kind = (error: unknown) => (error as { code?: string }).code ?? String(error);

const size = 100_000;
const hostile: [string, string][] = [
  ["^(a+)+$", `${"a".repeat(size)}!`],
  ["^(a|a)*$", `${"a".repeat(size)}!`],
  ["^(a|aa)+$", `${"a".repeat(size)}!`],
  ["^(.*)*=$", "x".repeat(size)],
  ["(x+x+)+y", "x".repeat(size)],
  ["^([a-z]+)*\\d$", "a".repeat(size)],
  ["^(\\s*\\w+\\s*)+$", `${"a ".repeat(size / 2)}!`],
  ["^(([a-z])+.)+[A-Z]([a-z])+$", "a".repeat(size)],
  ["^[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+$", `a@${"a.".repeat(size / 2)}!`],
  ["(a*)*b", "a".repeat(size)],
];
test.each(hostile)("%s over a long text that it just does not match is an answer, not a hang", async (pattern, text) => {
  const schema = schemaFromJson({ type: "string", pattern });
  expect(watched(() => misfits({ type: "string", pattern }, text).length)).toBe(1);
  expect(watched(() => (schema["~standard"].validate(text) as { issues?: unknown[] }).issues?.length)).toBe(1);
  const named = schemaFromJson({ type: "object", patternProperties: { [pattern]: { type: "number" } }, additionalProperties: false });
  expect(watched(() => (named["~standard"].validate({ [text]: 1 }) as { issues?: unknown[] }).issues?.length)).toBe(1);
});

test.each([
  ["^(?=a)(a+)+$", `${"a".repeat(size)}!`],
  ["^(a+)+\\1$", `${"a".repeat(size)}!`],
])("%s, which no linear engine takes, is stopped with an error that says so", (pattern, text) => {
  const schema = schemaFromJson({ type: "string", pattern });
  for (const work of [(): unknown => misfits({ type: "string", pattern }, text), () => schema["~standard"].validate(text)]) {
    let thrown: unknown;
    try {
      watched(work);
    } catch (error) {
      thrown = error;
    }
    expect(kind(thrown)).toBe("LIMIT_CROSSED");
    expect(String(thrown)).toContain(pattern);
  }
});

test("no format of JSON Schema hangs on a long text of any kind", () => {
  const { fullFormats } = createRequire(import.meta.url)("ajv-formats/dist/formats.js");
  const parts = [
    "a",
    "a.",
    "a-",
    "1",
    "1:",
    "::",
    "a@",
    "@",
    "%20",
    "/",
    "~0",
    "{a}",
    "{",
    "P1",
    "0.",
    "[",
    "a:",
    "//",
    "-",
    "é",
    " ",
    "(",
    "\\",
  ];
  for (const format of Object.keys(fullFormats)) {
    const schema = schemaFromJson({ type: "string", format });
    for (const part of parts)
      for (const text of [
        part.repeat(size / part.length),
        `http://${part.repeat(size / part.length)}!`,
        `a@${part.repeat(size / part.length)}\n`,
      ])
        watched(() => schema["~standard"].validate(text));
  }
});

test("many short texts under one pattern take time in proportion", () => {
  const list = new Array(5000).fill(`${"a".repeat(28)}!`);
  expect(watched(() => misfits({ type: "array", items: { type: "string", pattern: "^(a+)+$" } }, list).length)).toBe(5000);
});

/** Patterns of JSON Schema: what JavaScript takes with the flag `u`. */
const atom = fc.constantFrom(
  "a",
  "b",
  "ß",
  "😀",
  ".",
  "\\.",
  "\\s",
  "\\S",
  "\\d",
  "\\D",
  "\\w",
  "\\W",
  "[ab]",
  "[^ab]",
  "[^]",
  "[a-c\\d]",
  "[\\s,]",
  "[^\\s]",
  "[\\S]",
  "[[.]",
  "[\\]]",
  "[\\u0061-\\u0063]",
  "\\u{1F600}",
  "\\ud83d\\ude00",
  "\\u00a0",
  "\\xa0",
  "\\n",
  "\\cJ",
  "\\0",
  "\\/",
  "\\-".slice(0, 0) || "-",
  "\\p{L}",
  "\\P{L}",
  "\\p{Lu}",
  "\\p{Script=Greek}",
  "\\p{Letter}",
  "\\b",
  "\\B",
  "^",
  "$",
  "(?=a)",
  "(?!b)",
  "(?<=a)",
  "[\\b]",
  "[a.]",
  "(?:)",
  "\\$",
  "\\^",
);
const quantifier = fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "*?", "+?");
const pattern = fc.letrec<{ node: string; group: string; piece: string }>((tie) => ({
  piece: fc.tuple(fc.oneof({ weight: 4, arbitrary: atom }, { weight: 1, arbitrary: tie("group") }), quantifier).map(([a, q]) => a + q),
  node: fc.array(tie("piece"), { maxLength: 4 }).map((pieces) => pieces.join("")),
  group: fc.tuple(fc.constantFrom("(", "(?:", "(?<n>"), tie("node"), tie("node")).map(([open, a, b]) => `${open}${a}|${b})`),
})).node;
const char = fc.constantFrom(
  "a",
  "b",
  "c",
  "A",
  "1",
  "_",
  " ",
  "\n",
  "\r",
  "\t",
  "\v",
  "\u00a0",
  "\u2028",
  "\u2003",
  "\ufeff",
  "\0",
  "\b",
  "ß",
  "é",
  "α",
  "Ω",
  "😀",
  ".",
  "-",
  "]",
  "[",
  "/",
  "$",
  "^",
  "!",
);
const text = fc.array(char, { maxLength: 6 }).map((chars) => chars.join(""));

test("a text fits a pattern where JavaScript says that it does", () => {
  const tally = { fits: 0, not: 0 };
  fc.assert(
    fc.property(pattern, fc.array(text, { minLength: 4, maxLength: 4 }), (source, texts) => {
      let native: RegExp;
      try {
        native = new RegExp(source, "u");
      } catch {
        return;
      }
      for (const one of texts) {
        const fits = native.test(one);
        tally[fits ? "fits" : "not"]++;
        expect([source, one, misfits({ type: "string", pattern: source }, one).length === 0]).toEqual([source, one, fits]);
      }
    }),
    { numRuns: 3000 },
  );
  expect(Math.min(tally.fits, tally.not)).toBeGreaterThan(500);
});
