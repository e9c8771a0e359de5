import { type ChatModel, TroupeError } from "@troupe/core";
import { lazyModel } from "../models/lazy-model.js";
import { expectedOf, type Languages } from "./languages.js";
import { refuseOptions } from "./refuse-options.js";
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
export function browserModel(options: BrowserModelOptions = {}): ChatModel {
  refuseOptions("browserModel", options, ["languages", "progress", "local"]);
  const { languages, progress, local } = options;
  const wrong = (what: string, hint: string) => new TroupeError("OPTION_INVALID", `browserModel.${what}`, { hint });
  // Of anything else it is not clear whether private data may go there.
  if (local !== undefined && local !== false) throw wrong("local may only be false", "Write { local: false }, or leave it out.");
  if (progress !== undefined && typeof progress !== "function") throw wrong("progress is no function", "Write { progress: (share) => … }.");
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
