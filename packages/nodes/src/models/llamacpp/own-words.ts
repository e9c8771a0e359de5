import { fence } from "@troupe/core";
import { optionsOf, shown } from "../decisions/answers.js";
import type { Closed } from "../decisions/closed.js";
import type { ChatEngine } from "./engine.js";
import { score } from "./score.js";

/** Options of more words are told apart by letters. */
const most = 4;

/** Options as they can stand as an answer. */
const names = (question: Closed): readonly string[] =>
  question.type === "score" ? shown(question) : optionsOf(question).map(({ option }) => option);

/** Whether the options are short words of their own, so that each can stand as the answer. */
export const areWords = (question: Closed): boolean => names(question).every((name) => name.split(/[\s_-]+/).length <= most);

/**
 * How likely each option is as the answer after the state, in its own words, against how likely it is after the same words without one
 * (Zhao et al. 2021, "Calibrate Before Use"), which is kept for each question; and the tokens that were asked. For weights that were not trained to answer by letters.
 */
export function byOwnWords(engine: ChatEngine) {
  const priors = new WeakMap<object, { readonly asked: string; readonly sums: readonly number[] }>();
  return async (
    state: string,
    instructions: string,
    question: Closed,
    signal: AbortSignal | undefined,
  ): Promise<{ probabilities: number[]; input: number }> => {
    const listed = shown(question).map((option) => `- ${option}`);
    const asked = (about: string) => `Labels:\n${listed.join("\n")}\n\nText:\n${fence(about)}\n\n${instructions}\nLabel:`;
    const candidates = names(question).map((name) => ` ${name}\n`);
    const after = await score(engine, asked(state), candidates, signal);
    let input = engine.model.tokenize(asked(state)).length;
    const without = asked("…");
    const known = priors.get(question);
    const before = known?.asked === without ? known.sums : await score(engine, without, candidates, signal);
    if (before !== known?.sums) input += engine.model.tokenize(without).length;
    priors.set(question, { asked: without, sums: before });
    const gains = after.map((sum, i) => sum - before[i]!);
    const best = Math.max(...gains);
    const weights = gains.map((gain) => Math.exp(gain - best));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { probabilities: weights.map((weight) => weight / sum), input };
  };
}
