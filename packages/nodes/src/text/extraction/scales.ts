/** Words that multiply the number before them. */
const scales: readonly (readonly [number, string])[] = [
  [1e3, "thousand|tausend|tsd\\.?|mille|mila|mil|千|천"],
  [1e4, "万|萬|만"],
  [1e5, "lakhs?|lacs?"],
  [1e6, "millions?|million(?:en)?|mio\\.?|mill?ones?|millón|milion[ei]|mln\\.?"],
  [1e7, "crores?"],
  [1e8, "億|亿|억"],
  [1e9, "billions?|milliarden?|mrd\\.?|milliards?|miliard[io]|bn"],
  [1e12, "trillions?|billionen"],
];
const word = new RegExp(`^[ \\u00a0]?(?:${scales.map(([, words], i) => `(?<s${i}>${words})`).join("|")})(?![\\p{Ll}\\p{Lu}\\p{N}])`, "iu");
const letter = /^(?:(?<k>[kK])|(?<m>[mM])|(?<b>[bB]))(?![\p{L}\p{N}])/u;

/** What multiplies a number, by what stands after it: `million`, `Mrd.`, `万`; for money also `k`, `m` and `b`. */
export function scaleOf(after: string, money: boolean): { readonly by: number; readonly length: number } | undefined {
  const said = word.exec(after);
  const scale = said && scales.find((_, i) => said.groups?.[`s${i}`]);
  if (scale) return { by: scale[0], length: said[0].length };
  const one = money ? letter.exec(after) : null;
  return one ? { by: one.groups?.k ? 1e3 : one.groups?.m ? 1e6 : 1e9, length: 1 } : undefined;
}
