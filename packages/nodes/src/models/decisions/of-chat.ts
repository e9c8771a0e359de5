import { type ChatModel, type DecisionModel, fence, type Trust } from "@troupe/core";
import { answerOf, optionsOf } from "./answers.js";
import type { Answering, Decider } from "./decider.js";

/** What a chat model of this process offers beside LangChain's interface: see its `score`. */
interface Scoring {
  score(prompt: string, candidates: readonly string[], options: { signal?: AbortSignal }): Promise<number[]>;
}

/** Whether a loaded chat model can score continuations. */
export const isScoring = (loaded: object): loaded is Scoring => typeof (loaded as Partial<Scoring>).score === "function";

/**
 * A chat model of this process as a decision model. Each option is scored as the answer after the state, against how likely it is after
 * the same words without one (Zhao et al. 2021, "Calibrate Before Use"); that is kept for each set of options.
 */
export function chatDecisions(chat: ChatModel): DecisionModel {
  const made = new WeakMap<object, Decider>();
  return Object.freeze({
    id: chat.id,
    get card() {
      return { ...chat.card, kind: "decisions", structured: "none" } as const;
    },
    async load(trust?: Pick<Trust, "keys">) {
      const loaded = await chat.load(trust);
      const known = made.get(loaded);
      if (known) return known;
      const { Decider } = await import("./decider.js");
      const decider = new Decider(chat.id.slice(0, chat.id.indexOf(":")), chat.id, await answering(chat.id, loaded as unknown as Scoring));
      made.set(loaded, decider);
      return decider;
    },
  });
}

async function answering(id: string, loaded: Scoring): Promise<Answering> {
  const { told, worded } = await import("./told.js");
  const priors = new WeakMap<object, readonly number[]>();
  return async (state, questions, signal) => {
    const answers: Record<string, unknown> = {};
    for (const [name, question] of Object.entries(questions)) {
      if (question.type === "box") continue;
      const options = optionsOf(question);
      const listed = options.map(({ option, means }) =>
        means === null || means === undefined ? `- ${option}` : `- ${option}: ${worded(means)}`,
      );
      const asked = (about: string) => `Labels:\n${listed.join("\n")}\n\nText:\n${fence(about)}\n${worded(question.instructions)}\nLabel:`;
      const candidates = options.map(({ option }) => ` ${option}\n`);
      const score = (about: string) => loaded.score(asked(about), candidates, { ...(signal ? { signal } : {}) });
      const after = await score(told(state));
      const before = priors.get(question) ?? (await score("…"));
      priors.set(question, before);
      const gains = after.map((sum, i) => sum - before[i]!);
      const most = Math.max(...gains);
      const weights = gains.map((gain) => Math.exp(gain - most));
      const sum = weights.reduce((total, weight) => total + weight, 0);
      answers[name] = answerOf(
        question,
        weights.map((weight) => weight / sum),
      );
    }
    return { model: id, answers };
  };
}
