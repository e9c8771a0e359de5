// What makers of examples share: the form of a closed question, and chance that is the same each time.
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** The last option of a question: that none before it is right. */
export const none = "none of these";

/** A closed question about a state, answered by a letter: that of the option at `right`, or of the last where that is below 0. */
export function exampleOf(state, question, options, right) {
  const listed = options.map((option, i) => `${letters[i]}. ${option}`).join("\n");
  const prompt = `<|im_start|>system\nAnswer with the letter of the right option.\n\n${state}<|im_end|>\n<|im_start|>user\n${question}\n${listed}<|im_end|>\n<|im_start|>assistant\n`;
  return { prompt, answer: letters[right < 0 ? options.length - 1 : right] };
}

/** Chance by Mulberry32, the same for a seed. */
export function randomly(seed) {
  let state = seed;
  const chance = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count) => Math.floor(chance() * count);
  const one = (some) => some[below(some.length)];
  const shuffled = (some) =>
    some
      .map((item) => [chance(), item])
      .sort(([a], [b]) => a - b)
      .map(([, item]) => item);
  return { chance, below, one, shuffled };
}
