import type { Answers, ChoiceAnswer, Question, ScoreAnswer } from "@langchain/core/decisions";
import { TroupeError } from "../error/error.js";

/** How far from 1 probabilities may sum up that a server has rounded: so much, and so much more an option. */
const rounded = { all: 0.01, each: 0.0005 };
/** How far a score may lie from the level that its probabilities say is to be expected, in levels. */
const near = 0.5;

/**
 * The answers to these questions, each held to its question; answers to what was not asked are left out.
 * @throws TroupeError `ANSWER_INVALID`, which names the question
 */
export function checkAnswers<Q extends Readonly<Record<string, Question>>>(questions: Q, answers: unknown, model: string): Answers<Q> {
  const given = Object.entries(questions).map(([id, question]) => {
    const answer = Object.hasOwn(Object(answers), id) ? (answers as Record<string, unknown>)[id] : undefined;
    const wrong = wrongWith(question, answer);
    if (wrong !== undefined) {
      throw new TroupeError("ANSWER_INVALID", `${model} gave ${wrong} to the question ${id}`, { field: id, hint });
    }
    return [id, answer] as const;
  });
  return Object.fromEntries(given) as Answers<Q>;
}

const hint = "Take another decision model, or ask this one in another form: see which questions its card says that it decides.";

/** How LangChain begins to say what is wrong with an answer; it looks before we do, and has plain errors only. */
const found = /^(?:Invalid decision model response:|Decision model returned)/;

/** A failure as what it is where LangChain found that a model's answer is none; undefined where it is another. */
export function asNoAnswer(questions: Readonly<Record<string, Question>>, cause: unknown, model: string): TroupeError | undefined {
  const says = cause instanceof Error ? cause.message : "";
  if (!found.test(says)) return undefined;
  const id = Object.keys(questions).find((id) =>
    [`answers.${id}.`, `answers.${id}:`, `question "${id}"`].some((place) => says.includes(place)),
  );
  const field = id === undefined ? {} : { field: id };
  return new TroupeError("ANSWER_INVALID", `${model} gave no answer: ${says.replace(/\.$/, "")}`, { ...field, hint, cause });
}

type Said = Readonly<Record<string, unknown>>;

/** What is wrong with an answer as one to this question, in words; undefined where nothing is. */
export function wrongWith(question: Question, given: unknown): string | undefined {
  const answer = Object(given) as Said;
  if (answer.type !== question.type) return answer.type === undefined ? "no answer" : `an answer of the type ${String(answer.type)}`;
  switch (question.type) {
    case "noul":
      return isShare(answer.noul) ? undefined : `${JSON.stringify(answer.noul)}, which is no probability,`;
    case "choice": {
      if (typeof answer.choice !== "string" || !Object.hasOwn(question.criteria, answer.choice))
        return `the label ${JSON.stringify(answer.choice)}, which is none of its labels,`;
      return (
        confident(answer) ?? distributed(Object.keys(question.criteria), answer.probabilities) ?? chosen(answer as unknown as ChoiceAnswer)
      );
    }
    case "score": {
      const highest = question.criteria.length - 1;
      if (typeof answer.score !== "number" || !(answer.score >= 0 && answer.score <= highest))
        return `the level ${JSON.stringify(answer.score)}, where they go from 0 to ${highest},`;
      return (
        confident(answer) ?? distributed(Object.keys(question.criteria), answer.probabilities) ?? expected(answer as unknown as ScoreAnswer)
      );
    }
    case "box": {
      const { top, bottom, left, right } = Object(answer.box) as Said;
      const fits = [top, bottom, left, right].every(isShare) && Number(top) <= Number(bottom) && Number(left) <= Number(right);
      return fits ? (answer.confidence === undefined ? undefined : confident(answer)) : "a place that is no box within the picture";
    }
  }
}

export const isShare = (value: unknown): value is number => typeof value === "number" && value >= 0 && value <= 1;

const confident = ({ confidence }: Said): string | undefined =>
  isShare(confidence) ? undefined : `the confidence ${JSON.stringify(confidence)}, which is not from 0 to 1,`;

/**
 * A model may choose another label than its likeliest: one that abstains, or weighs what a mistake costs. None does so where it is certain.
 * Its confidence is its own: how it comes by it is left to each provider.
 */
function chosen({ choice, probabilities }: ChoiceAnswer): string | undefined {
  const sure = Object.keys(probabilities).find((label) => label !== choice && probabilities[label]! >= 1 - rounded.all);
  if (sure === undefined) return undefined;
  return `the label ${JSON.stringify(choice)} with a probability of ${probabilities[choice]}, where ${JSON.stringify(sure)} has ${probabilities[sure]},`;
}

/** A score is the level that is to be expected, in LangChain's words; servers round it and its probabilities. */
function expected({ score, probabilities }: ScoreAnswer): string | undefined {
  const mean = Object.entries(probabilities).reduce((sum, [level, share]) => sum + Number(level) * share, 0);
  if (Math.abs(score - mean) <= near + rounded.all * Object.keys(probabilities).length) return undefined;
  return `the level ${score}, where its probabilities say ${Number(mean.toFixed(2))},`;
}

/** What is wrong with probabilities as a distribution over these options, in words; undefined where nothing is. */
export function distributed(options: readonly string[], probabilities: unknown): string | undefined {
  const shares = Object(probabilities) as Said;
  const known = new Set(options);
  const strange = Object.keys(shares).find((option) => !known.has(option));
  if (strange !== undefined) return `a probability for ${JSON.stringify(strange)}, which is none of its options,`;
  const missing = options.find((option) => !Object.hasOwn(shares, option));
  if (missing !== undefined) return `no probability for ${JSON.stringify(missing)}`;
  const all = options.map((option) => shares[option]);
  const sum = all.reduce<number>((total, share) => total + Number(share), 0);
  if (all.every(isShare) && Math.abs(sum - 1) <= rounded.all + rounded.each * options.length) return undefined;
  return "probabilities that are no distribution";
}
