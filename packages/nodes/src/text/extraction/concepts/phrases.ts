/** Phrases that are written with commas between them. */
export const phrases = (written: string): readonly string[] =>
  written
    .split(/[,\n]/)
    .map((phrase) => phrase.trim())
    .filter(Boolean);
