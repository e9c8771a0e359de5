import { conceptOf, conceptsOf } from "../../derive/concepts.js";
import type { Span } from "../quoted.js";
import { namedCodesIn } from "./named-codes.js";

/** Whether labels are all codes of languages or currencies. */
export const areCodes = (labels: readonly unknown[]): boolean =>
  labels.length > 1 && labels.every((label) => /^(?:[a-z]{2}|[A-Z]{3})$/.test(String(label)));

/** The labels that a text names, by their words, or, where they are languages or currencies or the codes of these, by what they are called. */
export function labelsIn(text: string, labels: readonly unknown[]): readonly string[] {
  const texts = labels.filter((label): label is string => typeof label === "string");
  if (texts.length === 0) return [];
  const said = new Set(conceptsOf(text));
  const codes = areCodes(texts);
  const named = new Set(namedCodesIn(text).flatMap(({ kind, value }) => (kind === "country" ? [] : [value])));
  return texts.filter((label) => {
    if (codes ? named.has(label) : namedCodesIn(label).some((one) => one.text === label && named.has(one.value))) return true;
    const words = conceptsOf(label);
    return !codes && words.length > 0 && words.every((word) => said.has(word));
  });
}

/** The same, each with where the text names it first. */
export function labelSpansIn(text: string, labels: readonly unknown[]): readonly (Span & { readonly value: string })[] {
  const codes = namedCodesIn(text).filter(({ kind }) => kind !== "country");
  const words = [...text.matchAll(/[\p{L}\p{N}]+/gu)];
  return labelsIn(text, labels).flatMap((value) => {
    const meant = namedCodesIn(value).find((one) => one.text === value)?.value ?? value;
    const code = codes.find((one) => one.value === meant);
    if (code) return [{ value, start: code.start, end: code.end }];
    const found = conceptsOf(value).flatMap((concept) => words.filter(([word]) => conceptOf(word) === concept).slice(0, 1));
    const [start, end] = [Math.min(...found.map(({ index }) => index)), Math.max(...found.map((one) => one.index + one[0].length))];
    return found.length === 0 ? [] : [{ value, start, end }];
  });
}
