import { expect, test, vi } from "vitest";
import type { Brief } from "../brief.js";
import * as words from "../derive/words.js";
import { fromWords } from "./from-words.js";
import * as kinships from "./kinship.js";

vi.mock("../derive/words.js", { spy: true });
vi.mock("./kinship.js", { spy: true });

/** For a request of so many parts: how many characters are taken apart into words, and how often two members are held together. */
async function work(parts: number) {
  vi.clearAllMocks();
  const kin = vi.fn(() => 0);
  vi.mocked(kinships.kinship).mockReturnValue(kin);
  const request = "Weigh the tray and then rinse it in the sink. ".repeat(parts);
  const members = ["weigh", "rinse"].map((name) => ({ name, does: `Can ${name}`, takes: {}, gives: {}, effects: false }));
  const brief: Brief = { request, members, given: {}, wanted: {}, spare: [], shown: {} };
  await fromWords(brief);
  return {
    characters: vi.mocked(words.wordsOf).mock.calls.reduce((sum, [text]) => sum + text.length, 0),
    pairs: kin.mock.calls.length,
  };
}

test("takes a request of four times as many parts apart into words at most five times as often", async () => {
  const [few, many] = [await work(10), await work(40)];
  expect(many.characters / few.characters).toBeLessThan(5);
});

test("holds two members together once, however many parts ask for them", async () => {
  const { pairs } = await work(10);
  expect(pairs).toBeGreaterThan(0);
  expect(pairs).toBeLessThanOrEqual(2 * 2);
});
