import { TroupeError } from "../error/error.js";

/**
 * Vectors of so many texts as an embedding model gave them: one a text, all of one length, of finite numbers. What is compared with others
 * comes to some likeness, whatever it is.
 * @throws TroupeError `ANSWER_INVALID`, which names the model.
 * @example
 * heldVectors(await loaded.embedDocuments(texts), texts.length, model.id);
 */
export function heldVectors(given: unknown, texts: number, model: string): number[][] {
  const wrong = wrongWith(given, texts);
  if (wrong === undefined) return given as number[][];
  throw new TroupeError("ANSWER_INVALID", `${model} gave ${wrong}`, { hint: "Take another embedding model, or see what its server does." });
}

function wrongWith(given: unknown, texts: number): string | undefined {
  if (!Array.isArray(given)) return "no vectors";
  if (given.length !== texts) return `${given.length} vectors for ${texts} texts`;
  for (const [i, vector] of given.entries()) {
    if (!Array.isArray(vector) && !ArrayBuffer.isView(vector)) return `no vector for text ${i + 1}`;
    const numbers = vector as readonly unknown[];
    if (numbers.length === 0) return `an empty vector for text ${i + 1}`;
    if (numbers.length !== given[0].length) return `vectors of ${given[0].length} and of ${numbers.length} numbers`;
    if (!numbers.every(Number.isFinite)) return `a vector for text ${i + 1} with what is no number in it`;
  }
  return undefined;
}
