import { cosine } from "./cosine.js";
import { facts } from "./facts.js";

/** A sentence with its vector and the number of the text it comes from. */
export interface Weighed {
  readonly text: string;
  readonly vector: readonly number[];
  readonly source: number;
  /** How much it matters beside what it is about: a decision or a request more than a greeting. Near 0. */
  readonly weight?: number;
}

/**
 * Chooses the `count` sentences that say most, in their order: near the centre of what their text says, rich in facts not yet told, and
 * unlike those already chosen (maximal marginal relevance, Carbonell and Goldstein 1998, over centroid similarity, Radev 2004).
 * Every source gives one sentence before any gives a second.
 */
export function selectSentences<S extends Weighed>(all: readonly S[], count: number): S[] {
  const sources = new Set(all.map(({ source }) => source));
  const centres = new Map([...sources].map((source) => [source, centreOf(all.filter((other) => other.source === source))]));
  const looked = all.map((sentence, i) => {
    const { text, vector, source, weight = 0 } = sentence;
    const matters = cosine(vector, centres.get(source) ?? []) + weight;
    return { sentence, vector, source, says: facts(text), matters, opens: all[i - 1]?.source === source ? 0 : 0.1 };
  });
  const chosen = new Set<(typeof looked)[number]>();
  const told = new Set<string>();
  while (chosen.size < count) {
    const silent = new Set(sources);
    for (const { source } of chosen) silent.delete(source);
    let best: (typeof looked)[number] | undefined;
    let most = Number.NEGATIVE_INFINITY;
    for (const one of looked) {
      if (chosen.has(one) || (silent.size && !silent.has(one.source))) continue;
      const news = [...one.says].filter((fact) => !told.has(fact)).length;
      const alike = Math.max(0, ...[...chosen].map((other) => cosine(one.vector, other.vector)));
      const worth = one.matters + 0.4 * (1 - 0.6 ** news) + one.opens - 0.35 * alike;
      // Of vectors beyond all measure none is worth more than another.
      best ??= one;
      if (worth > most) [best, most] = [one, worth];
    }
    if (!best) break;
    chosen.add(best);
    for (const fact of best.says) told.add(fact);
  }
  return looked.filter((one) => chosen.has(one)).map(({ sentence }) => sentence);
}

const centreOf = (sentences: readonly Weighed[]): readonly number[] =>
  sentences.map(({ vector }) => vector).reduce((sum, vector) => sum.map((much, i) => much + (vector[i] ?? 0)));
