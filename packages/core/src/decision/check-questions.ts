import type { Question } from "@langchain/core/decisions";
import { TroupeError } from "../error/error.js";
import { didYouMean } from "../error/nearest.js";

/** Labels of a choice, of which servers take 255 at most, and levels of a score. */
const labels = { least: 2, most: Number.POSITIVE_INFINITY };
const levels = { least: 2, most: 10 };

/** What questions say, by type. LangChain's models refuse all else, once they are loaded. */
const keysOf: Readonly<Record<string, readonly string[]>> = {
  noul: ["type", "instructions", "criteria"],
  choice: ["type", "instructions", "criteria"],
  score: ["type", "instructions", "criteria"],
  box: ["type", "instructions"],
};
const outcomes = ["true", "false"];

/**
 * Holds questions to what every decision model takes. A choice may also say what `own` names, which whoever asks makes use of.
 * @throws TroupeError `QUESTION_INVALID`, which names the question.
 * @example
 * checkQuestions({ urgent: { type: "noul", instructions: "Is it urgent?" } });
 */
export function checkQuestions(questions: unknown, own: readonly string[] = []): asserts questions is Readonly<Record<string, Question>> {
  const entries = typeof questions === "object" && questions !== null && !Array.isArray(questions) ? Object.entries(questions) : [];
  if (entries.length === 0)
    throw new TroupeError("QUESTION_INVALID", "No question was asked", {
      hint: 'Give questions by id: { urgent: { type: "noul", instructions: "Is this urgent?" } }.',
    });
  for (const [id, question] of entries) {
    const wrong = id === "__proto__" ? ownName : wrongWith(question, own);
    if (wrong) throw new TroupeError("QUESTION_INVALID", `The question ${id} ${wrong.what}`, { field: id, hint: wrong.hint });
  }
}

interface Wrong {
  readonly what: string;
  readonly hint: string;
}

/** Where answers are put together by id, this one is lost. */
const ownName: Wrong = { what: "has a name of JavaScript's own", hint: "Give it another name." };

function wrongWith(question: unknown, own: readonly string[]): Wrong | undefined {
  const { type, instructions, criteria } = Object(question) as Record<string, unknown>;
  const keys = Object.hasOwn(keysOf, String(type)) ? keysOf[String(type)]! : undefined;
  if (!keys) return { what: "has a type that there is not", hint: "There are choice, score, noul (yes or no) and box." };
  const strange = alien(question, type === "choice" ? [...keys, ...own] : keys);
  if (strange) return strange;
  if (typeof instructions === "string" ? instructions.trim() === "" : !isHolder(instructions))
    return { what: "says nothing in its instructions", hint: "Write what is asked as text, or as JSON." };
  switch (type) {
    case "noul":
      if (criteria === undefined || criteria === null) return undefined;
      return isHolder(criteria) && !Array.isArray(criteria) ? alien(criteria, outcomes, "criteria.") : unlikeOutcomes;
    case "choice":
      if (!isHolder(criteria) || Array.isArray(criteria))
        return { what: "is a choice without labels", hint: "Give criteria: { label: what it means, or null }." };
      return outside("labels", Object.keys(criteria).length, labels) ?? alike("label", Object.keys(criteria));
    case "score":
      if (!Array.isArray(criteria))
        return { what: "is a score without levels", hint: "Give criteria: a list of levels, the lowest first." };
      return outside("levels", criteria.length, levels) ?? alike("level", criteria);
    default:
      return undefined;
  }
}

const unlikeOutcomes: Wrong = {
  what: "asks for yes or no, and its criteria name neither",
  hint: "Give criteria: { true: what yes means, false: what no means }, or none.",
};

function alien(part: unknown, keys: readonly string[], within = ""): Wrong | undefined {
  const strange = Object.keys(part as object).find((key) => !keys.includes(key));
  if (strange === undefined) return undefined;
  return { what: `has a key that there is not, ${within}${strange}`, hint: didYouMean(strange, keys, `There are ${keys.join(", ")}.`) };
}

const outside = (what: string, count: number, { least, most }: { readonly least: number; readonly most: number }): Wrong | undefined =>
  count >= least && count <= most
    ? undefined
    : {
        what: `has ${count} ${what}, and a decision is among ${least}${most === Number.POSITIVE_INFINITY ? " or more" : ` to ${most}`}`,
        hint: "Ask of more, or of fewer.",
      };

/** What is blank or said twice can be told from no other. */
function alike(what: string, names: readonly unknown[]): Wrong | undefined {
  const said = names.map((one) => (typeof one === "string" ? one.trim() : one));
  const hint = `Give each ${what} a name of its own.`;
  if (said.includes("")) return { what: `has a blank ${what}`, hint };
  const twice = said.find((one, i) => typeof one === "string" && said.indexOf(one) < i);
  return twice === undefined ? undefined : { what: `has the ${what} ${twice} twice`, hint };
}

const isHolder = (value: unknown): value is object => typeof value === "object" && value !== null;
