import type { DecisionModel } from "@troupe/core";
import { catalogue } from "../catalogue.js";
import { answerOf, shown } from "../decisions/answers.js";
import { closedOf } from "../decisions/closed.js";
import type { Answering } from "../decisions/decider.js";
import { chatDecisions } from "../decisions/of-chat.js";
import { worded } from "../decisions/worded.js";
import { lazyModel } from "../lazy-model.js";
import { adapted } from "./adapted.js";
import type { ChatEngine } from "./engine.js";
import { llamaCppChat, llamaCppEngine } from "./llamacpp.js";

/** What the adapter for decisions was measured on: `@troupe/weights` has the figures. */
const tuned = { decides: ["plans", "wiring", "members", "routing", "fields"], sharpness: 0.41 } as const;

/** Decisions by weights in this process: tuned ones, `BASE+decisions`, or those of any chat model. */
export function llamaCppDecisions(name: string): DecisionModel {
  const chat = llamaCppChat(name);
  if (!adapted(name).adapter) return chatDecisions(chat, Object.hasOwn(catalogue, name) ? catalogue[name] : {});
  return lazyModel(
    chat.id,
    () => ({ ...chat.card, kind: "decisions", structured: "none", ...tuned }),
    async () => {
      const engine = await llamaCppEngine(name, "decisions");
      const { Decider } = await import("../decisions/decider.js");
      return new Decider("llamacpp", name, byLetters(engine, chat.id));
    },
  );
}

/** Answers by the letters that options are listed under, all behind one evaluation of the state. */
function byLetters(engine: ChatEngine, id: string): Answering {
  return async (state, questions, signal) => {
    const [{ decideByLetters }, { stated }] = await Promise.all([import("./letters.js"), import("../decisions/told.js")]);
    const asked = closedOf(questions, id);
    const lettered = asked.map(([, question]) => ({ instructions: worded(question.instructions), options: shown(question) }));
    const { probabilities, input } = await decideByLetters(engine, stated(state), lettered, { signal });
    const answers = Object.fromEntries(asked.map(([name, question], i) => [name, answerOf(question, probabilities[i]!)]));
    return { model: id, answers, usage_metadata: { input_tokens: input, output_tokens: 0 } };
  };
}
