import type { ChoiceAnswer, NoulAnswer, ScoreAnswer } from "@langchain/core/decisions";
import type { Closed } from "./closed.js";

/** The options of a question in order, as a model that is shown them sees them; of yes or no, yes first. A box has none. */
export function optionsOf(question: Closed): { readonly option: string; readonly means: unknown }[] {
  switch (question.type) {
    case "choice":
      return Object.entries(question.criteria).map(([option, means]) => ({ option, means }));
    case "score":
      return question.criteria.map((means, level) => ({ option: String(level), means }));
    case "noul":
      return [
        { option: "yes", means: question.criteria?.true },
        { option: "no", means: question.criteria?.false },
      ];
  }
}

/**
 * The answer that probabilities of the options make, in their order. Confidence is 1 where one option has all the probability, and 0
 * where all are equal; of a score, where they lie at both ends.
 */
export function answerOf(question: Closed, probabilities: readonly number[]): ChoiceAnswer | ScoreAnswer | NoulAnswer {
  if (question.type === "noul") return { type: "noul", noul: held(probabilities[0]!) };
  const options = optionsOf(question).map(({ option }) => option);
  const byOption = Object.fromEntries(options.map((option, i) => [option, held(probabilities[i]!)]));
  if (question.type === "choice") {
    const most = Math.max(...probabilities);
    const confidence = held((options.length * most - 1) / (options.length - 1));
    return { type: "choice", choice: options[probabilities.indexOf(most)]!, probabilities: byOption, confidence };
  }
  const score = probabilities.reduce((sum, share, level) => sum + level * share, 0);
  const spread = Math.sqrt(probabilities.reduce((sum, share, level) => sum + share * (level - score) ** 2, 0));
  const highest = options.length - 1;
  return {
    type: "score",
    score: Math.min(highest, Math.max(0, score)),
    legend: Object.fromEntries(question.criteria.map((means, level) => [level, means])),
    probabilities: byOption,
    confidence: held(1 - spread / (highest / 2)),
  };
}

/** Sums of shares may miss their bounds by the last digit. */
const held = (share: number): number => Math.min(1, Math.max(0, share));

/** What a model is shown of an option: the label and what it means; of a score, the level in words. Examples are not shown. */
export function shown(question: Closed): string[] {
  return optionsOf(question).map(({ option, means }) => {
    const said = typeof means === "string" ? means : (Object(means).description ?? (Object(means).examples ? undefined : means));
    if (said === null || said === undefined || said === "") return option;
    const text = typeof said === "string" ? said : JSON.stringify(said);
    return question.type === "score" ? text : `${option}: ${text}`;
  });
}
