import { type Specialist, specialist, TroupeError } from "@troupe/core";
import { z } from "zod";
import { checkOptions } from "../check-options.js";
import { atHand, type DecideEngine } from "./deciding/at-hand.js";
import { labelMeaning } from "./deciding/label-meaning.js";
import type { LabelMeaning } from "./deciding/question.js";

export type { LabelMeaning } from "./deciding/question.js";

export interface ClassifyOptions<L extends string> {
  /** Labels, or labels and what they mean. */
  readonly labels: readonly L[] | Readonly<Record<L, LabelMeaning>>;
  /** Default: `classify`. */
  readonly name?: string;
  readonly does?: string;
  /**
   * `embeddings` compares meanings, `decisions` asks the decision model of that role, `model` has the role `default` choose. Default
   * (`auto`): the best at hand, as for `decide`.
   */
  readonly engine?: DecideEngine;
}

/**
 * A classifier of texts: `decide` with one question. `confidence` is from 0 to 1 and low for a text that belongs to no label, 0 for
 * a blank one, so that a rule can send it on.
 * @throws TroupeError `LABELS_INVALID` for fewer than two labels, blank ones and doubled ones, `OPTION_INVALID`.
 * @example
 * const triage = classify({ name: "triage", labels: { billing: "Payments, invoices, refunds", bug: "Crashes, errors, lost data" } });
 */
export function classify<const L extends string>(
  options: ClassifyOptions<L>,
): Specialist<{ text: string }, { label: L; confidence: number }> {
  checkOptions("classify", options, {
    labels: z.union([z.array(z.string()), z.record(z.string(), labelMeaning)], {
      error: "give a list of labels, or each with what it means, a text or { description, examples: [texts] }",
    }),
    name: z.string().optional(),
    does: z.string().optional(),
    engine: z.enum(["auto", "decisions", "embeddings", "model"]).optional(),
  });
  const { name = "classify", engine = "auto" } = options;
  const criteria: Record<string, any> = Array.isArray(options.labels)
    ? Object.fromEntries(options.labels.map((label) => [label, null]))
    : { ...options.labels };
  const labels: readonly string[] = Array.isArray(options.labels) ? options.labels : Object.keys(criteria);
  const [first, ...others] = labels;
  const refuse = (what: string, hint: string) => new TroupeError("LABELS_INVALID", what, { hint });
  const { does = `Tells which of these a text is: ${labels.join(", ")}` } = options;
  if (first === undefined || others.length === 0) {
    throw refuse(`A classifier needs two labels or more, and ${name} has ${labels.length}`, "Name the labels.");
  }
  const said = labels.map((label) => label.trim());
  const twice = said.find((label, i) => said.indexOf(label) < i);
  if (said.includes("") || twice !== undefined)
    throw refuse(`${name} has ${twice ? `the label ${twice} twice` : "a blank label"}`, "Give each label a name of its own.");
  const answer = atHand({ label: { type: "choice", instructions: "Which label fits?", criteria } }, engine);
  return specialist({
    name,
    does,
    input: z.object({ text: z.string() }),
    output: z.object({ label: z.enum(labels), confidence: z.number().min(0).max(1) }),
    decided: { label: "confidence" },
    run: async ({ text }, ctx) => {
      // Models have a favourite where there is nothing to go by.
      if (text.trim() === "") return { label: first, confidence: 0 };
      const { label } = (await answer(text, ctx)).answers;
      const { choice, confidence } = label as { choice: string; confidence: number };
      return { label: choice, confidence };
    },
  }) as Specialist<{ text: string }, { label: L; confidence: number }>;
}
