import { conceptsOf } from "../../derive/concepts.js";
import { namedCodesIn } from "./named-codes.js";

/** Whether labels are all codes of languages or currencies. */
export const areCodes = (labels: readonly unknown[]): boolean =>
  labels.length > 1 && labels.every((label) => /^(?:[a-z]{2}|[A-Z]{3})$/.test(String(label)));

/** The labels that a text names, by their words, or, where they are languages or currencies or the codes of these, by what they are called. */
export function labelsIn(text: string, labels: readonly unknown[]): readonly string[] {
  const texts = labels.filter((label): label is string => typeof label === "string");
  const said = new Set(conceptsOf(text));
  const codes = areCodes(texts);
  const named = new Set(namedCodesIn(text).flatMap(({ kind, value }) => (kind === "country" ? [] : [value])));
  return texts.filter((label) => {
    if (codes ? named.has(label) : namedCodesIn(label).some((one) => one.text === label && named.has(one.value))) return true;
    const words = conceptsOf(label);
    return !codes && words.length > 0 && words.every((word) => said.has(word));
  });
}
