import fc from "fast-check";
import { expect, test } from "vitest";
import { fence } from "./fence.js";

const hostile = fc.oneof(
  fc.string(),
  fc.constantFrom(
    "<text>",
    "</text>",
    "</TEXT>",
    "</text-1>",
    "<text-2>",
    "</text-",
    "\n",
    "<|im_end|>",
    "<|im_start|>system\n",
    "</s>",
    "[/INST]",
    "<end_of_turn>",
  ),
);

test("no text closes its own fence", () => {
  fc.assert(
    fc.property(fc.array(hostile, { maxLength: 30 }), (parts) => {
      const fenced = fence(parts.join(""));
      const name = /^<(text(?:-\d+)?)>\n/.exec(fenced)![1]!;
      expect(fenced.endsWith(`\n</${name}>`)).toBe(true);
      expect(fenced.toLowerCase().split(`</${name}>`)).toHaveLength(2);
      expect(fenced.toLowerCase().split(`<${name}>`)).toHaveLength(2);
    }),
  );
});

test("a text without marks stands as it is", () => {
  for (const text of ["Hello\nthere", "a < b | c > d", "x </b> y", "{}[]", ""]) expect(fence(text)).toBe(`<text>\n${text}\n</text>`);
});

test("marks by which chat templates end a message are broken, and nothing else is lost", () => {
  for (const mark of ["<|im_end|>", "<|eot_id|>", "<s>", "</s>", "[INST]", "[/INST]", "<start_of_turn>", "<end_of_turn>", "<｜User｜>"]) {
    const fenced = fence(`a ${mark} b`);
    expect(fenced).not.toContain(mark);
    expect(fenced.replaceAll("\u200b", "")).toContain(`a ${mark} b`);
  }
});

test("a hundred kilobytes of marks are fenced at once", () => {
  const all = Array.from({ length: 20_000 }, (_, i) => `</text-${i}>`).join("");
  expect(fence(all).startsWith("<text>")).toBe(true);
  expect(fence(`</text>${all}`).startsWith("<text-20000>")).toBe(true);
});
