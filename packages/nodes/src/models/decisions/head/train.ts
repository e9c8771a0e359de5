import { type CalibrationOptions, type EmbeddingModel, scaled, TroupeError } from "@troupe/core";
import { spoken } from "../spoken.js";
import { breather } from "./breather.js";
import { featuresOf } from "./features.js";
import { hashOfExamples, type KeptHead } from "./head-file.js";
import { trainHead } from "./train-head.js";
import { vectorsOf } from "./vectors-of.js";

/** A text and its label; null where it belongs to none. */
export interface Example {
  readonly text: string;
  readonly label: string | null;
}

export interface TrainOptions extends CalibrationOptions {
  /** Whose vectors it learns on, and needs again when it is used. */
  readonly embeddings: EmbeddingModel;
  /** What labels mean, in words; each counts as an example. Default: their names. */
  readonly descriptions?: Readonly<Record<string, string>>;
  /** Ends it early, with its reason. */
  readonly signal?: AbortSignal;
}

const bins = 15;

/**
 * Trains a head from examples: multinomial logistic regression over vectors and groups of letters, calibrated on examples held out in
 * turn, which is low for texts that belong to no label. With a `risk`, it knows the confidence under which to abstain. It takes seconds,
 * in this thread, which it lends to others every few milliseconds.
 *
 * @throws TroupeError `EXAMPLES_INVALID` for fewer than two labels or texts that are empty; `CALIBRATION_SMALL`; what the embedding model
 * throws.
 * @example
 * const head = await train(examples, { embeddings: embeddings("llamacpp:minilm"), risk: 0.05 });
 * await writeFile("topics.head.json", writeHead(head));
 */
export async function train(
  examples: readonly Example[],
  { embeddings, descriptions = {}, signal, ...options }: TrainOptions,
): Promise<KeptHead> {
  const labels = [...new Set(examples.flatMap(({ label }) => label ?? []))];
  if (labels.length < 2)
    throw new TroupeError("EXAMPLES_INVALID", `A head tells labels apart, and the examples have ${labels.length}`, {
      hint: 'Give examples of two labels or more: { "text": "…", "label": "…" }, with null for what belongs to none.',
    });
  const loaded = await embeddings.load();
  const embed = async (texts: readonly string[]) => await loaded.embedDocuments([...texts]);
  const meant = labels.map((label) => (Object.hasOwn(descriptions, label) ? descriptions[label]! : spoken(label)));
  const texts = [...meant, ...examples.map(({ text }) => text)];
  const vectors = await vectorsOf(texts, embed);
  const features = texts.map((text, i) => featuresOf(text, vectors[i]!));
  const of = (wanted: string | null) => examples.flatMap(({ label }, i) => (label === wanted ? [features[labels.length + i]!] : []));
  const shown = labels.map((label, i) => ({ label, described: features[i]!, examples: of(label) }));
  const { head, held } = await trainHead(shown, of(null), hashOfExamples(examples), breather(signal), options);
  const judged = held.map(({ scores, right }) => {
    const { options: shares } = scaled(scores, head.calibration.scale);
    const confidence = Math.max(...shares);
    return { confidence, right: shares.indexOf(confidence) === right };
  });
  return {
    ...head,
    embeddings: { model: embeddings.id, size: vectors[0]!.length },
    examples: examples.length,
    measured: { right: judged.filter(({ right }) => right).length / judged.length, error: calibrationError(judged) },
  };
}

/** By how much confidence and the share of right answers differ, on average over bins of confidence (Guo et al. 2017). */
function calibrationError(judged: readonly { readonly confidence: number; readonly right: boolean }[]): number {
  const off = new Float64Array(bins);
  for (const { confidence, right } of judged) off[Math.min(bins - 1, Math.floor(confidence * bins))]! += confidence - Number(right);
  return off.reduce((sum, one) => sum + Math.abs(one), 0) / judged.length;
}
