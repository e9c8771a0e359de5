import {
  BaseDecisionModel,
  type ClassifierResponseFields,
  parseClassifierResponse,
  type Question,
  type State,
} from "@langchain/core/decisions";
import type { RunnableConfig } from "@langchain/core/runnables";
import type { DecisionExample } from "@troupe/core";

export type Questions = Readonly<Record<string, Question>>;
/** Answers questions about a state, as LangChain's decision models give them; checked by whoever asks. */
export type Answering = (
  state: State,
  questions: Questions,
  signal: AbortSignal | undefined,
  examples?: readonly DecisionExample[],
) => Promise<ClassifierResponseFields>;

/** A call option beside LangChain's. */
interface Shown {
  readonly examples?: readonly DecisionExample[];
}

/** LangChain's decision model around one way to answer: a server, weights in this process, vectors. */
export class Decider extends BaseDecisionModel {
  override lc_namespace = ["troupe", "decisions"];

  constructor(
    private readonly provider: string,
    model: string,
    private readonly answer: Answering,
  ) {
    super({ model });
  }

  override get _provider(): string {
    return this.provider;
  }

  override async _classify(state: State, questions: Record<string, Question>, config: Partial<RunnableConfig> & Shown = {}) {
    return parseClassifierResponse(await this.answer(state, questions, config.signal, config.examples));
  }
}
