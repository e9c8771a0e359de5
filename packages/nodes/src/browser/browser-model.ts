import type { ChatModel } from "@troupe/core";
import { lazyModel } from "../models/lazy-model.js";
import { expectedOf, type Languages } from "./languages.js";
import { windowOf } from "./tokens.js";

export interface BrowserModelOptions extends Languages {
  /** Hears how much of the model is downloaded, from 0 to 1. */
  readonly progress?: (share: number) => void;
  /** `false` where nothing private may reach the model: the API does not promise that a browser's model is on the device. */
  readonly local?: false;
}

const id = "browser:built-in";
/** Tokens of context to reckon with before the browser tells them. */
const assumed = 4096;

/**
 * The language model that a browser brings, by its Prompt API (Gemini Nano in Chrome), as a chat model for any role: frozen and lazy.
 * It costs nothing. What is private may reach it: Chrome and Edge run it on the device, though their API does not promise it.
 *
 * `load()` downloads it where that is needed, which a browser does on a click only: call it there. Throws OPTION_INVALID; `load` throws
 * MODEL_UNAVAILABLE and ACTIVATION_NEEDED.
 *
 * @example
 * const nano = browserModel({ languages: ["en"], progress: (share) => (bar.value = share) });
 * button.onclick = async () => compile(graph, { models: { default: nano } }).invoke({ message: field.value });
 */
export function browserModel({ languages, progress, local }: BrowserModelOptions = {}): ChatModel {
  const expected = expectedOf(languages);
  let context = assumed;
  return lazyModel(
    id,
    () => ({ kind: "chat", context, modalities: ["text"], tools: false, structured: "response_format", local: local ?? true }),
    async () => {
      const [{ BrowserChat }, { sessionsOf }] = await Promise.all([import("./chat.js"), import("./sessions.js")]);
      const sessions = sessionsOf(expected, progress);
      const first = await sessions.take(undefined, undefined);
      context = windowOf(first) ?? assumed;
      first.destroy();
      return new BrowserChat(sessions, id);
    },
  );
}
