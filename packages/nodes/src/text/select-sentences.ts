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
  const central = all.map(({ vector, source }) => cosine(vector, centres.get(source)!));
  const says = all.map(({ text }) => facts(text));
  const first = all.map(({ source }, i) => all[i - 1]?.source !== source);
  const chosen: number[] = [];
  const told = new Set<string>();
  while (chosen.length < Math.min(count, all.length)) {
    const silent = new Set(all.map(({ source }) => source));
    for (const c of chosen) silent.delete(all[c]!.source);
    let best = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < all.length; i++) {
      if (chosen.includes(i) || (silent.size && !silent.has(all[i]!.source))) continue;
      const news = [...says[i]!].filter((fact) => !told.has(fact)).length;
      const alike = Math.max(0, ...chosen.map((c) => cosine(all[i]!.vector, all[c]!.vector)));
      const worth = central[i]! + (all[i]!.weight ?? 0) + 0.4 * (1 - 0.6 ** news) + (first[i] ? 0.1 : 0) - 0.35 * alike;
      if (worth > most) [best, most] = [i, worth];
    }
    chosen.push(best);
    for (const fact of says[best]!) told.add(fact);
  }
  return chosen.sort((a, b) => a - b).map((i) => all[i]!);
}

const centreOf = (sentences: readonly Weighed[]): number[] =>
  sentences[0]!.vector.map((_, i) => sentences.reduce((sum, { vector }) => sum + vector[i]!, 0));
