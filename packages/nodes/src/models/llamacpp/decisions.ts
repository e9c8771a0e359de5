import type { DecisionModel } from "@troupe/core";
import { answerOf, shown } from "../decisions/answers.js";
import { closedOf } from "../decisions/closed.js";
import type { Answering } from "../decisions/decider.js";
import { chatDecisions } from "../decisions/of-chat.js";
import { worded } from "../decisions/worded.js";
import { lazyModel } from "../lazy-model.js";
import { measuredOf } from "../measured-of.js";
import { adapted } from "./adapted.js";
import type { ChatEngine } from "./engine.js";
import type { byLettersLessPrior, Rated } from "./less-prior.js";
import { llamaCppChat, llamaCppEngine } from "./llamacpp.js";

/** What the adapter for decisions was measured on: `@troupe/weights` has the figures. */
const tuned = { decides: ["plans", "wiring", "members", "routing", "fields", "levels", "yes-no"], sharpness: 0.41 } as const;

/** Decisions by weights in this process: tuned ones, `BASE+decisions`, or those of any chat model. */
export function llamaCppDecisions(name: string): DecisionModel {
  const chat = llamaCppChat(name);
  if (!adapted(name).adapter) return chatDecisions(chat, measuredOf(chat.id));
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
  let rate: ReturnType<typeof byLettersLessPrior> | undefined;
  return async (state, questions, signal) => {
    const [{ decideByLetters }, { byLettersLessPrior }, { stated }] = await Promise.all([
      import("./letters.js"),
      import("./less-prior.js"),
      import("../decisions/told.js"),
    ]);
    const text = stated(state);
    const asked = closedOf(questions, id);
    const choices = asked.filter(([, question]) => question.type === "choice");
    const rated = asked.filter((one): one is readonly [string, Rated] => one[1].type !== "choice");
    const lettered = choices.map(([, question]) => ({ instructions: worded(question.instructions), options: shown(question) }));
    const chosen = await decideByLetters(engine, text, lettered, { signal });
    rate ??= byLettersLessPrior(engine);
    const levels = await rate(
      text,
      rated.map(([, question]) => question),
      signal,
      choices.length > 0,
    );
    const probabilities = [...chosen.probabilities, ...levels.probabilities];
    const told = new Map([...choices, ...rated].map(([name, question], i) => [name, answerOf(question, probabilities[i]!)]));
    const answers = Object.fromEntries(asked.map(([name]) => [name, told.get(name)]));
    return { model: id, answers, usage_metadata: { input_tokens: chosen.input + levels.input, output_tokens: 0 } };
  };
}
