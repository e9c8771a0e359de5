import type { Question } from "@langchain/core/decisions";
import { TroupeError } from "@troupe/core";

/** A question with options: all but a place in a picture. */
export type Closed = Exclude<Question, { type: "box" }>;

/** Questions as those who answer among options take them. Throws QUESTION_UNSUPPORTED for a box. */
export const closedOf = (questions: Readonly<Record<string, Question>>, id: string): readonly (readonly [string, Closed])[] =>
  Object.entries(questions).map(([name, question]) => {
    if (question.type === "box")
      throw unsupported(id, name, "it sees no pictures", "Take a decision model that does, of a server with /v1/systemone.");
    return [name, question] as const;
  });

/** Whether its options mean something without what is asked. */
export const isDescribed = (question: Closed): boolean =>
  question.type !== "noul" || [question.criteria?.true, question.criteria?.false].every((means) => !isBlank(means));

/** Whether nothing is said, as by what a file leaves empty. */
export const isBlank = (means: unknown): boolean =>
  means === undefined || means === null || (typeof means === "string" && means.trim() === "");

export const unsupported = (id: string, name: string, why: string, hint: string): TroupeError =>
  new TroupeError("QUESTION_UNSUPPORTED", `${id} cannot answer the question ${name}: ${why}`, { field: name, hint });

/** Labels that servers take. */
const most = 255;

/** Holds questions to what servers take. Throws QUESTION_UNSUPPORTED. */
export function fewEnough(questions: Readonly<Record<string, Question>>, id: string): void {
  for (const [name, question] of Object.entries(questions)) {
    const count = question.type === "choice" ? Object.keys(question.criteria).length : 0;
    if (count > most)
      throw unsupported(id, name, `it has ${count} labels, and servers take ${most}`, "Ask in two steps, or take embeddings.");
  }
}
