import { conceptOf, conceptsOf } from "../../derive/concepts.js";
import { memo } from "../../derive/memo.js";
import type { Slot } from "../../slot.js";
import type { Span } from "../quoted.js";
import { comesIn } from "./comes-in.js";
import { namedCodesIn } from "./named-codes.js";

/** Whether labels are all codes of languages or currencies. */
export const areCodes = (labels: readonly unknown[]): boolean =>
  labels.length > 1 && labels.every((label) => /^(?:[a-z]{2}|[A-Z]{3})$/.test(String(label)));

/** Words without their accents, as labels often are: `sénior`. */
const unmarked = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "");

/** The labels that a text names, by their words, or, where they are languages or currencies or the codes of these, by what they are called. */
export function labelsIn(text: string, labels: readonly unknown[]): readonly string[] {
  const texts = labels.filter((label): label is string => typeof label === "string");
  if (texts.length === 0) return [];
  const said = new Set([...conceptsOf(text), ...conceptsOf(unmarked(text))]);
  const codes = areCodes(texts);
  const named = new Set(namedCodesIn(text).flatMap(({ kind, value }) => (kind === "country" ? [] : [value])));
  if (codes && !texts.some((label) => named.has(label))) for (const { value } of shortlyNamed(text, texts)) named.add(value);
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
    const code = codes.find((one) => one.value === meant) ?? shortlyNamed(text, labels).find((one) => one.value === value);
    if (code) return [{ value, start: code.start, end: code.end }];
    const found = conceptsOf(value).flatMap((concept) =>
      words.filter(([word]) => [word, unmarked(word)].some((one) => conceptOf(one) === concept)).slice(0, 1),
    );
    const [start, end] = [Math.min(...found.map(({ index }) => index)), Math.max(...found.map((one) => one.index + one[0].length))];
    return found.length === 0 ? [] : [{ value, start, end }];
  });
}

/** The labels that a text names for a place, without languages that things come in where it takes the one to put them into. */
export const labelsFor = (slot: Slot, text: string, labels: readonly unknown[]): readonly string[] =>
  slot.into ? labelSpansFor(slot, text, labels).map(({ value }) => value) : labelsIn(text, labels);

/** The same, each with where the text names it first. */
export const labelSpansFor = ({ into }: Slot, text: string, labels: readonly unknown[]): ReturnType<typeof labelSpansIn> =>
  labelSpansIn(text, labels).filter((one) => !into || !comesIn(text, one, into));

/** Currencies that a text calls by half their name, where among the labels one alone is called so: `in pounds`, of `EUR`, `USD`, `GBP`. */
function shortlyNamed(text: string, labels: readonly unknown[]): readonly (Span & { readonly value: string })[] {
  const currencies = labels.flatMap((label) =>
    typeof label === "string" && /^[A-Z]{3}$/.test(label) ? [{ value: label, heads: new Set(headsOf(label)) }] : [],
  );
  return [...text.matchAll(/\p{L}+/gu)].flatMap(({ 0: word, index }) => {
    const [called, ...more] = currencies.filter(({ heads }) => heads.has(conceptOf(word)));
    return called && more.length === 0 ? [{ value: called.value, start: index, end: index + word.length }] : [];
  });
}

/** What a currency is, without whose it is: `British Pound`, `libra esterlina`. */
const headsOf = memo((code: string): readonly string[] =>
  ["en", "de", "es"].flatMap((tongue) => {
    const words = new Intl.DisplayNames(tongue, { type: "currency", fallback: "none" }).of(code)?.split(" ") ?? [];
    const head = words.at(tongue === "es" ? 0 : -1);
    return head === undefined || words.length < 2 ? [] : [conceptOf(head.toLowerCase())];
  }),
);
