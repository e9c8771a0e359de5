import type { Answers, Question, State } from "@langchain/core/decisions";
import { TroupeError } from "../error/error.js";
import { callFailed } from "../model/call-failed.js";
import type { GenerateHost } from "../model/generate.js";
import type { DecisionExample, DecisionKind, DecisionModel, Role } from "../model/model.js";
import { persist } from "../model/persist.js";
import { stopwatch } from "../model/stopwatch.js";
import { tokensTold } from "../model/tokens-told.js";
import { unlessAborted } from "../model/unless-aborted.js";
import { usageOf } from "../model/usage.js";
import { asNoAnswer, checkAnswers } from "./check-answers.js";
import { checkQuestions } from "./check-questions.js";
import { checkState } from "./check-state.js";

/** Questions by id, as LangChain's decision models take them. */
export type Questions = Readonly<Record<string, Question>>;

export interface DecideRequest<Q extends Questions = Questions> {
  /** What the questions are about: text, JSON or LangChain's messages. */
  readonly state: State;
  readonly questions: Q;
  /** A role bound at `compile`, or a model. Default: the role `decisions`, else another decision model bound that was measured for `kind`. */
  readonly model?: DecisionModel | Role;
  /** What the questions are about, of several kinds a list; a model that was not measured for all of it is not asked. */
  readonly kind?: DecisionKind | readonly DecisionKind[];
  /**
   * Answered questions of the same kind. A chat model of this process that was not trained for decisions is shown them first, which makes it
   * a better judge; they are the same for all questions, so that it reads them once. Others do without.
   */
  readonly examples?: readonly DecisionExample[];
}

/** What a call to a decision model reports to, and what stops it. */
export type DecideHost = Pick<GenerateHost, "signal" | "config" | "trust" | "used">;

/**
 * Puts questions to a decision model, all at once. Every answer is one to its question: a label of its, a distribution over all its
 * options, a level or a probability within bounds.
 * @throws TroupeError `QUESTION_INVALID` and `ANSWER_INVALID`, which name the question or the example; `OPTION_INVALID` for a state that is
 * none; `MODEL_FAILED`, `KEY_REFUSED`; the signal's reason at once when it is aborted.
 */
export async function decide<const Q extends Questions>(
  model: DecisionModel,
  { state, questions, examples }: Pick<DecideRequest<Q>, "state" | "questions" | "examples">,
  host: DecideHost,
): Promise<Answers<Q>> {
  const { signal } = host;
  checkQuestions(questions);
  checkState(state);
  checkExamples(examples);
  signal.throwIfAborted();
  const response = await ask(model, { state, questions }, examples, host);
  return checkAnswers(questions, response?.answers, model.id);
}

/** Examples of code that holds to no type would be shown with a wrong answer. */
function checkExamples(examples: unknown = []): void {
  for (const [i, example] of (Array.isArray(examples) ? examples : [examples]).entries()) {
    const { state, instructions, options, right } = Object(example) as Record<string, unknown>;
    const isTold = [state, instructions, right].every((one) => typeof one === "string");
    if (!isTold || !Array.isArray(options) || !options.includes(right))
      throw new TroupeError("QUESTION_INVALID", `examples[${i}] is no answered question`, {
        field: `examples[${i}]`,
        hint: "Give { state, instructions, options, right }: texts, and `right` one of the options.",
      });
  }
}

async function ask(
  model: DecisionModel,
  asked: Pick<DecideRequest, "state" | "questions">,
  examples: DecideRequest["examples"],
  { signal, config, trust, used }: DecideHost,
) {
  try {
    const loaded = await unlessAborted(model.load(trust), signal);
    return await persist(async () => {
      const elapsed = stopwatch();
      let response: Awaited<ReturnType<typeof loaded.invoke>> | undefined;
      let failed: unknown;
      try {
        response = await unlessAborted(loaded.invoke(asked, { ...config, signal, ...(examples ? { examples } : {}) }), signal);
        return response;
      } catch (error) {
        failed = error;
        throw error;
      } finally {
        used(usageOf(model, { ...tokensTold(response), failed, ms: elapsed() }));
      }
    }, signal);
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    throw asNoAnswer(asked.questions, cause, model.id) ?? callFailed(model, cause);
  }
}
