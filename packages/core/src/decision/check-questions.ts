import type { Question } from "@langchain/core/decisions";
import { TroupeError } from "../error/error.js";

/** Labels of a choice, of which servers take 255 at most, and levels of a score. */
const labels = { least: 2, most: Number.POSITIVE_INFINITY };
const levels = { least: 2, most: 10 };

/**
 * Holds questions to what every decision model takes.
 * @throws TroupeError `QUESTION_INVALID`, which names the question.
 * @example
 * checkQuestions({ urgent: { type: "noul", instructions: "Is it urgent?" } });
 */
export function checkQuestions(questions: unknown): asserts questions is Readonly<Record<string, Question>> {
  const entries = typeof questions === "object" && questions !== null && !Array.isArray(questions) ? Object.entries(questions) : [];
  if (entries.length === 0)
    throw new TroupeError("QUESTION_INVALID", "No question was asked", {
      hint: 'Give questions by id: { urgent: { type: "noul", instructions: "Is this urgent?" } }.',
    });
  for (const [id, question] of entries) {
    const wrong = wrongWith(question);
    if (wrong) throw new TroupeError("QUESTION_INVALID", `The question ${id} ${wrong.what}`, { field: id, hint: wrong.hint });
  }
}

interface Wrong {
  readonly what: string;
  readonly hint: string;
}

function wrongWith(question: unknown): Wrong | undefined {
  const { type, instructions, criteria } = Object(question) as Record<string, unknown>;
  if (typeof instructions !== "string" && !isHolder(instructions))
    return { what: "says nothing in its instructions", hint: "Write what is asked as text, or as JSON." };
  switch (type) {
    case "noul":
    case "box":
      return undefined;
    case "choice":
      if (!isHolder(criteria) || Array.isArray(criteria))
        return { what: "is a choice without labels", hint: "Give criteria: { label: what it means, or null }." };
      return outside("labels", Object.keys(criteria).length, labels);
    case "score":
      if (!Array.isArray(criteria))
        return { what: "is a score without levels", hint: "Give criteria: a list of levels, the lowest first." };
      return outside("levels", criteria.length, levels);
    default:
      return { what: "has a type that there is not", hint: "There are choice, score, noul (yes or no) and box." };
  }
}

const outside = (what: string, count: number, { least, most }: { readonly least: number; readonly most: number }): Wrong | undefined =>
  count >= least && count <= most
    ? undefined
    : {
        what: `has ${count} ${what}, and a decision is among ${least}${most === Number.POSITIVE_INFINITY ? " or more" : ` to ${most}`}`,
        hint: "Ask of more, or of fewer.",
      };

const isHolder = (value: unknown): value is object => typeof value === "object" && value !== null;
