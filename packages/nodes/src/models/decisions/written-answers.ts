import type { Answer } from "@langchain/core/decisions";
import { z } from "zod";
import { answerOf, optionsOf } from "./answers.js";
import type { Closed } from "./closed.js";
import { worded } from "./worded.js";

/** Tokens that how sure an answer is takes at the most, and what stands around it and its label. */
const each = 60;

/** How the answers are asked for. */
export interface Writing {
  /** What is asked, and how the answer is to look. */
  readonly text: string;
  readonly schema: z.ZodObject;
  readonly maxTokens: number;
}

/** The field in which an answer's confidence is written. */
const sureOf = (name: string): string => `${name}Confidence`;

/** Whether ids can be fields: such as every server takes for a property, and none of them the field of another's confidence. */
const areFields = (ids: readonly string[]): boolean => ids.every((id) => /^[a-z_][\w-]{0,50}$/i.test(id) && !ids.includes(sureOf(id)));

/**
 * Closed questions for a model that can only write: `ask` has it write an option for each, and how sure it is, from 0 to 1, under a schema.
 */
export async function writtenAnswers(
  questions: Readonly<Record<string, Closed>>,
  ask: (writing: Writing) => Promise<Readonly<Record<string, unknown>>>,
): Promise<Record<string, Answer>> {
  const named = areFields(Object.keys(questions));
  const all = Object.entries(questions).map(([id, question], i) => ({
    id,
    field: named ? id : `q${i + 1}`,
    question,
    options: optionsOf(question),
  }));
  const sure = z.number().min(0).max(1);
  const fields = all.flatMap(({ field, options }) => [
    [field, z.enum(options.map(({ option }) => option))] as const,
    [sureOf(field), sure] as const,
  ]);
  const asked = all.map(({ field, question, options }) => {
    const listed = options.map(({ option, means }) =>
      means === null || means === undefined ? `- ${option}` : `- ${option}: ${worded(means)}`,
    );
    return `${field}: ${worded(question.instructions)}\n${listed.join("\n")}`;
  });
  const text = `Answer each question with one of its options, and say how sure you are, from 0 to 1.\n\n${asked.join("\n\n")}\n\nAnswer with a JSON object: ${fields.map(([name]) => name).join(", ")}.`;
  // A token is a character at the least; a field is written twice.
  const maxTokens = all.reduce(
    (sum, { field, options }) => sum + each + 2 * field.length + Math.max(...options.map(({ option }) => option.length)),
    0,
  );
  const said = await ask({ text, schema: z.object(Object.fromEntries(fields)), maxTokens });
  return Object.fromEntries(
    all.map(({ id, field, question, options }) => [
      id,
      answered(
        question,
        options.map(({ option }) => option),
        said[field] as string,
        said[sureOf(field)] as number,
      ),
    ]),
  );
}

function answered(question: Closed, options: readonly string[], chosen: string, confidence: number): Answer {
  // The one that was chosen has what makes its confidence; the others share the rest.
  const best = (confidence * (options.length - 1) + 1) / options.length;
  const answer = answerOf(
    question,
    options.map((option) => (option === chosen ? best : (1 - best) / (options.length - 1))),
  );
  if (answer.type === "noul") return answer;
  // Where it is not sure at all, all options are as likely, and what it said still is what it said.
  return answer.type === "choice" ? { ...answer, choice: chosen, confidence } : { ...answer, confidence };
}
