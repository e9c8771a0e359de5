/**
 * What each kind of evidence counts for a member at a part. Set in November 2026 on Seal-Tools' dev split, the flawless ones of
 * TaskBench's recorded plans, and half of NESTFUL.
 */
export const weights = {
  whole: 3.2,
  bare: 2.4,
  named: 2.5,
  name: 2.6,
  does: 3.9,
  covered: 4.3,
  request: 3,
  filled: 1,
  used: 1,
  /** What must speak for a member, so that it is asked for; and so much more at a part behind a comma or an `and`. */
  none: 6,
  /** The same where vectors say little: without an embedding model, or in another language than English, which MiniLM knows. */
  noneByWords: 4,
  tail: 0.4,
  /** Members whose names share rare words, and members that give an id another needs. */
  family: 2,
  feeds: 1,
};
