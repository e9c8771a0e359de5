/** Cosine similarity of two vectors, from -1 to 1; 0 where one of them is all zeros. */
export function cosine(a: readonly number[], b: readonly number[]): number {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    const [one, other] = [a[i]!, b[i]!];
    dot += one * other;
    aa += one * one;
    bb += other * other;
  }
  return aa && bb ? dot / Math.sqrt(aa * bb) : 0;
}
