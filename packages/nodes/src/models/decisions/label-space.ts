import { cosine } from "../../text/cosine.js";
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

/** How far apart likenesses are that make a difference: of MiniLM over CLINC150's and banking77's intents, described and with examples. */
const apart = { described: 0.06, shown: 0.03 };

/**
 * What a text's vector says of the labels: a probability each, in their order, and how sure the likeliest is, from 0 to 1, which is low
 * for a text that belongs to no label.
 */
export function tellApart({ labels, sure }: LabelSpace, vector: readonly number[]): { probabilities: number[]; confidence: number } {
  const likes = labels.map((label) => likeness(label, vector));
  const most = Math.max(...likes);
  const step = labels.every(({ examples }) => examples.length > 0) ? apart.shown : apart.described;
  const weights = likes.map((like) => Math.exp((like - most) / step));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { probabilities: weights.map((weight) => weight / sum), confidence: probability(sure, leadOf(likes)) };
}

/** The label most like a vector, and its lead. */
function likest(labels: readonly LabelVectors[], vector: readonly number[]): { label: string; lead: number } {
  const likes = labels.map((label) => likeness(label, vector));
  return { label: labels[likes.indexOf(Math.max(...likes))]!.label, lead: leadOf(likes) };
}

/** How like the likeliest is, and how much more so than the next one. */
function leadOf(likes: readonly number[]): number {
  const [first = 0, second = 0] = [...likes].sort((a, b) => b - a);
  return 2 * first - second;
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
