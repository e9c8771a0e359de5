import { readFileSync } from "node:fs";
import type { State } from "@langchain/core/decisions";
import { type DecisionModel, type EmbeddingModel, type ModelCard, TroupeError, type Trust } from "@troupe/core";
import { cosine } from "../../../text/cosine.js";
import type { Decider } from "../decider.js";
import { type KeptHead, readHead, unpacked } from "./head-file.js";
import { tell } from "./tell.js";
import type { Trained } from "./trained-for.js";

type Loaded = Awaited<ReturnType<EmbeddingModel["load"]>>;

/**
 * A head's file as a decision model of its labels; `embeddingsOf` gives the embedding model that the head names, which says where it runs and
 * what it costs. `load` throws FILE_MISSING, HEAD_INVALID, and what its embedding model throws.
 * @example
 * const topics = headDecisions("topics.head.json", (id) => embeddings(id));
 */
export function headDecisions(file: string, embeddingsOf: (id: string) => EmbeddingModel): DecisionModel {
  const id = `head:${file}`;
  const made = new WeakMap<object, Promise<Decider & Trained>>();
  let read: { readonly head: KeptHead; readonly vectors: EmbeddingModel } | undefined;
  const opened = () => {
    if (!read) {
      const head = readHead(textOf(file), file);
      read = { head, vectors: named(head.embeddings.model, embeddingsOf, file) };
    }
    return read;
  };
  return Object.freeze({
    id,
    get card() {
      return { ...vectorsCard(opened), kind: "decisions", decides: ["routing"] } as const;
    },
    async load(trust?: Pick<Trust, "keys">) {
      const { head, vectors } = opened();
      const loaded = await vectors.load(trust);
      const decider = made.get(loaded) ?? deciding(id, file, head, loaded);
      made.set(loaded, decider);
      return await decider;
    },
  });
}

/** The embedding model that a head's file names; what is wrong with the name is wrong with the file. */
function named(id: string, embeddingsOf: (id: string) => EmbeddingModel, file: string): EmbeddingModel {
  try {
    return embeddingsOf(id);
  } catch (error) {
    throw error instanceof TroupeError ? error.placed({ file }) : error;
  }
}

const usual = { context: 512, modalities: ["text"], tools: false, structured: "none", local: true } as const;

/** The card of a head's embedding model; of a head that cannot be read, which `load` says, what is usual. */
function vectorsCard(opened: () => { readonly vectors: EmbeddingModel }): Omit<ModelCard, "kind"> {
  try {
    return opened().vectors.card;
  } catch {
    return usual;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new TroupeError("FILE_MISSING", `There is no head at ${file}, or it cannot be read`, {
      file,
      hint: "troupe train makes one.",
      cause,
    });
  }
}

async function deciding(id: string, file: string, head: KeptHead, vectors: Loaded): Promise<Decider & Trained> {
  const [{ featuresOf }, { vectorsOf }, { Decider }, { told }] = await Promise.all([
    import("./features.js"),
    import("./vectors-of.js"),
    import("../decider.js"),
    import("../told.js"),
  ]);
  const probe = head.embeddings.probe === undefined ? undefined : [...unpacked(head.embeddings.probe)];
  let known = probe === undefined;
  const decider = new Decider("head", file, async (state, questions) => {
    const about = told(state as State);
    let tokens = 0;
    const vectorOf = async (text: string) => {
      const embed = async (texts: readonly string[]) => {
        tokens += vectors.countTokens?.(texts) ?? 0;
        return await vectors.embedDocuments([...texts]);
      };
      const [vector = []] = await vectorsOf([text], embed, head.embeddings.model);
      if (vector.length !== head.embeddings.size) throw unfit(id, head, vector.length);
      return vector;
    };
    // Under the same name a server may have other weights by now, whose vectors mean something else.
    if (probe && !known && cosine(await vectorOf(head.labels[0]!), probe) < same) throw changed(id, head);
    known = true;
    const vector = await vectorOf(about);
    const features = featuresOf(about, vector);
    const answers = Object.entries(questions).map(([name, question]) => {
      const asked = question.type === "choice" ? Object.keys(question.criteria) : [];
      const strange = asked.filter((label) => !head.labels.includes(label));
      if (question.type !== "choice" || strange.length) throw unasked(id, head, name, strange);
      const { probabilities, confidence: sure } = tell(head, features, asked);
      // A blank text is like the label that short texts have.
      const confidence = about.trim() === "" ? 0 : sure;
      const choice = asked[probabilities.indexOf(Math.max(...probabilities))];
      return [
        name,
        { type: "choice", choice, probabilities: Object.fromEntries(asked.map((label, i) => [label, probabilities[i]])), confidence },
      ];
    });
    return { model: id, answers: Object.fromEntries(answers), usage_metadata: { input_tokens: tokens, output_tokens: 0 } };
  });
  return Object.assign(decider, { labels: head.labels } satisfies Trained);
}

/** How alike two vectors of one text are at the least, where the same weights made them, be it in other numbers or on another machine. */
const same = 0.95;

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

const changed = (id: string, { embeddings }: KeptHead) =>
  new TroupeError("HEAD_INVALID", `${id} was trained on vectors that ${embeddings.model} no longer gives: it has other weights now`, {
    hint: "Train it again with the embedding model as it is now.",
  });
