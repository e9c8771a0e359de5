/**
 * How scores of options (log-probabilities, or a softmax's logits) become probabilities: each is divided by `temperature`, and beside
 * them stands "none of these" with a score of its own, always the same.
 */
export interface Scale {
  readonly temperature: number;
  readonly none: number;
}

export interface Shares {
  /** A probability an option, in their order. */
  readonly options: readonly number[];
  /** The probability that none of the options is right. Together with the options' it is 1. */
  readonly none: number;
}

/**
 * Probabilities of options by their scores.
 * @example
 * scaled([2, 0], { temperature: 1, none: 0 }); // { options: [0.79, 0.11], none: 0.11 }
 */
export function scaled(scores: readonly number[], { temperature, none }: Scale): Shares {
  const exponents = scores.map((score) => score / temperature);
  const most = Math.max(none, ...exponents);
  const weights = exponents.map((exponent) => Math.exp(exponent - most));
  const unknown = Math.exp(none - most);
  const sum = weights.reduce((total, weight) => total + weight, unknown);
  return { options: weights.map((weight) => weight / sum), none: unknown / sum };
}
