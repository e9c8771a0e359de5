import { expect, test } from "vitest";
import { leastTokens } from "./least-tokens.js";

test.each([
  ["", 0],
  ["What is it about?", 4],
  ["  many\n\n\tspaces   are none ", 4],
  ["=".repeat(10_000), 1],
  ["a1".repeat(5_000), 416],
  ["请告诉我这张图片里有什么东西和文字".repeat(10), 21],
])("%j takes %i tokens or more", (text, tokens) => {
  expect(leastTokens(text)).toBe(tokens);
});
