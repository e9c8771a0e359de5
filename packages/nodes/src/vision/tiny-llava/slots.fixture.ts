/** Width of the language model's embeddings. */
export const width = 32;

/** What its dimensions mean. */
export const slots = {
  /** The same in every token, and so large that norms measure by it alone. */
  anchor: 0,
  anchored: 64,
  /** 1 for a patch of an image. */
  image: 1,
  /** Red, green and blue of a patch. */
  seen: [2, 3, 4],
  /** Which word a token is: red, green, blue, dark. */
  word: [6, 7, 8, 9],
  /** What attention finds: the colours of all images, and the words said so far. */
  shown: [11, 12, 13],
  said: [15, 16, 17, 18],
} as const;
