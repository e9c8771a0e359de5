import { expect, test } from "vitest";
import { optionOf } from "./option-of.js";

const shown = (text: string, value: string) => {
  const start = text.indexOf(value);
  return optionOf(text, { start, end: start + value.length });
};

test.each([
  ["Please pay by 27 July 2026. If you hear nothing, write.", "27 July 2026", "27 July 2026 (Please pay by _. If you hear)"],
  ["Total              EUR 42.00", "42.00", "42.00 (Total EUR _)"],
  ["above\nLena Brandt\nbelow", "Lena Brandt", "Lena Brandt"],
  ["电梯将从2026年3月9日起停止使用,预计恢复运行", "2026年3月9日", "2026年3月9日 (电梯将从_起停止使用,预计)"],
])("a value with the words of its line around it: %s", (text, value, option) => expect(shown(text, value)).toBe(option));

test("a long value is shown by its beginning", () => {
  expect(shown(`Note: ${"word ".repeat(40)}`, "word ".repeat(40).trim())).toMatch(/^(?:word )+.*… \(Note: _\)$/);
});
