import { shown } from "../decisions/answers.js";
import type { Closed } from "../decisions/closed.js";
import { worded } from "../decisions/worded.js";
import type { ChatEngine } from "./engine.js";
import { decideByLetters } from "./letters.js";

/** A state that says nothing. */
const neutral = "Text: …";
/**
 * What makes them as sure as they are right, fitted to the questions of `bench/decisions/forms.jsonl` that were looked at: a power, and the
 * share that all options have alike, since where these weights are wrong they are as sure as where they are right.
 */
const scales = { score: { power: 0.8, alike: 0.3 }, noul: { power: 0.7, alike: 0.5 } } as const;
/** Questions whose answer without a state is kept. */
const most = 200;

export type Rated = Exclude<Closed, { type: "choice" }>;

/**
 * Levels, and yes or no, by letters: how likely each is after the state against how likely it is after one that says nothing (Zhao et al.
 * 2021, "Calibrate Before Use"), in both orders; as they stand, the tuned weights say the same of nearly every text. Tokens of a state
 * that is `counted` already are not counted again.
 */
export function byLettersLessPrior(engine: ChatEngine) {
  const priors = new Map<string, readonly number[]>();
  return async (state: string, questions: readonly Rated[], signal: AbortSignal | undefined, counted: boolean) => {
    const asked = questions.map((question) => {
      const one = { instructions: worded(question.instructions), options: shown(question) };
      return { ...one, key: JSON.stringify(one), scale: scales[question.type] };
    });
    let tokens = 0;
    const ask = async (about: string, some: typeof asked) => {
      const bothWays = some.flatMap(({ instructions, options }) =>
        [options, [...options].reverse()].map((listed) => ({ instructions, options: listed, asListed: true })),
      );
      const { probabilities, input, shared } = await decideByLetters(engine, about, bothWays, { signal });
      tokens += about === state && counted ? input - shared : input;
      return some.map((one, i) => ({ ...one, logs: meanLog(probabilities[2 * i]!, [...probabilities[2 * i + 1]!].reverse()) }));
    };
    const after = await ask(state, asked);
    const open = new Map(asked.flatMap((one) => (priors.has(one.key) ? [] : [[one.key, one] as const])));
    for (const { key, logs } of await ask(neutral, [...open.values()])) priors.set(key, logs);
    const probabilities = after.map(({ key, scale: { power, alike }, logs }) => {
      const before = priors.get(key)!;
      const gains = logs.map((log, option) => power * (log - before[option]!));
      const best = Math.max(...gains);
      const weights = gains.map((gain) => Math.exp(gain - best));
      const sum = weights.reduce((total, weight) => total + weight, 0);
      return weights.map((weight) => ((1 - alike) * weight) / sum + alike / weights.length);
    });
    for (const key of [...priors.keys()].slice(0, Math.max(0, priors.size - most))) priors.delete(key);
    return { probabilities, input: tokens };
  };
}

/** Of what is next to impossible nothing finer is told. */
const least = 1e-6;
const meanLog = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((share, i) => (Math.log(Math.max(share, least)) + Math.log(Math.max(b[i]!, least))) / 2);
