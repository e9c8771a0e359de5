import type { Decoding } from "./decoding/decoding.js";

export const plain: Decoding = { beams: 1, maxLength: 20, minLength: 0, lengthPenalty: 1, repetitionPenalty: 1 };

/** How captions are decoded in the tests of parity; the reference's are in `reference.py`. */
export const ways: Readonly<Record<string, Decoding>> = {
  greedy: plain,
  short: { ...plain, maxLength: 6 },
  penalised: { ...plain, repetitionPenalty: 1.4 },
  "not short": { ...plain, minLength: 9 },
  beams: { ...plain, beams: 3 },
  "five beams": { ...plain, beams: 5 },
  "long beams": { ...plain, beams: 3, lengthPenalty: 2, maxLength: 14 },
  "short beams": { ...plain, beams: 4, lengthPenalty: -1, minLength: 4 },
  "penalised beams": { ...plain, beams: 3, repetitionPenalty: 1.3 },
};
