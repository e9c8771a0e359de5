import { expect, test } from "vitest";
import { type Writing, writtenAnswers } from "./written-answers.js";

const yes = { type: "noul", instructions: "Is it?" } as const;

test.each([
  [
    ["late", "lateConfidence"],
    ["q1", "q1Confidence", "q2", "q2Confidence"],
  ],
  [["is it late?"], ["q1", "q1Confidence"]],
  [
    ["late", "lost"],
    ["late", "lateConfidence", "lost", "lostConfidence"],
  ],
])("of the questions %j, what is written stands in fields that every server takes, and none in another's", async (ids, fields) => {
  let asked: Writing | undefined;
  const said = Object.fromEntries(fields.map((field) => [field, field.endsWith("Confidence") ? 0.5 : "yes"]));
  const answers = await writtenAnswers(Object.fromEntries(ids.map((id) => [id, yes])), async (writing) => {
    asked = writing;
    return writing.schema.parse(said);
  });
  expect(Object.keys(asked!.schema.shape)).toEqual(fields);
  expect(answers).toEqual(Object.fromEntries(ids.map((id) => [id, { type: "noul", noul: 0.75 }])));
});
