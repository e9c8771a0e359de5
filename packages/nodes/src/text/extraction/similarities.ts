import { cosine } from "../cosine.js";
import { sentences } from "../sentences.js";
import type { Evidence } from "./rank.js";
import type { Reading } from "./reading.js";
import type { Sought } from "./sought.js";
import { surroundings } from "./surroundings.js";

/** The likeliest of a field's candidates are compared; the rest have little to hope for. */
const compared = 16;

/** For each field, how near what stands around each of its likeliest candidates is to what the field says it is. */
export async function similarities(
  names: readonly string[],
  reading: Reading,
  sought: Readonly<Record<string, Sought>>,
  embed: (texts: readonly string[]) => Promise<readonly (readonly number[])[]>,
): Promise<Record<string, Evidence>> {
  const said = sentences(reading.text);
  const fields = Object.entries(sought).filter(([name]) => names.includes(name));
  const around = fields.map(([name, { query }]) => ({
    name,
    query,
    candidates: reading
      .best(name)
      .slice(0, compared)
      .map(({ candidate }) => [candidate, surroundings(candidate, reading.survey(name).beside(candidate), said)] as const),
  }));
  const wanted = [...new Set(around.flatMap(({ query, candidates }) => [query, ...candidates.map(([, words]) => words)]))];
  const vectors = await embed(wanted);
  const of = (words: string) => vectors[wanted.indexOf(words)]!;
  return Object.fromEntries(
    around.map(({ name, query, candidates }) => [
      name,
      { similarity: new Map(candidates.map(([candidate, words]) => [candidate, cosine(of(query), of(words))])) },
    ]),
  );
}
