import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { machineOf } from "./automaton.js";
import { language } from "./language.js";
import { patternLanguage } from "./pattern.js";
import { runs } from "./runs.fixture.js";
import { stringLanguage } from "./strings.js";

const machineFor = (pattern: string) => machineOf(patternLanguage(pattern, language())!, 5000);

const atom = fc.constantFrom(
  "a",
  "b",
  "[ab]",
  "[^a]",
  ".",
  "\\d",
  "\\w",
  "\\s",
  "(?:a|bc)",
  "(ab)",
  "(?=a)",
  "(?!b)",
  "(?:(?!c).)",
  "^",
  "$",
  "(?:a$|b)",
  "(|c)",
  "[a-c1]",
);
const quantified = fc
  .tuple(atom, fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{1,3}", "{0,2}?"))
  .map(([one, times]) => (/^[\^$]|^\(\?[=!]/.test(one) ? one : one + times));
const pattern = fc
  .array(
    fc.array(quantified, { maxLength: 3 }).map((row) => row.join("")),
    { minLength: 1, maxLength: 2 },
  )
  .map((rows) => rows.join("|"));

/** The machine of a pattern; undefined where it is too much, or cannot be held. */
function machineWithin(source: string) {
  try {
    const found = patternLanguage(source, language());
    return found && machineOf(found, 1500);
  } catch {
    return undefined;
  }
}

test("finds a pattern exactly where JavaScript finds it", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "1", " ", "\n"), maxLength: 6 });
  let held = 0;
  fc.assert(
    fc.property(pattern, fc.array(text, { minLength: 12, maxLength: 12 }), (source, texts) => {
      const machine = machineWithin(source);
      if (!machine) return;
      held++;
      for (const one of texts) expect([source, one, runs(machine, one)]).toEqual([source, one, new RegExp(source, "u").test(one)]);
    }),
    { numRuns: 150, endOnFailure: true },
  );
  expect(held).toBeGreaterThan(100);
});

describe("patterns that people write", () => {
  it.each([
    ["^(?=.*\\d)(?=.*[a-z])[a-z\\d]{4,8}$", ["abc1", "1234567a"], ["abcd", "1234", "abc1abc1a"]],
    ["^\\p{Lu}\\p{Ll}+$", ["Österreich", "Жук"], ["österreich", "A1"]],
    ["^$|^(?:[0-9a-f]{2})+$", ["", "ab12"], ["abc"]],
    ["^[\\u4e00-\\u9fff]{1,3}$", ["日本"], ["nihon", "日本日本"]],
    ["x", ["axb"], ["ab"]],
    ["^(a+)+$", ["aaaa"], ["aab"]],
  ])("%s", (source, yes, no) => {
    const machine = machineFor(source);
    for (const text of yes) expect([text, runs(machine, text)]).toEqual([text, true]);
    for (const text of no) expect([text, runs(machine, text)]).toEqual([text, false]);
  });
});

test("says what it can't hold", () => {
  for (const source of ["(a)\\1", "\\bword\\b", "(?<=a)b", "(", "[", "a{2,1}", "(?:(?=a)a){1,900}"])
    expect([source, patternLanguage(source, language())]).toEqual([source, undefined]);
});

test("ends on hostile patterns, with a machine or without", () => {
  for (const source of ["^(a|aa|aaa){1,500}$", "(.*a){20}", "^(?:a?){300}a{300}$", "(x+x+)+y", ".{0,900}b.{0,900}c", "^(a|b|ab){1,900}$"]) {
    const states = stringLanguage({ type: "string", pattern: source });
    expect([states ?? []].flat().length).toBeLessThanOrEqual(1500);
  }
});
