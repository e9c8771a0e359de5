import { z } from "zod";
import { specialist } from "./specialist.js";

const text = z.object({ text: z.string() });

export const count = specialist({
  name: "count",
  does: "Counts the words of a text",
  input: text,
  output: z.object({ words: z.number() }),
  run: ({ text }) => ({ words: text.split(/\s+/).length }),
});

export const shout = specialist({
  name: "shout",
  does: "Writes a text in capitals",
  input: text,
  output: z.object({ loud: z.string() }),
  run: ({ text }) => ({ loud: text.toUpperCase() }),
});
