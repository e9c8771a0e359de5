import {
  type CalibrationOptions,
  callFailed,
  type EmbeddingModel,
  nearest,
  scaled,
  stoppable,
  TroupeError,
  unlessAborted,
} from "@troupe/core";
import { z } from "zod";
import { breather } from "../../../breather.js";
import { checkOptions } from "../../../check-options.js";
import { signalOption, stepOption } from "../../../options.js";
import { isBlank } from "../closed.js";
import { spoken } from "../spoken.js";
import { featuresOf } from "./features.js";
import { hashOfExamples, type KeptHead, packed } from "./head-file.js";
import { trainHead } from "./train-head.js";
import { trainWorth } from "./train-worth.js";
import { vectorsOf } from "./vectors-of.js";

/** A text and its label; null where it belongs to none. */
export interface Example {
  readonly text: string;
  readonly label: string | null;
}

/** A text and what each label is worth for it, such as the score of each model's answer to a prompt; the same labels for each text. */
export interface WeighedExample {
  readonly text: string;
  readonly worth: Readonly<Record<string, number>>;
}

export interface TrainOptions extends CalibrationOptions {
  /** Whose vectors it learns on, and needs again when it is used. */
  readonly embeddings: EmbeddingModel;
  /** What labels mean, in words; each counts as an example of its label. Default: their names. */
  readonly descriptions?: Readonly<Record<string, string>>;
  /** Ends it early: `ABORTED`, or `TIMEOUT`, with its reason as the cause. */
  readonly signal?: AbortSignal;
  /** Hears what is odd about the examples, and of many how far it is. */
  onStep?(line: string): void;
}

const bins = 15;
/** Texts that are embedded at a time, so that an abort ends what a model does for many. */
const atOnce = 100;
/** Examples, of more than which it is told how far it is. */
const many = 400;

/**
 * Trains a head from examples: multinomial logistic regression over vectors and groups of letters, calibrated on examples held out in
 * turn, which is low for texts that belong to no label. With a `risk`, it knows the confidence under which to abstain. It takes seconds,
 * in this thread, which it lends to others every few milliseconds.
 *
 * Examples that say what each label is `worth` make a head that chooses what is worth most: which of several models a prompt needs, where
 * an answer of each has a score. It learns by how much one is better (ridge regression), and its confidence is the chance that no other
 * label is worth more, where they are not alike.
 *
 * An example that stands twice counts once. A text that stands under several labels is learned under each, and `onStep` is told of it.
 * @throws TroupeError `EXAMPLES_INVALID` for fewer than two labels, or texts with the worth of other labels or with none that is worth
 * most; `CALIBRATION_SMALL`; `OPTION_INVALID`; what the embedding model's `load` throws, `MODEL_FAILED` and other errors of its server.
 * @example
 * const head = await train(examples, { embeddings: embeddings("llamacpp:minilm"), risk: 0.05 });
 * await writeFile("topics.head.json", writeHead(head));
 */
export async function train(given: readonly Example[] | readonly WeighedExample[], options: TrainOptions): Promise<KeptHead> {
  checkOptions("train", options, taken);
  return stoppable("train", options.signal, () => trained(given, options));
}

