/** What this package uses of the browser's Prompt API (https://github.com/webmachinelearning/prompt-api, June 2026). */
export interface LanguageModelApi {
  availability(options?: ExpectedOptions): Promise<Availability>;
  create(options?: CreateOptions): Promise<Session>;
}

/** Whether a model can be asked: never here, once it is downloaded, or now. */
export type Availability = "unavailable" | "downloadable" | "downloading" | "available";

/** What texts will be like; the same has to be said to `availability` and to `create`. */
export interface ExpectedOptions {
  readonly expectedInputs?: readonly Expected[];
  readonly expectedOutputs?: readonly Expected[];
}

interface Expected {
  readonly type: "text";
  readonly languages: readonly string[];
}

interface CreateOptions extends ExpectedOptions {
  readonly initialPrompts?: readonly Prompt[];
  readonly monitor?: (monitor: EventTarget) => void;
}

export interface Prompt {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

interface PromptOptions {
  readonly signal?: AbortSignal | undefined;
  /** A JSON Schema that the answer has to fit. */
  readonly responseConstraint?: object;
  /** Whether the model is not shown it. */
  readonly omitResponseConstraintInput?: boolean;
}

/** A conversation with the model, which takes memory until it is destroyed. */
export interface Session {
  promptStreaming(input: readonly Prompt[], options?: PromptOptions): ReadableStream<string>;
  append(input: readonly Prompt[], options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
  clone(options?: { readonly signal?: AbortSignal | undefined }): Promise<Session>;
  destroy(): void;
  /** Tokens in it, and tokens that it can hold. Until 2026 they were called otherwise, and still are in extensions. */
  readonly contextUsage?: number;
  readonly contextWindow?: number;
  measureContextUsage?(input: readonly Prompt[]): Promise<number>;
  readonly inputUsage?: number;
  readonly inputQuota?: number;
  measureInputUsage?(input: readonly Prompt[]): Promise<number>;
}

/** The API, where this browser has it. */
export const languageModel = (): LanguageModelApi | undefined => (globalThis as { LanguageModel?: LanguageModelApi }).LanguageModel;
