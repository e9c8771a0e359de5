import { type AST, RegExpParser } from "@eslint-community/regexpp";
import type { Language } from "./language.js";
import { everything, type Ranges, ranges, union, units, without } from "./ranges.js";
import type { Term } from "./terms.js";

/** The pattern uses what is no regular language, or what can't be told without knowing what stands around it. */
class Unheld extends Error {}

/**
 * The texts in which a pattern of a JSON Schema is found. Undefined where that is no regular language (back references) or beyond
 * this (looking behind, word boundaries); with `looking` false, what it looks ahead for is passed over, and the language is wider.
 */
export function patternLanguage(pattern: string, lang: Language, looking = true): Term | undefined {
  const ast = parsed(pattern);
  if (!ast) return undefined;
  const properties = new Map<string, Ranges>();
  const anywhere = lang.repeated(lang.set(everything), 0, Number.POSITIVE_INFINITY);

  /** The texts that an element and then `rest` match, to the end of the text; `start` where nothing stands before it. */
  const before = (element: AST.Element, rest: Term, start: Start): Term => {
    switch (element.type) {
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
      case "ExpressionCharacterClass":
        return lang.sequence(lang.set(setOf(element, properties)), rest);
      case "Group":
      case "CapturingGroup":
        return choice(element.alternatives, rest, start);
      case "Assertion":
        return assertion(element, rest, start);
      case "Quantifier":
        return repetition(element, rest, start);
      default:
        throw new Unheld();
    }
  };
  const choice = (alternatives: readonly AST.Alternative[], rest: Term, start: Start): Term =>
    lang.either(...alternatives.map(({ elements }) => row(elements, rest, start)));
  const row = (elements: readonly AST.Element[], rest: Term, start: Start): Term => {
    const [first, ...others] = elements;
    if (!first) return rest;
    return before(first, row(others, rest, past(first, start)), start);
  };
  const assertion = (element: AST.Assertion, rest: Term, start: Start): Term => {
    if (element.kind === "start") {
      if (start === "maybe") throw new Unheld();
      return start ? rest : lang.none;
    }
    if (element.kind === "end") return lang.both(lang.blank, rest);
    if (element.kind !== "lookahead") throw new Unheld();
    if (!looking) return rest;
    const ahead = choice(element.alternatives, anywhere, start);
    return lang.both(element.negate ? lang.not(ahead) : ahead, rest);
  };
  const repetition = ({ element, min, max }: AST.Quantifier, rest: Term, start: Start): Term => {
    if (isDigits(element, properties))
      return lang.sequence(lang.repeated(lang.set(setOf(element, properties)), min, Math.min(max, min + mostDigits)), rest);
    if (!asserts(element, looking)) return lang.sequence(lang.repeated(before(element, lang.blank, false), min, max), rest);
    // What it looks ahead for reaches into what follows, so each round is written out.
    if (max > 8) throw new Unheld();
    const round = (i: number): Term => {
      if (i === max) return rest;
      const more = before(element, round(i + 1), i === 0 ? start : start && "maybe");
      return i < min ? more : lang.either(more, rest);
    };
    return round(0);
  };

  try {
    const found = choice(ast.alternatives, anywhere, true);
    const later = lang.sequence(lang.set(everything), anywhere, choice(ast.alternatives, anywhere, false));
    return lang.either(found, later);
  } catch (error) {
    if (error instanceof Unheld) return undefined;
    throw error;
  }
}

function parsed(pattern: string): AST.Pattern | undefined {
  for (const unicode of [true, false]) {
    try {
      return new RegExpParser().parsePattern(pattern, 0, pattern.length, { unicode });
    } catch {
      // As JavaScript without the flag has it; else no pattern at all.
    }
  }
  return undefined;
}

/** Whether nothing stands before an element. */
type Start = boolean | "maybe";

const past = (element: AST.Element, start: Start): Start =>
  element.type === "Assertion" ? start : start && canBeEmpty(element) && "maybe";

function canBeEmpty(element: AST.Element): boolean {
  if (element.type === "Quantifier") return element.min === 0 || canBeEmpty(element.element);
  if (element.type !== "Group" && element.type !== "CapturingGroup") return element.type === "Assertion";
  return element.alternatives.some(({ elements }) => elements.every(canBeEmpty));
}

/** Whether an element holds an assertion that is heeded. */
function asserts(element: AST.Element, looking: boolean): boolean {
  if (element.type === "Assertion") return looking || element.kind !== "lookahead";
  if (element.type === "Quantifier") return asserts(element.element, looking);
  if (element.type !== "Group" && element.type !== "CapturingGroup") return false;
  return element.alternatives.some(({ elements }) => elements.some((one) => asserts(one, looking)));
}

const digits: Ranges = [[48, 57]];
const word: Ranges = ranges([...digits, [65, 90], [97, 122], [95, 95]]);
const space: Ranges = ranges([
  [9, 13],
  [32, 32],
  [160, 160],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
]);
const lineEnds: Ranges = ranges([
  [10, 10],
  [13, 13],
  [0x2028, 0x2029],
]);

/** A model that counts on without end is kept to numbers that anyone would write. */
const mostDigits = 20;

const isDigits = (element: AST.Element, properties: Map<string, Ranges>): element is AST.CharacterSet | AST.CharacterClass =>
  (element.type === "CharacterSet" && element.kind === "digit" && !element.negate) ||
  (element.type === "CharacterClass" && !element.negate && without(setOf(element, properties), digits).length === 0);

type SetElement = AST.Element | AST.CharacterClassElement;

/** The characters of a class. What stands for all but some is kept to those that JavaScript counts as one. */
function setOf(element: SetElement, properties: Map<string, Ranges>): Ranges {
  switch (element.type) {
    case "Character":
      return [[element.value, element.value]];
    case "CharacterClassRange":
      return [[element.min.value, element.max.value]];
    case "CharacterClass": {
      const inside = union(...element.elements.map((one) => setOf(one as SetElement, properties)));
      return element.negate ? without(units, inside) : inside;
    }
    case "CharacterSet": {
      if (element.kind === "any") return without(units, lineEnds);
      const known =
        element.kind === "digit"
          ? digits
          : element.kind === "word"
            ? word
            : element.kind === "space"
              ? space
              : property(element.raw, properties);
      return "negate" in element && element.negate ? without(units, known) : known;
    }
    default:
      throw new Unheld();
  }
}

/** The characters of a Unicode property, asked of JavaScript one by one, once. */
function property(raw: string, known: Map<string, Ranges>): Ranges {
  const name = raw.replace(/^\\P/, "\\p");
  const before = known.get(name);
  if (before) return before;
  const test = new RegExp(`^${name}$`, "u");
  const found: [number, number][] = [];
  for (const [from, to] of everything) {
    for (let c = from; c <= to; c++) {
      if (!test.test(String.fromCodePoint(c))) continue;
      const last = found.at(-1);
      if (last && last[1] === c - 1) last[1] = c;
      else found.push([c, c]);
    }
  }
  known.set(name, found);
  return found;
}
