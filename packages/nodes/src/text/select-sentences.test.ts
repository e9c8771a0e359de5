import { expect, test } from "vitest";
import { selectSentences } from "./select-sentences.js";

const said = (text: string, vector: readonly number[], source = 0) => ({ text, vector, source });

test("what is near the centre and unlike the rest is chosen, in the order of the text", () => {
  const all = [said("The pump leaks.", [1, 0]), said("The pump leaks a lot.", [1, 0.01]), said("Bring the key on 5 May.", [0.7, 0.7])];
  expect(selectSentences(all, 2).map(({ text }) => text)).toEqual(["The pump leaks.", "Bring the key on 5 May."]);
});

test("every source gives one before any gives a second, and all are given where more are asked for", () => {
  const all = [said("Rain.", [1, 0]), said("More rain.", [1, 0.1]), said("Sun.", [0, 1], 1)];
  expect(selectSentences(all, 2).map(({ source }) => source)).toEqual([0, 1]);
  expect(selectSentences(all, 9)).toEqual(all);
});

test("vectors so large that nothing can be said of them choose the first sentences", () => {
  const all = ["One.", "Two.", "Three."].map((text) => said(text, [1e200, 1e200]));
  expect(selectSentences(all, 2)).toEqual(all.slice(0, 2));
});
