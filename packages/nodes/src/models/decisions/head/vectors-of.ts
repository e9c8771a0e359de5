import { heldVectors } from "@troupe/core";
import { longest, sentences } from "../../../text/sentences.js";

/** Sentences of a long text that say what it is about. */
const most = 40;

/** A vector a text, of the `model` of that name, all embedded at once; of a text too long for the model, the sum of its first sentences'. */
export async function vectorsOf(
  texts: readonly string[],
  embed: (texts: readonly string[]) => Promise<readonly (readonly number[])[]>,
  model: string,
): Promise<number[][]> {
  const parts = texts.map((text) => {
    if (text.length <= longest) return [text];
    const found = sentences(text)
      .slice(0, most)
      .map((sentence) => sentence.text);
    return found.length ? found : [text.slice(0, longest)];
  });
  const all = parts.flat();
  const vectors = heldVectors(await embed(all), all.length, model);
  let at = 0;
  return parts.map((of) => {
    const [first = [], ...more] = vectors.slice(at, (at += of.length));
    return first.map((x, i) => more.reduce((sum, vector) => sum + vector[i]!, x));
  });
}
