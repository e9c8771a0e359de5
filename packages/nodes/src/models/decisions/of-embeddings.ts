import type { DecisionKind, DecisionModel, EmbeddingModel, Trust } from "@troupe/core";
import { breather } from "../../breather.js";
import { answerOf, optionsOf } from "./answers.js";
import { closedOf, isBlank, isDescribed, unsupported } from "./closed.js";
import type { Answering, Decider } from "./decider.js";
import { featuresOf } from "./head/features.js";
import { tell } from "./head/tell.js";
import { trainHead } from "./head/train-head.js";
import { vectorsOf } from "./head/vectors-of.js";
import { spoken } from "./spoken.js";
import { toldApart } from "./told-apart.js";
import { worded } from "./worded.js";

type Loaded = Awaited<ReturnType<EmbeddingModel["load"]>>;
type Embed = (texts: readonly string[]) => Promise<readonly number[][]>;
/** What a text and its vector say of options: a probability each, in their order, and how sure the likeliest is. */
type Telling = (text: string, vector: readonly number[]) => { readonly probabilities: readonly number[]; readonly confidence: number };

/**
 * Measured on labels of CLINC150 and banking77, and on functions of BFCL: an option described in words against a text; and on levels, a
 * little better than chance.
 */
const decides: readonly DecisionKind[] = ["routing", "tools", "levels"];

/**
 * Any embedding model as a decision model: the option whose description is most like the state. A choice's options may have examples,
 * `{ description, examples }`; from these a head is trained when it is first asked (see `train`), which is better from one example a label
 * on. What is asked is read of levels only, which say little without it: yes or no needs both outcomes described. What is made of options
 * is kept.
 *
 * @example
 * const app = compile(graph, { models: { decisions: embeddingDecisions(embeddings("llamacpp:minilm")) } });
 */
export function embeddingDecisions(vectors: EmbeddingModel): DecisionModel {
  const made = new WeakMap<object, Decider>();
  const idOf = () => `embeddings:${vectors.id}`;
  return Object.freeze({
    get id() {
      return idOf();
    },
    get card() {
      return { ...vectors.card, kind: "decisions", decides } as const;
    },
    async load(trust?: Pick<Trust, "keys">) {
      const loaded = await vectors.load(trust);
      const known = made.get(loaded);
      if (known) return known;
      const { Decider } = await import("./decider.js");
      const decider = new Decider("embeddings", vectors.id, await answering(idOf(), loaded));
      made.set(loaded, decider);
      return decider;
    },
  });
}

async function answering(id: string, loaded: Loaded): Promise<Answering> {
  const { told } = await import("./told.js");
  // By the object that holds them: whoever asks again with it asks about the same options, as long as it says the same. Levels may be
  // those of several questions.
  const tellings = new WeakMap<object, Map<string, Promise<Telling>>>();
  return async (state, questions) => {
    let tokens = 0;
    const embed: Embed = async (texts) => {
      tokens += loaded.countTokens?.(texts) ?? 0;
      return await loaded.embedDocuments([...texts]);
    };
    const closed = closedOf(questions, id);
    for (const [name, question] of closed) if (!isDescribed(question)) throw unsupported(id, name, unread, described);
    const text = told(state);
    const [vector] = await vectorsOf([text], embed, id);
    const answers: [string, unknown][] = [];
    for (const [name, question] of closed) {
      const key = question.criteria as object;
      const asked = question.type === "score" ? worded(question.instructions) : "";
      const said = JSON.stringify([question.type, asked, question.criteria]);
      const kept = tellings.get(key) ?? new Map<string, Promise<Telling>>();
      tellings.set(key, kept);
      const telling = kept.get(said) ?? tellingOf(optionsOf(question), asked, embed, id);
      kept.delete(said);
      kept.set(said, telling);
      if (kept.size > most) kept.delete(kept.keys().next().value!);
      telling.catch(() => kept.delete(said));
      const { probabilities, confidence } = (await telling)(text, vector!);
      // A blank text is like what short texts are like.
      const answer = answerOf(question, isBlank(text) ? probabilities.map((_, __, all) => 1 / all.length) : probabilities);
      answers.push([name, answer.type === "choice" && !isBlank(text) ? { ...answer, confidence } : answer]);
    }
    return { model: id, answers: Object.fromEntries(answers), usage_metadata: { input_tokens: tokens, output_tokens: 0 } };
  };
}

/** Questions about the same options whose tellings are kept. */
const most = 50;

const unread = "vectors compare a text with what options mean";
const described = "Describe both outcomes in its criteria, { true: …, false: … }, or take a decision model that reads what is asked.";

async function tellingOf(
  options: readonly { readonly option: string; readonly means: unknown }[],
  asked: string,
  embed: Embed,
  id: string,
): Promise<Telling> {
  const meant = options.map(({ option, means }) => {
    const { described, examples } = meaningOf(option, means);
    return { label: option, described: asked === "" ? described : `${asked.replace(/\?$/, "")}: ${described}`, examples };
  });
  const texts = meant.flatMap(({ described, examples }) => [described, ...examples]);
  const vectors = await vectorsOf(texts, embed, id);
  if (meant.every(({ examples }) => examples.length === 0)) return (_, vector) => toldApart(vectors, vector);
  let at = 0;
  const take = () => featuresOf(texts[at]!, vectors[at++]!);
  const shown = meant.map(({ label, examples }) => ({ label, described: take(), examples: examples.map(take) }));
  const { head } = await trainHead(shown, [], "", breather());
  return (text, vector) => tell(head, featuresOf(text, vector));
}

function meaningOf(option: string, means: unknown): { readonly described: string; readonly examples: readonly string[] } {
  const { description, examples } = Object(means) as { readonly description?: unknown; readonly examples?: unknown };
  // One that stands twice would be held out from a head that was shown it, and a blank one is like what short texts are like.
  const texts = Array.isArray(examples) ? examples.filter((one) => typeof one === "string" && !isBlank(one)) : [];
  const shown = [...new Set<string>(texts)];
  const said = typeof means === "string" ? means : description;
  if (typeof said === "string" && !isBlank(said)) return { described: said, examples: shown };
  const isNamed = isBlank(means) || typeof said === "string" || isMeaning(means);
  return { described: isNamed ? spoken(option) : JSON.stringify(means), examples: shown };
}

/** Whether it says what a label means in our own words, and be it nothing; any other JSON is its own description. */
const isMeaning = (means: unknown): boolean =>
  typeof means === "object" &&
  means !== null &&
  !Array.isArray(means) &&
  Object.keys(means).every((key) => key === "description" || key === "examples");
