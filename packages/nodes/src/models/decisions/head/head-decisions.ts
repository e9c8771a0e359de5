import { readFile } from "node:fs/promises";
import type { State } from "@langchain/core/decisions";
import { type DecisionModel, type EmbeddingModel, TroupeError, type Trust } from "@troupe/core";
import type { KeptHead } from "./head-file.js";
import { tell } from "./tell.js";
import type { Trained } from "./trained-for.js";

/**
 * A head's file as a decision model of its labels; `embeddingsOf` gives the embedding model that the head names. `load` throws FILE_MISSING,
 * HEAD_INVALID, and what its embedding model throws.
 * @example
 * const topics = headDecisions("topics.head.json", (id) => embeddings(id, { key: "EXAMPLE_KEY" }));
 */
export function headDecisions(file: string, embeddingsOf: (id: string) => EmbeddingModel): DecisionModel {
  const id = `head:${file}`;
  let loading: ReturnType<DecisionModel["load"]> | undefined;
  return Object.freeze({
    id,
    card: {
      kind: "decisions",
      context: 512,
      modalities: ["text"],
      tools: false,
      structured: "none",
      local: true,
      embedded: true,
      decides: ["routing"],
    } as const,
    load(trust?: Pick<Trust, "keys">) {
      loading ??= loaded(id, file, embeddingsOf, trust).catch((error) => {
        loading = undefined;
        throw error;
      });
      return loading;
    },
  });
}

async function loaded(id: string, file: string, embeddingsOf: (id: string) => EmbeddingModel, trust: Pick<Trust, "keys"> | undefined) {
  const [{ readHead }, { featuresOf }, { vectorsOf }, { Decider }, { told }] = await Promise.all([
    import("./head-file.js"),
    import("./features.js"),
    import("./vectors-of.js"),
    import("../decider.js"),
    import("../told.js"),
  ]);
  const text = await readFile(file, "utf8").catch((cause) => {
    throw new TroupeError("FILE_MISSING", `There is no head at ${file}, or it cannot be read`, {
      file,
      hint: "troupe train makes one.",
      cause,
    });
  });
  const head: KeptHead = readHead(text, file);
  const vectors = await embeddingsOf(head.embeddings.model).load(trust);
  const decider = new Decider("head", file, async (state, questions) => {
    const about = told(state as State);
    const [vector] = await vectorsOf([about], async (texts) => await vectors.embedDocuments([...texts]));
    if (vector!.length !== head.embeddings.size) throw unfit(id, head, vector!.length);
    const features = featuresOf(about, vector!);
    const answers = Object.entries(questions).map(([name, question]) => {
      const asked = question.type === "choice" ? Object.keys(question.criteria) : [];
      const strange = asked.filter((label) => !head.labels.includes(label));
      if (question.type !== "choice" || strange.length) throw unasked(id, head, name, strange);
      const { probabilities, confidence: sure } = tell(head, features, asked);
      // A blank text is like the label that short texts have.
      const confidence = about.trim() === "" ? 0 : sure;
      const choice = asked[probabilities.indexOf(Math.max(...probabilities))]!;
      return [
        name,
        { type: "choice", choice, probabilities: Object.fromEntries(asked.map((label, i) => [label, probabilities[i]!])), confidence },
      ];
    });
    const tokens = vectors.countTokens?.([about]) ?? 0;
    return { model: id, answers: Object.fromEntries(answers), usage_metadata: { input_tokens: tokens, output_tokens: 0 } };
  });
  return Object.assign(decider, { labels: head.labels } satisfies Trained);
}

const unasked = (id: string, { labels }: KeptHead, name: string, strange: readonly string[]) =>
  new TroupeError(
    "QUESTION_UNSUPPORTED",
    `${id} cannot answer the question ${name}: it was trained to choose among its labels${strange.length ? `, of which ${strange.join(", ")} is none` : ""}`,
    { field: name, hint: `Ask for a choice of these: ${labels.join(", ")}` },
  );

const unfit = (id: string, { embeddings }: KeptHead, size: number) =>
  new TroupeError("HEAD_INVALID", `${id} was trained on vectors of ${embeddings.size} numbers, and ${embeddings.model} gives ${size}`, {
    hint: "Train it again with the embedding model as it is now.",
  });
