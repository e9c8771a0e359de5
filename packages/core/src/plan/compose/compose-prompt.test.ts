import { expect, test } from "vitest";
import { z } from "zod";
import { media } from "../../media/media.js";
import { specialist } from "../../specialist/specialist.js";
import { briefOf } from "../brief.js";
import { composePrompt } from "./compose-prompt.js";
import { findingsIn, withFindings } from "./findings.js";

const text = z.string();
const reads = specialist({
  name: "reads",
  does: "Reads a letter",
  input: z.object({ letter: text }),
  output: z.object({ words: text, stamp: text.optional(), picture: media.image() }),
  run: () => ({}) as never,
});
const translates = specialist({
  name: "translates",
  does: "Translates a text",
  input: z.object({ text, language: text.describe("into which") }),
  output: z.object({ translation: text }),
  run: () => ({}) as never,
});
const brief = briefOf({
  request: "in both",
  members: [reads, translates],
  input: z.object({ letter: text, photo: media.image(), request: text }),
  output: z.object({ answer: text }),
  spare: ["request"],
  compose: { outputs: ["answer"], by: "writer" },
});
const translated = (id: string, language: string) => ({ id, member: "translates", args: { text: { ref: "t1.words" }, language } });
const plan = withFindings(
  {
    tasks: [
      { id: "t1", member: "reads", args: { letter: { ref: "input.letter" } } },
      translated("t2", "Danish"),
      translated("t3", "Dutch"),
    ],
    output: { answer: { ref: "t1.words" } },
  },
  brief,
);
const long = "word ".repeat(1000);
const came = (words: string) => ({
  ":tasks": plan.output[":tasks"],
  ":t1.words": words,
  ":t2.translation": "ord",
  ":t3.translation": "woord",
});
const asked = (words: string) =>
  composePrompt("Translates", [], brief, { letter: words, photo: {}, request: "in both" }, findingsIn(came(words), brief)).prompt;

test("tasks of one member are told apart by what they were given; media are not shown, nor what is not there", () => {
  const prompt = asked("A word");
  expect(prompt).toContain(
    "t1, reads (Reads a letter), given letter = input.letter:\n- words:\n<text>\nA word\n</text>\n- stamp: not shown\n- picture: not shown",
  );
  expect(prompt).toContain(
    't3, translates (Translates a text), given text = t1.words, language = "Dutch":\n- translation:\n<text>\nwoord\n</text>',
  );
  expect(prompt).toContain("- photo: not shown\n- request, what is asked:");
});

test("a long text that a task worked on is not told again, and what nobody took is told whole", () => {
  const prompt = asked(long);
  expect(prompt).toContain("- letter: not shown");
  expect(prompt).toContain("- words: not shown");
  const { tasks } = plan;
  const whole = withFindings({ tasks: tasks.slice(0, 1), output: {} }, brief);
  const found = findingsIn({ ...whole.output, ":t1.words": long }, brief);
  expect(composePrompt("Reads", [], brief, {}, found).prompt).toContain(`- words:\n<text>\n${long}`);
});

test("such a plan gives its outputs, its tasks, and each field that is told", () => {
  expect(Object.keys(plan.output)).toEqual([":tasks", ":t1.words", ":t1.stamp", ":t2.translation", ":t3.translation", "answer"]);
});
