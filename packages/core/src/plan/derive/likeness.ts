import { conceptsOf } from "./concepts.js";
import { cosine } from "./cosine.js";
import { memoOfTwo } from "./memo-of-two.js";

/** How near two texts are in meaning, from 0 to 1. */
export type Likeness = (a: string, b: string) => number;

export type Embed = (texts: readonly string[]) => Promise<readonly (readonly number[])[]>;

/**
 * Likeness among these texts: words they share, rare ones counting more, and where embeddings are at hand the cosine of their
 * vectors too. Texts are embedded once, in one call.
 */
export async function likenessOf(texts: readonly string[], embed?: Embed): Promise<Likeness> {
  const all = [...new Set(texts)];
  const embedded = embed && all.length > 0 ? await embed(all) : [];
  const vectors = new Map(all.map((text, i) => [text, embedded[i]] as const));
  const words = new Map(all.map((text) => [text, new Set(conceptsOf(text))]));
  const found = new Map<string, number>();
  for (const set of words.values()) for (const word of set) found.set(word, (found.get(word) ?? 0) + 1);
  const weight = (word: string) => Math.log(1 + all.length / (found.get(word) ?? 1));
  const sum = (set: Iterable<string>) => [...set].reduce((total, word) => total + weight(word), 0);
  const of = (text: string) => words.get(text) ?? new Set(conceptsOf(text));
  return memoOfTwo(measure);

  function measure(a: string, b: string): number {
    const [one, other] = [of(a), of(b)];
    const shared = sum([...one].filter((word) => other.has(word)));
    const overlap = shared === 0 ? 0 : shared / Math.sqrt(sum(one) * sum(other));
    const [u, v] = [vectors.get(a), vectors.get(b)];
    return u && v ? 0.4 * overlap + 0.6 * Math.max(0, cosine(u, v)) : overlap;
  }
}
