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
    const asked = questions.map((question) => ({ instructions: worded(question.instructions), options: shown(question) }));
    const keys = asked.map((one) => JSON.stringify(one));
    let tokens = 0;
    const ask = async (about: string, some: typeof asked) => {
      const bothWays = some.flatMap(({ instructions, options }) =>
        [options, [...options].reverse()].map((listed) => ({ instructions, options: listed, asListed: true })),
      );
      const { probabilities, input, shared } = await decideByLetters(engine, about, bothWays, { signal });
      tokens += about === state && counted ? input - shared : input;
      return some.map((_, i) => meanLog(probabilities[2 * i]!, [...probabilities[2 * i + 1]!].reverse()));
    };
    const after = await ask(state, asked);
    const open = [...new Map(asked.flatMap((one, i) => (priors.has(keys[i]!) ? [] : [[keys[i]!, one] as const])))];
    const said = await ask(
      neutral,
      open.map(([, one]) => one),
    );
    for (const [i, [key]] of open.entries()) priors.set(key, said[i]!);
    const before = keys.map((key) => priors.get(key)!);
    for (const key of [...priors.keys()].slice(0, Math.max(0, priors.size - most))) priors.delete(key);
    const probabilities = after.map((logs, i) => {
      const { power, alike } = scales[questions[i]!.type];
      const gains = logs.map((log, option) => power * (log - before[i]![option]!));
      const best = Math.max(...gains);
      const weights = gains.map((gain) => Math.exp(gain - best));
      const sum = weights.reduce((total, weight) => total + weight, 0);
      return weights.map((weight) => ((1 - alike) * weight) / sum + alike / weights.length);
    });
    return { probabilities, input: tokens };
  };
}

/** Of what is next to impossible nothing finer is told. */
const least = 1e-6;
const meanLog = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((share, i) => (Math.log(Math.max(share, least)) + Math.log(Math.max(b[i]!, least))) / 2);
