import type { Sentence } from "../sentences.js";
import type { Beside } from "./beside.js";
import type { Candidate } from "./candidate.js";

/** A candidate with what stands around it, as one short text to embed: its sentence, or where lines are short, its label and itself. */
export function surroundings(candidate: Candidate, beside: readonly Beside[], said: readonly Sentence[]): string {
  const sentence = said.find(({ start, end }) => candidate.start >= start && candidate.end <= end);
  if (sentence && sentence.text.split(" ").length > 5) return sentence.text.slice(0, 300);
  const labels = beside.filter(({ weight }) => weight >= 0.7);
  return [labels[0]?.text.trim(), candidate.text].filter(Boolean).join(" ").slice(0, 300);
}
