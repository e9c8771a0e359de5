import { TroupeError } from "@troupe/core";
import { failed, unavailable } from "./failed.js";
import { type ExpectedOptions, languageModel, type Prompt, type Session } from "./language-model.js";

/** Conversations with the browser's model. */
export interface Sessions {
  /** A new one that begins with what the system says; whoever takes it destroys it. */
  take(system: string | undefined, signal: AbortSignal | undefined): Promise<Session>;
  /** Destroys those that new ones are cloned from; they are made again when they are needed. */
  destroy(): void;
}

/** Beginnings that are kept, each of them a conversation in the model's memory. */
const most = 4;

/**
 * Conversations that are cloned from a base: what the system says is evaluated once, runs at once disturb one another in nothing, and a
 * conversation never holds more than one prompt and its answer. The bases that were used last are kept.
 */
export function sessionsOf(expected: ExpectedOptions, progress: ((share: number) => void) | undefined): Sessions {
  const bases = new Map<string, Promise<Session>>();
  const drop = (key: string) => {
    const base = bases.get(key);
    bases.delete(key);
    base?.then(
      (session) => session.destroy(),
      () => {},
    );
  };
  const baseFor = (system: string | undefined): Promise<Session> => {
    const key = system ?? "";
    const base = bases.get(key) ?? created(expected, system, progress);
    bases.delete(key);
    bases.set(key, base);
    base.catch(() => bases.get(key) === base && bases.delete(key));
    const [oldest] = bases.keys();
    if (oldest !== undefined && bases.size > most) drop(oldest);
    return base;
  };
  return {
    async take(system, signal) {
      const base = await baseFor(system);
      try {
        return await base.clone({ signal });
      } catch (cause) {
        signal?.throwIfAborted();
        // It was dropped meanwhile, or the browser's model began anew.
        const lost = bases.get(system ?? "");
        if (lost && (await lost) === base) drop(system ?? "");
        return await (await baseFor(system)).clone({ signal }).catch((again) => Promise.reject(failed(again ?? cause)));
      }
    },
    destroy: () => [...bases.keys()].forEach(drop),
  };
}

async function created(
  expected: ExpectedOptions,
  system: string | undefined,
  progress: ((share: number) => void) | undefined,
): Promise<Session> {
  const api = languageModel();
  if (!api) throw unavailable("it has no LanguageModel, or this page is not loaded over https");
  // One of another time may not even have this.
  const availability = await (async () => api.availability(expected))().catch((cause) => {
    throw unavailable(Object(cause).message ?? String(cause), cause);
  });
  if (availability === "unavailable") throw unavailable("it says that it is unavailable, for these languages at least");
  const initialPrompts: readonly Prompt[] = system === undefined ? [] : [{ role: "system", content: system }];
  const monitor = (target: EventTarget) =>
    target.addEventListener("downloadprogress", (event) => {
      const { loaded, total } = event as Event & { loaded: number; total: number };
      progress?.(loaded / (total || 1));
    });
  try {
    return await api.create({ ...expected, ...(initialPrompts.length ? { initialPrompts } : {}), ...(progress ? { monitor } : {}) });
  } catch (cause) {
    const { name, message } = Object(cause) as DOMException;
    if (name === "NotAllowedError" && availability !== "available")
      throw new TroupeError("ACTIVATION_NEEDED", "The browser's model is not downloaded yet, and a browser downloads it on a click only", {
        hint: "Call the model's load() where a person clicks, before it is first asked.",
        cause,
      });
    if (name === "NetworkError") throw unavailable(`its download failed: ${message}`, cause);
    if (name === "NotSupportedError") throw unavailable(message, cause);
    throw failed(cause);
  }
}
