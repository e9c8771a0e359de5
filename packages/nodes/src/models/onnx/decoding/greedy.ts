import { adjusted } from "./adjusted.js";
import type { Decoder, Decoding, Marks } from "./decoding.js";

/** The likeliest id each time, for each image; gives its ids, those it began with included, and the end where it came to one. */
export async function greedy(
  decoder: Decoder,
  begin: readonly number[],
  images: number,
  decoding: Decoding,
  marks: Marks,
): Promise<number[][]> {
  const rows = Array.from({ length: images }, () => [...begin]);
  const inTurn = rows.map((_, i) => i);
  const ended = (row: readonly number[]) => row.length > begin.length && row.at(-1) === marks.end;
  let ids: readonly (readonly number[])[] = rows.map(() => begin);
  for (let length = begin.length; length < decoding.maxLength && !rows.every(ended); length++) {
    const logits = await decoder.next(ids, inTurn);
    ids = rows.map((row, i) => {
      if (ended(row)) return [marks.pad];
      row.push(likeliest(adjusted(logits[i]!.slice(), row, decoding, marks)));
      return row.slice(-1);
    });
  }
  return rows;
}

function likeliest(scores: Float32Array): number {
  let [best, most] = [0, Number.NEGATIVE_INFINITY];
  for (let id = 0; id < scores.length; id++) {
    const score = scores[id]!;
    if (score > most) [best, most] = [id, score];
  }
  return best;
}
