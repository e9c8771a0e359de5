import { expect, test, vi } from "vitest";
import type { Brief } from "../brief.js";
import * as words from "../derive/words.js";
import { fromWords } from "./from-words.js";

vi.mock("../derive/words.js", { spy: true });

/** How many characters are taken apart into words for a request of so many parts. */
async function work(parts: number) {
  vi.clearAllMocks();
  const request = "Weigh the tray and then rinse it in the sink. ".repeat(parts);
  const members = ["weigh", "rinse"].map((name) => ({ name, does: `Can ${name}`, takes: {}, gives: {}, effects: false }));
  const brief: Brief = { request, members, given: {}, wanted: {}, spare: [], shown: {} };
  await fromWords(brief);
  return vi.mocked(words.wordsOf).mock.calls.reduce((sum, [text]) => sum + text.length, 0);
}

test("takes a request of four times as many parts apart into words at most five times as often", async () => {
  const [few, many] = [await work(10), await work(40)];
  expect(many / few).toBeLessThan(5);
});
