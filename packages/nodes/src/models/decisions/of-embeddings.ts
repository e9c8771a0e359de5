import type { DecisionKind, DecisionModel, EmbeddingModel, Trust } from "@troupe/core";
import { longest, sentences } from "../../text/sentences.js";
import { answerOf, optionsOf } from "./answers.js";
import { type Closed, closedOf, unsupported } from "./closed.js";
import type { Answering, Decider } from "./decider.js";
import { type LabelSpace, labelSpace, tellApart } from "./label-space.js";

type Loaded = Awaited<ReturnType<EmbeddingModel["load"]>>;
type Embed = (texts: readonly string[]) => Promise<readonly number[][]>;

/** Measured on labels of CLINC150 and banking77, and on functions of BFCL: an option described in words against a text. */
const decides: readonly DecisionKind[] = ["routing", "tools"];

/**
 * Any embedding model as a decision model: the option whose description, or whose examples, are most like the state. It does not read
 * what is asked, only the options: yes or no needs both of them described. A choice's option may have examples:
 * `{ description, examples }`. Vectors of options are kept.
 *
 * @example
 * const app = compile(graph, { models: { decisions: embeddingDecisions(embeddings("llamacpp:minilm")) } });
 */
export function embeddingDecisions(vectors: EmbeddingModel): DecisionModel {
  const made = new WeakMap<object, Decider>();
  const id = `embeddings:${vectors.id}`;
  return Object.freeze({
    id,
    get card() {
      return { ...vectors.card, kind: "decisions", decides } as const;
    },
    async load(trust?: Pick<Trust, "keys">) {
      const loaded = await vectors.load(trust);
      const known = made.get(loaded);
      if (known) return known;
      const { Decider } = await import("./decider.js");
      const decider = new Decider("embeddings", vectors.id, await answering(id, loaded));
      made.set(loaded, decider);
      return decider;
    },
  });
}

async function answering(id: string, loaded: Loaded): Promise<Answering> {
  const { told } = await import("./told.js");
  // By the object that holds them: whoever asks again with it asks about the same options.
  const spaces = new WeakMap<object, Promise<LabelSpace>>();
  return async (state, questions) => {
    let tokens = 0;
    const embed: Embed = async (texts) => {
      tokens += loaded.countTokens?.(texts) ?? 0;
      return await loaded.embedDocuments([...texts]);
    };
    const asked = closedOf(questions, id);
    for (const [name, question] of asked) if (!isDescribed(question)) throw unsupported(id, name, unread, described);
    const vector = await vectorOf(told(state), embed);
    const answers: Record<string, unknown> = {};
    for (const [name, question] of asked) {
      const key = question.criteria as object;
      const space = spaces.get(key) ?? spaceOf(optionsOf(question), embed);
      spaces.set(key, space);
      space.catch(() => spaces.delete(key));
      const { probabilities, confidence } = tellApart(await space, vector);
      const answer = answerOf(question, probabilities);
      answers[name] = answer.type === "choice" ? { ...answer, confidence } : answer;
    }
    return { model: id, answers, usage_metadata: { input_tokens: tokens, output_tokens: 0 } };
  };
}

/** Whether its options mean something without what is asked. */
const isDescribed = (question: Closed): boolean =>
  question.type !== "noul" || (question.criteria?.true !== undefined && question.criteria.false !== undefined);

const unread = "vectors compare a text with what options mean";
const described = "Describe both outcomes in its criteria, { true: …, false: … }, or take a decision model that reads what is asked.";

async function spaceOf(options: readonly { readonly option: string; readonly means: unknown }[], embed: Embed): Promise<LabelSpace> {
  const meant = options.map(({ option, means }) => ({ option, ...meaningOf(option, means) }));
  const vectors = await embed(meant.flatMap(({ described, examples }) => [described, ...examples]));
  let at = 0;
  const take = () => vectors[at++]!;
  return labelSpace(meant.map(({ option, examples }) => ({ label: option, described: take(), examples: examples.map(take) })));
}

function meaningOf(option: string, means: unknown): { readonly described: string; readonly examples: readonly string[] } {
  if (typeof means === "string") return { described: means, examples: [] };
  const { description, examples } = Object(means) as { readonly description?: unknown; readonly examples?: unknown };
  const shown = Array.isArray(examples) ? examples.filter((one) => typeof one === "string") : [];
  if (typeof description === "string") return { described: description, examples: shown };
  return { described: means === null || means === undefined || shown.length ? spoken(option) : JSON.stringify(means), examples: shown };
}

/** `report_fraud` as `report fraud`. */
const spoken = (label: string) => label.replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2").replace(/[_-]+/g, " ");

/** The vector of a text: of a long one, the sum of its parts', as many as say what it is about. */
async function vectorOf(text: string, embed: Embed): Promise<number[]> {
  const parts =
    text.length <= longest
      ? [text]
      : sentences(text)
          .slice(0, 40)
          .map((sentence) => sentence.text);
  const vectors = await embed(parts.length ? parts : [text.slice(0, longest)]);
  return vectors[0]!.map((_, i) => vectors.reduce((sum, vector) => sum + vector[i]!, 0));
}
