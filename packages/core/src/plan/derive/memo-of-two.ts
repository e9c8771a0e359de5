import { memo } from "./memo.js";

/** A function of two things that works each answer out once. */
export function memoOfTwo<A, B, V>(of: (a: A, b: B) => V): (a: A, b: B) => V {
  const rows = memo((a: A) => memo((b: B) => of(a, b)));
  return (a, b) => rows(a)(b);
}