async function trained(given: readonly Example[] | readonly WeighedExample[], trainOptions: TrainOptions): Promise<KeptHead> {
  const { embeddings, descriptions = {}, signal, onStep = () => {}, ...options } = trainOptions;
  refuseNone(given);
  const examples = distinct(given);
  const labels = labelsOf(examples);
  refuseStray(descriptions, labels);
  if (areWeighed(examples) && options.outside !== undefined)
    throw new TroupeError("OPTION_INVALID", "train.outside is for examples with labels, and these say what labels are worth", {
      hint: "Leave it out: of labels that are worth something, none of them is never right.",
    });
  const odd = contradiction(given, examples);
  if (odd !== undefined) onStep(odd);
  const loaded = await embeddings.load();
  const isMany = examples.length > many;
  const embed = async (texts: readonly string[]) => {
    const vectors: number[][] = [];
    for (let at = 0; at < texts.length; at += atOnce) {
      try {
        vectors.push(...(await unlessAborted(loaded.embedDocuments(texts.slice(at, at + atOnce)), signal)));
      } catch (cause) {
        throw signal?.aborted ? signal.reason : callFailed(embeddings, cause);
      }
      const quarters = (done: number) => Math.floor((4 * done) / texts.length);
      const now = quarters(Math.min(texts.length, at + atOnce));
      if (isMany && now > quarters(at)) onStep(`${25 * now} % of ${examples.length.toLocaleString("en")} examples embedded`);
    }
    return vectors;
  };
  const meant = labels.map((label) => {
    const described = Object.hasOwn(descriptions, label) ? descriptions[label] : undefined;
    return described === undefined || isBlank(described) ? spoken(label) : described;
  });
  const texts = [...meant, ...examples.map(({ text }) => text)];
  const [probe = [], ...vectors] = await vectorsOf([labels[0]!, ...texts], embed, embeddings.id);
  const features = texts.map((text, i) => featuresOf(text, vectors[i]!));
  const own = features.slice(labels.length);
  const described = labels.flatMap((label, i) => (meant[i] === spoken(label) ? [] : [[meant[i]!, label] as const]));
  const data = hashOfExamples([...examples.map((one) => [one.text, isWeighed(one) ? one.worth : one.label] as const), ...described]);
  const breathe = breather(signal);
  const learn = () => {
    if (areWeighed(examples)) {
      const weighed = examples.map(({ worth }, i) => ({ features: own[i]!, worth: labels.map((label) => worth[label]!) }));
      return trainWorth(labels, weighed, data, breathe, options.risk);
    }
    const of = (wanted: string | null) => own.filter((_, i) => examples[i]?.label === wanted);
    const shown = labels.map((label, i) => ({ label, described: features[i]!, examples: of(label) }));
    return trainHead(shown, of(null), data, breathe, options);
  };
  if (isMany) onStep("learning what tells the labels apart");
  const { head, held } = await learn();
  const judged = held.map(({ scores, right }) => {
    const { options: shares } = scaled(scores, head.calibration.scale);
    const confidence = Math.max(...shares);
    return { confidence, right: shares.indexOf(confidence) === right };
  });
  return {
    ...head,
    // Of a model that knows nothing of the label it says nothing.
    embeddings: { model: embeddings.id, size: probe.length, ...(probe.some((x) => x !== 0) ? { probe: packed(probe) } : {}) },
    examples: examples.length,
    measured: { right: judged.filter(({ right }) => right).length / judged.length, error: calibrationError(judged) },
  };
}

const isEmbedding = (one: unknown): boolean => (one as EmbeddingModel).card?.kind === "embeddings";

/** What `train` takes; that a share is one, its calibration says. */
const taken = {
  embeddings: z.custom((one) => typeof Object(one).load === "function" && isEmbedding(one), "it is no embedding model"),
  descriptions: z.record(z.string(), z.string().nullish()).optional(),
  signal: signalOption,
  onStep: stepOption,
  risk: z.number().optional(),
  outside: z.number().optional(),
};

/** Refuses what are no examples, as JavaScript or a file may have them. */
function refuseNone(given: readonly unknown[]): void {
  const hint = 'Give a list of { "text": "…", "label": "…" }, with null for what belongs to none.';
  if (!Array.isArray(given)) throw invalid("The examples are no list", hint);
  for (const [i, one] of given.entries()) {
    const { text, label = null, worth } = Object(one);
    if (typeof text !== "string" || isBlank(text)) throw invalid(`Example ${i + 1} has no text`, hint);
    if (label !== null && (typeof label !== "string" || isBlank(label)))
      throw invalid(`Example ${i + 1} has a label that is no text`, hint);
    if (label !== null && worth !== undefined) throw invalid(`Example ${i + 1} has a label and a worth, of which it may have one`, hint);
  }
}

/** Refuses a description of no label: misspelt, it would be passed over, and the label's name be taken in its place. */
function refuseStray(descriptions: object, labels: readonly string[]): void {
  const stray = Object.keys(descriptions).find((label) => !labels.includes(label));
  if (stray === undefined) return;
  const near = nearest(stray, labels);
  const hint = near === undefined ? "Give examples of it, or leave it out." : `Did you mean "${near}"?`;
  throw new TroupeError("OPTION_INVALID", `train.descriptions describes ${JSON.stringify(stray)}, which no example has as its label`, {
    hint,
  });
}

