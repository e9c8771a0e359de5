export { chatDecisions } from "../models/decisions/of-chat.js";
export { type ClassifyOptions, classify, type LabelMeaning } from "../text/classify.js";
export { type Decided, type DecideOptions, decide } from "../text/decide.js";
export type { ChoiceQuestion, DecideQuestion, DecideQuestions, ScoreQuestion, YesNoQuestion } from "../text/deciding/question.js";
export { browserAvailability } from "./availability.js";
export { type BrowserModelOptions, browserModel } from "./browser-model.js";
export type { Availability } from "./language-model.js";
export type { Languages } from "./languages.js";
