import { answerOf, shown } from "../decisions/answers.js";
import { closedOf } from "../decisions/closed.js";
import type { Answering } from "../decisions/decider.js";
import { stated, told } from "../decisions/told.js";
import { worded } from "../decisions/worded.js";
import type { ChatEngine } from "./engine.js";
import { decideByLetters } from "./letters.js";
import { areWords, byOwnWords } from "./own-words.js";

/** Closed answers of any chat weights: options that are short words are scored as such, others, and those behind examples, by the letters they are listed under. */
export function untuned(engine: ChatEngine, id: string): Answering {
  const ownWords = byOwnWords(engine);
  return async (state, questions, signal, examples) => {
    const answers: [string, unknown][] = [];
    let tokens = 0;
    for (const [name, question] of closedOf(questions, id)) {
      const instructions = worded(question.instructions);
      if (areWords(question) && !examples?.length) {
        const { probabilities, input } = await ownWords(told(state), instructions, question, signal);
        answers.push([name, answerOf(question, probabilities)]);
        tokens += input;
        continue;
      }
      const lettered = await decideByLetters(engine, stated(state), [{ instructions, options: shown(question) }], {
        signal,
        examples,
      });
      answers.push([name, answerOf(question, lettered.probabilities[0]!)]);
      tokens += lettered.input;
    }
    return { model: id, answers: Object.fromEntries(answers), usage_metadata: { input_tokens: tokens, output_tokens: 0 } };
  };
}
