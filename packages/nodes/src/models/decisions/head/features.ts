/** Places that groups of letters are counted in, and how long their vector is beside the embedding's, which has the length 1. */
const letters = { places: 256, share: 0.5 };
/** Letters a group has. */
const group = { least: 3, most: 5 };
/** How much the logarithm of a text's length counts, that of a usual text, and how far from it is looked. */
const length = { share: 0.5, usual: 4.5, most: 2 };
/** Characters of a text that are looked at. */
const looked = 20_000;

/** How many features a text has whose vector is of this size. */
export const featuresFor = (size: number): number => size + letters.places + 1;

/**
 * What a head sees of a text: its vector, and which groups of three to five letters its words have, counted by hash with a sign
 * (Weinberger et al. 2009), and how long it is. Vectors know what is meant, letters which words were used; together they measure better
 * than either. Length tells hard prompts from easy ones.
 */
export function featuresOf(text: string, vector: readonly number[]): Float32Array {
  const features = new Float32Array(featuresFor(vector.length));
  features[features.length - 1] = length.share * Math.min(length.most, Math.log(1 + text.length) - length.usual);
  const long = Math.hypot(...vector) || 1;
  for (const [i, x] of vector.entries()) features[i] = x / long;
  const counted = features.subarray(vector.length, vector.length + letters.places);
  for (const word of text.slice(0, looked).normalize("NFKC").toLowerCase().split(/\s+/)) {
    if (word) count(` ${word} `, counted);
  }
  const counts = Math.hypot(...counted) || 1;
  counted.set(counted.map((x) => x * (letters.share / counts)));
  return features;
}

/** Adds each group of letters of a word at its place, by FNV-1a. */
function count(word: string, counted: Float32Array): void {
  for (let start = 0; start < word.length; start++) {
    let hash = 0x811c9dc5;
    for (let end = start; end < Math.min(word.length, start + group.most); end++) {
      hash = Math.imul(hash ^ word.charCodeAt(end), 0x01000193);
      if (end - start + 1 < group.least) continue;
      // The low bits of FNV are the weak ones.
      const mixed = hash ^ (hash >>> 15);
      counted[(mixed >>> 1) & (counted.length - 1)]! += mixed & 1 ? 1 : -1;
    }
  }
}
