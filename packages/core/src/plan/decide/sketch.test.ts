import { expect, test } from "vitest";
import { sketchOf } from "./sketch.js";

test("a plan is one line: tasks after those they wait for, a member's second task by its number, and what comes out", () => {
  const plan = {
    tasks: [
      { id: "b", member: "translate", args: { text: { ref: "a.summary" }, to: "fr" } },
      { id: "a", member: "summarize", args: { text: { ref: "input.article" } } },
      { id: "c", member: "translate", args: { text: { ref: "input.article" }, to: "de" } },
      { id: "d", member: "join", args: { parts: [{ ref: "b.text" }, { ref: "c.text" }] } },
    ],
    output: { both: { ref: "d.text" } },
  };
  expect(sketchOf(plan)).toBe(
    'summarize(text: article); translate(text: summarize.summary, to: "fr"); translate#2(text: article, to: "de"); ' +
      "join(parts: [translate.text, translate#2.text]) -> both: join.text",
  );
});
