/** What a label means: a description, or a description and examples. Examples make it much better, and its confidence calibrated. */
export type LabelMeaning = string | { readonly description?: string; readonly examples?: readonly string[] };

/** One label of several, with what each means; one of ordered levels, the lowest first; yes or no. */
export type DecideQuestion = ChoiceQuestion | ScoreQuestion | YesNoQuestion;

export interface ChoiceQuestion {
  readonly type: "choice";
  /** What is asked. */
  readonly instructions: string;
  readonly criteria: Readonly<Record<string, LabelMeaning | null>>;
  /** Under this confidence the label is `unsure`, so that a rule sends it on. */
  readonly unsure?: number;
}

export interface ScoreQuestion {
  readonly type: "score";
  readonly instructions: string;
  /** 2 to 10 levels. */
  readonly criteria: readonly string[];
}

export interface YesNoQuestion {
  readonly type: "noul";
  readonly instructions: string;
  /** What yes and no mean, where what is asked leaves it open. */
  readonly criteria?: { readonly true?: string; readonly false?: string };
}

export type DecideQuestions = Readonly<Record<string, DecideQuestion>>;

export const confidenceOf = (id: string): string => `${id}Confidence`;

/** The label of a choice that is less sure than it should be. */
export const unsure = "unsure";
