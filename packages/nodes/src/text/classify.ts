import { type Context, type EmbeddingModel, type Specialist, specialist, TroupeError } from "@troupe/core";
import { z } from "zod";
import { chooseLabel } from "./classification/choose-label.js";
import { classifyVector, type LabelSpace, labelSpace } from "./classification/label-space.js";
import { longest, sentences } from "./sentences.js";

/** What a label means: a description, or a description and examples. Examples make it much better, and its confidence calibrated. */
export type LabelMeaning = string | { readonly description?: string; readonly examples?: readonly string[] };

export interface ClassifyOptions<L extends string> {
  /** Labels, or labels and what they mean. */
  readonly labels: readonly L[] | Readonly<Record<L, LabelMeaning>>;
  /** Default: `classify`. */
  readonly name?: string;
  readonly does?: string;
  /** `embeddings` compares meanings; `model` has the role `default` choose. Default (`auto`): embeddings where they are bound. */
  readonly engine?: "auto" | "embeddings" | "model";
}

/**
 * A classifier of texts. `confidence` is from 0 to 1 and low for a text that belongs to no label, so that a rule can send it on.
 * @throws TroupeError `LABELS_INVALID` for fewer than two labels.
 * @example
 * const triage = classify({ name: "triage", labels: { billing: "Payments, invoices, refunds", bug: "Crashes, errors, lost data" } });
 */
export function classify<const L extends string>(
  options: ClassifyOptions<L>,
): Specialist<{ text: string }, { label: L; confidence: number }> {
  const labels = meanings(options.labels);
  const { name = "classify", engine = "auto" } = options;
  const { does = `Tells which of these a text is: ${labels.map(({ label }) => label).join(", ")}` } = options;
  if (labels.length < 2) {
    throw new TroupeError("LABELS_INVALID", `A classifier needs two labels or more, and ${name} has ${labels.length}`, {
      hint: "Name the labels.",
    });
  }
  // What is known of the labels alone is the same for every run with a model.
  const spaces = new WeakMap<object, LabelSpace>();
  const priors = new WeakMap<object, readonly number[]>();
  return specialist({
    name,
    does,
    input: z.object({ text: z.string() }),
    output: z.object({ label: z.enum(labels.map(({ label }) => label)), confidence: z.number().min(0).max(1) }),
    run: async ({ text }, ctx) => {
      const vectors = ctx.model("embeddings") as EmbeddingModel | undefined;
      if (engine === "model" || (engine === "auto" && !vectors)) {
        ctx.worked(ctx.model("default")?.id ?? "model");
        return chooseLabel(text, labels, priors, ctx);
      }
      ctx.worked("embeddings");
      const space = (vectors && spaces.get(vectors)) ?? (await spaceOf(labels, ctx));
      if (vectors) spaces.set(vectors, space);
      return classifyVector(space, await vectorOf(text, ctx));
    },
  }) as Specialist<{ text: string }, { label: L; confidence: number }>;
}

interface Meaning {
  readonly label: string;
  readonly description: string;
  readonly examples: readonly string[];
}

function meanings(labels: readonly string[] | Readonly<Record<string, LabelMeaning>>): Meaning[] {
  const entries: [string, LabelMeaning][] = Array.isArray(labels)
    ? [...new Set(labels)].map((label) => [label, {}])
    : Object.entries(labels);
  return entries.map(([label, meaning]) => {
    const { description = spoken(label), examples = [] } = typeof meaning === "string" ? { description: meaning } : meaning;
    return { label, description, examples };
  });
}

/** `report_fraud` as `report fraud`. */
const spoken = (label: string) => label.replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2").replace(/[_-]+/g, " ");

async function spaceOf(labels: readonly Meaning[], ctx: Context): Promise<LabelSpace> {
  const vectors = await ctx.embed(labels.flatMap(({ description, examples }) => [description, ...examples]));
  let at = 0;
  const take = () => vectors[at++]!;
  return labelSpace(labels.map(({ label, examples }) => ({ label, described: take(), examples: examples.map(take) })));
}

/** The vector of a text: of a long one, the sum of its parts', as many as say what it is about. */
async function vectorOf(text: string, ctx: Context): Promise<number[]> {
  const parts =
    text.length <= longest
      ? [text]
      : sentences(text)
          .slice(0, 40)
          .map((sentence) => sentence.text);
  const vectors = await ctx.embed(parts.length ? parts : [text.slice(0, longest)]);
  return vectors[0]!.map((_, i) => vectors.reduce((sum, vector) => sum + vector[i]!, 0));
}
