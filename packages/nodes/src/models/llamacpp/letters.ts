import type { DecisionExample } from "@troupe/core";
import type { ChatHistoryItem, LlamaContextSequence, Token } from "node-llama-cpp";
import { among, letters } from "./among.js";
import { noLogits, orAbort, prefill, tooLong } from "./answer.js";
import type { ChatEngine } from "./engine.js";

/** A question whose answer is one of its options, of which there are two or more. */
export interface LetteredQuestion {
  readonly instructions: string;
  readonly options: readonly string[];
  /** Asks in this order only, however close the likeliest two are. */
  readonly asListed?: boolean;
}

export interface LetteredAnswers {
  /** Of each question's options, in their order; they sum to 1. */
  readonly probabilities: readonly (readonly number[])[];
  /** Tokens of the state, once, and of the questions; and how many of the state's had been evaluated before. */
  readonly input: number;
  readonly shared: number;
}

/** Tokens that are evaluated together with the last one, whose answer is looked at: most questions are shorter. */
const tail = 256;

/**
 * Answers closed questions about one state by the letters that their options are listed under: by how likely each letter is to be the
 * next token. Nothing is written. The state is evaluated once for all of them, and is kept for the next call, and so are examples, which
 * stand before it.
 *
 * Throws PROMPT_TOO_LONG and the signal's reason.
 */
export async function decideByLetters(
  engine: ChatEngine,
  state: string,
  questions: readonly LetteredQuestion[],
  { signal, examples = [] }: { signal?: AbortSignal | undefined; examples?: readonly DecisionExample[] | undefined } = {},
): Promise<LetteredAnswers> {
  const first = questions[0];
  if (!first) return { probabilities: [], input: 0, shared: 0 };
  const lettered = examples.filter(({ options }) => options.length <= letters.length);
  // They are left out where a state leaves no room for them.
  const prompted = (question: LetteredQuestion) => {
    const prompt = promptOf(engine, state, question, lettered);
    return prompt.length < engine.context || lettered.length === 0 ? prompt : promptOf(engine, state, question, []);
  };
  const work = async (sequence: LlamaContextSequence): Promise<LetteredAnswers> => {
    const probabilities: (readonly number[])[] = [];
    let [input, shared] = [0, 0];
    const ask = async (instructions: string, options: readonly string[]) => {
      const prompt = prompted({ instructions, options });
      if (prompt.length >= engine.context) throw tooLong(prompt.length, engine.context);
      const there = await prefill(sequence, prompt, signal, tail);
      // What the questions before this one left there is not counted again.
      if (input === 0) shared = there;
      input += input === 0 ? prompt.length : prompt.length - there;
      return await nextLetters(engine, sequence, prompt, options.length);
    };
    for (const { instructions, options, asListed } of questions)
      probabilities.push(asListed ? await ask(instructions, options) : await among(options, (listed) => ask(instructions, listed)));
    return { probabilities, input, shared };
  };
  return await orAbort(engine.pool.lend(prompted(first), signal, work), signal);
}

/**
 * The state is the system's, so that a mark that only templates have ends it, and what is before the question is the same tokens for all.
 * Behind examples, each with a state of its own, it stands before its question.
 */
function promptOf(engine: ChatEngine, state: string, question: LetteredQuestion, examples: readonly DecisionExample[]): Token[] {
  const asked = (one: LetteredQuestion) => `${one.instructions}\n${one.options.map((option, i) => `${letters[i]}. ${option}`).join("\n")}`;
  const alone = examples.length === 0;
  const { contextText } = engine.wrapper.generateContextState({
    chatHistory: [
      { type: "system", text: alone ? `${task}\n\n${state}` : task },
      ...examples.flatMap((one): ChatHistoryItem[] => [
        { type: "user", text: `${one.state}\n\n${asked(one)}` },
        { type: "model", response: [letters[one.options.indexOf(one.right)]!] },
      ]),
      { type: "user", text: alone ? asked(question) : `${state}\n\n${asked(question)}` },
      { type: "model", response: [] },
    ],
  });
  return contextText.tokenize(engine.model.tokenizer);
}

const task = "Answer with the letter of the right option.";

/** Evaluates what is left of a prompt; gives the probabilities of the first letters, among themselves. */
async function nextLetters(engine: ChatEngine, sequence: LlamaContextSequence, prompt: readonly Token[], count: number): Promise<number[]> {
  // Some templates leave the space before an answer to the answer.
  const forms = letters.slice(0, count).map((letter) =>
    [letter, ` ${letter}`]
      .map((form) => engine.model.tokenize(form, false))
      .filter((one) => one.length === 1)
      .flat(),
  );
  const rest = prompt.slice(sequence.nextTokenIndex);
  const ask = { generateNext: { logits: { filter: { tokens: forms.flat() } } } };
  const steps = await sequence.controlledEvaluate(rest.map((token, i) => (i < rest.length - 1 ? token : [token, ask])));
  const logits = steps.at(-1)?.next.logits;
  if (!logits?.size) throw noLogits();
  const most = Math.max(...logits.values());
  const weights = forms.map((tokens) =>
    tokens.reduce((sum, token) => sum + Math.exp((logits.get(token) ?? Number.NEGATIVE_INFINITY) - most), 0),
  );
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
