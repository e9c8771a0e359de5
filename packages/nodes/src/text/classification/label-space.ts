import { cosine } from "../cosine.js";
import { fitLogistic, type Logistic, probability } from "./logistic.js";

/** A label as vectors: of its description, and of examples. */
export interface LabelVectors {
  readonly label: string;
  readonly described: readonly number[];
  readonly examples: readonly (readonly number[])[];
}

/** Labels to tell texts apart by, and how sure a likeness makes one. */
export interface LabelSpace {
  readonly labels: readonly LabelVectors[];
  readonly sure: Logistic;
}

/** For labels that are only described: of MiniLM over 20 intents of a voice assistant, each known and left out in turn. */
const described: Logistic = { slope: 6.7, offset: -3.4 };

/**
 * Prepares labels. With two examples or more a label, certainty is calibrated on them: each is classified without itself, and once
 * more as if its label did not exist, which is what a text that belongs to no label looks like.
 */
export function labelSpace(labels: readonly LabelVectors[]): LabelSpace {
  if (labels.length < 3 || labels.some(({ examples }) => examples.length < 2)) return { labels, sure: described };
  const right: number[] = [];
  const wrong: number[] = [];
  for (const own of labels) {
    for (const example of own.examples) {
      const without = { ...own, examples: own.examples.filter((other) => other !== example) };
      const others = labels.filter((label) => label !== own);
      const found = likest([...others, without], example);
      (found.label === own.label ? right : wrong).push(found.lead);
      wrong.push(likest(others, example).lead);
    }
  }
  return { labels, sure: right.length ? fitLogistic(right, wrong) : described };
}

/** The likeliest label of a text's vector, and how sure that is, from 0 to 1: low for a text that belongs to no label. */
export function classifyVector(space: LabelSpace, vector: readonly number[]): { label: string; confidence: number } {
  const { label, lead } = likest(space.labels, vector);
  return { label, confidence: probability(space.sure, lead) };
}

/** The label most like a vector; `lead` is its likeness and its distance from the next one. */
function likest(labels: readonly LabelVectors[], vector: readonly number[]): { label: string; lead: number } {
  const ranked = labels.map((label) => ({ label: label.label, like: likeness(label, vector) })).sort((a, b) => b.like - a.like);
  const [first, second] = ranked;
  return { label: first!.label, lead: 2 * first!.like - (second?.like ?? 0) };
}

/** Four fifths its examples, half of it their centre and half the three nearest, and one fifth its description. */
function likeness({ described, examples }: LabelVectors, vector: readonly number[]): number {
  const said = cosine(described, vector);
  if (!examples.length) return said;
  const nearest = examples
    .map((example) => cosine(example, vector))
    .sort((a, b) => b - a)
    .slice(0, 3);
  const centre = vector.map((_, i) => examples.reduce((sum, example) => sum + example[i]!, 0));
  return 0.2 * said + 0.4 * cosine(centre, vector) + 0.4 * (nearest.reduce((sum, x) => sum + x, 0) / nearest.length);
}