/** Each example once, with what is its own alone: of two that are alike one would be held out from a head that was shown the other. */
function distinct(examples: readonly Example[] | readonly WeighedExample[]): typeof examples {
  const plain = examples.map((one) => {
    if (isWeighed(one)) return [Object.entries(Object(one.worth)).sort(), { text: one.text, worth: one.worth }] as const;
    return [one.label ?? null, { text: one.text, label: one.label ?? null }] as const;
  });
  return [...new Map(plain.map(([known, one]) => [JSON.stringify([one.text, known]), one])).values()] as typeof examples;
}

/** What is said of texts that stand under several labels, or with several worths: the first, and how many there are. */
function contradiction(given: readonly Example[] | readonly WeighedExample[], examples: typeof given): string | undefined {
  const seen = new Set<string>();
  const several = new Set<string>();
  for (const { text } of examples) (seen.has(text) ? several : seen).add(text);
  const first = given.findIndex(({ text }) => several.has(text));
  const { text } = given[first] ?? {};
  if (text === undefined) return undefined;
  const of = areWeighed(examples) ? "worths" : "labels";
  const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
  return several.size === 1
    ? `1 text has several ${of}: example ${first + 1}, ${shown}`
    : `${several.size.toLocaleString("en")} texts have several ${of}, the first of them example ${first + 1}, ${shown}`;
}

const areWeighed = (examples: readonly Example[] | readonly WeighedExample[]): examples is readonly WeighedExample[] =>
  examples[0] !== undefined && isWeighed(examples[0]);

/** A row may name both, and leave one without a value. */
const isWeighed = (one: Example | WeighedExample): one is WeighedExample => "worth" in one && one.worth !== undefined;

function labelsOf(examples: readonly Example[] | readonly WeighedExample[]): readonly string[] {
  const weighed = areWeighed(examples);
  const labels = weighed ? Object.keys(Object(examples[0]?.worth)) : [...new Set(examples.flatMap(({ label }) => label ?? []))];
  if (labels.length < 2)
    throw invalid(
      `A head tells labels apart, and the examples have ${labels.length}`,
      'Give examples of two labels or more: { "text": "…", "label": "…" }, with null for what belongs to none.',
    );
  const written = new Map<string, string>();
  for (const label of labels) {
    const same = written.get(alike(label));
    if (same !== undefined)
      throw invalid(
        `The labels ${JSON.stringify(same)} and ${JSON.stringify(label)} differ in nothing but case and spaces`,
        "Write each label in one way: a head tells any two labels apart.",
      );
    written.set(alike(label), label);
  }
  const mixed = examples.findIndex((one) => isWeighed(one) !== weighed);
  if (mixed >= 0)
    throw invalid(
      `Example ${mixed + 1} has ${weighed ? "a label" : "a worth"}, and those before it have none`,
      "Give labels to all, or worth to all.",
    );
  if (!weighed) return labels;
  const hint = 'Give each text what the same labels are worth: { "text": "…", "worth": { "small": 0, "large": 1 } }.';
  if (labels.some(isBlank)) throw invalid("Example 1 says what a label without a name is worth", hint);
  for (const [i, { worth }] of examples.entries())
    if (Object.keys(Object(worth)).length !== labels.length || !labels.every((label) => Number.isFinite(worth[label])))
      throw invalid(`Example ${i + 1} does not say what each of ${labels.join(", ")} is worth`, hint);
  const most = (worth: Readonly<Record<string, number>>) => labels.filter((label) => worth[label] === Math.max(...Object.values(worth)));
  if (examples.length < 2 || examples.every(({ worth }) => most(worth).length > 1))
    throw invalid("Of no text, or of one alone, one label is worth more than the others", hint);
  return labels;
}

const alike = (label: string): string => label.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();

const invalid = (what: string, hint: string): TroupeError => new TroupeError("EXAMPLES_INVALID", what, { hint });

/** By how much confidence and the share of right answers differ, on average over bins of confidence (Guo et al. 2017). */
function calibrationError(judged: readonly { readonly confidence: number; readonly right: boolean }[]): number {
  const off = new Float64Array(bins);
  for (const { confidence, right } of judged) off[Math.min(bins - 1, Math.floor(confidence * bins))]! += confidence - Number(right);
  return off.reduce((sum, one) => sum + Math.abs(one), 0) / judged.length;
}
