import { adjusted } from "./adjusted.js";
import type { Decoder, Decoding, Marks } from "./decoding.js";

interface Candidate {
  /** Which of the image's beams it goes on from. */
  readonly beam: number;
  readonly before: readonly number[];
  readonly id: number;
  readonly score: number;
}

interface Beam {
  readonly ids: readonly number[];
  readonly score: number;
}

/** An image's beams that go on, and its captions that came to an end, the best `beams` of them. */
interface Search {
  beams: readonly Beam[];
  readonly finished: Beam[];
  done: boolean;
}

/** Beams that all begin alike would all go on alike: at first only one counts. */
const unlikely = -1e9;

/**
 * Beam search for each image, as transformers 4 does it (`BeamSearchScorer` with `early_stopping=False`); gives the ids of its best
 * caption, those it began with included, and the end where it came to one before the bound.
 */
export async function beamSearch(
  decoder: Decoder,
  begin: readonly number[],
  images: number,
  decoding: Decoding,
  marks: Marks,
): Promise<number[][]> {
  const { beams: count, maxLength, lengthPenalty } = decoding;
  const weighed = (score: number, length: number) => score / (length - begin.length) ** lengthPenalty;
  const searches: Search[] = Array.from({ length: images }, () => ({
    beams: Array.from({ length: count }, (_, i) => ({ ids: begin, score: i ? unlikely : 0 })),
    finished: [],
    done: false,
  }));
  let ids: (readonly number[])[] = searches.flatMap(({ beams }) => beams.map(() => begin));
  let order = ids.map((_, row) => row);
  for (let length = begin.length; length < maxLength && !searches.every(({ done }) => done); length++) {
    const logits = await decoder.next(ids, order);
    ids = [];
    order = [];
    for (const [i, search] of searches.entries()) {
      const first = i * count;
      if (search.done) {
        for (let beam = 0; beam < count; beam++) {
          ids.push([marks.pad]);
          order.push(first);
        }
        continue;
      }
      const rows = search.beams.map(({ ids, score }, beam) => {
        return { ids, score, next: adjusted(logSoftmax(logits[first + beam]!), ids, decoding, marks) };
      });
      const candidates = best(rows, 2 * count);
      const going: (Beam & { from: number })[] = [];
      for (const [rank, { beam, before, id, score }] of candidates.entries()) {
        if (id !== marks.end) going.push({ ids: [...before, id], score, from: beam });
        // One that is not among the best ends no caption.
        else if (rank < count) keep(search.finished, { ids: [...before, id], score: weighed(score, length + 1) }, count);
        if (going.length === count) break;
      }
      search.done =
        search.finished.length === count &&
        worst(search.finished) >= weighed(Math.max(...candidates.map(({ score }) => score)), length + 1);
      search.beams = going;
      for (const { ids: row, from } of going) {
        ids.push(row.slice(-1));
        order.push(first + from);
      }
    }
  }
  return searches.map(({ beams, finished, done }) => {
    if (!done) for (const beam of beams) keep(finished, { ids: beam.ids, score: weighed(beam.score, beam.ids.length) }, count);
    // Of equals the last, as the reference takes it.
    const chosen = finished.reduce((one, other) => (other.score >= one.score ? other : one));
    return chosen.ids.slice(0, maxLength);
  });
}

const worst = (finished: readonly Beam[]): number => Math.min(...finished.map(({ score }) => score));

/** Adds a caption where it is among the best. */
function keep(finished: Beam[], one: Beam, count: number): void {
  if (finished.length < count) finished.push(one);
  else if (one.score > worst(finished)) {
    finished.splice(
      finished.findIndex(({ score }) => score === worst(finished)),
      1,
    );
    finished.push(one);
  }
}

/** The likeliest ways on over all beams, the best first. */
function best(rows: readonly (Beam & { readonly next: Float32Array })[], count: number): Candidate[] {
  const found: Candidate[] = [];
  for (const [beam, { ids: before, score: sum, next }] of rows.entries()) {
    for (let id = 0; id < next.length; id++) {
      const score = next[id]! + sum;
      if (found.length === count && score <= found[count - 1]!.score) continue;
      if (found.length === count) found.pop();
      found.splice(found.findLastIndex((one) => one.score >= score) + 1, 0, { beam, before, id, score });
    }
  }
  return found;
}

function logSoftmax(logits: Float32Array): Float32Array {
  let most = Number.NEGATIVE_INFINITY;
  for (const logit of logits) if (logit > most) most = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - most);
  const all = most + Math.log(sum);
  return logits.map((logit) => logit - all);
}
