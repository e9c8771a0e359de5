const sentences = [
  "The baker opens the shop at six and sweeps the step.",
  "A bus stops by the bridge and two people get off.",
  "The river is high after the rain of last week.",
  "In the school a window is left open over night.",
  "The market sells apples, cheese and warm bread.",
  "A dog sleeps in front of the post office.",
  "The lamps along the street are lit before dark.",
  "Someone has planted roses next to the station.",
];
/** Tokens of a sentence, about, by the tokenizers of small models. */
const each = 11;

/** A text of about so many tokens that says nothing of note. */
export const filler = (tokens: number): string =>
  Array.from({ length: Math.max(1, Math.round(tokens / each)) }, (_, i) => sentences[i % sentences.length]).join(" ");
