import { TroupeError } from "@troupe/core";

/** What failed in asking the browser's model, in words that help. What is none of the browser's own errors stays as it is. */
export function failed(cause: unknown, { schema = false }: { readonly schema?: boolean } = {}): unknown {
  const { name, message, requested, quota } = Object(cause) as DOMException & { requested?: number; quota?: number };
  switch (name) {
    case "QuotaExceededError": {
      const told = requested
        ? ` takes ${requested} tokens, and the browser's model holds ${quota}`
        : " is longer than the browser's model holds";
      return new TroupeError("PROMPT_TOO_LONG", `The prompt${told}`, { hint: "Shorten it, or take it in parts.", cause });
    }
    case "NotSupportedError":
      if (!schema) break;
      return new TroupeError("SCHEMA_UNSUPPORTED", `The browser holds its model to no such schema: ${message}`, {
        hint: "Ask with a simpler schema, or without one.",
        cause,
      });
    case "NotAllowedError":
      return unavailable(message, cause);
    case "NotReadableError":
      return new TroupeError("MODEL_FAILED", `The browser held the answer of its model back: ${message}`, {
        hint: "It looked harmful or like nothing to the browser. Ask in other words.",
        cause,
      });
  }
  return cause;
}

/** That this browser's model cannot be asked. */
export const unavailable = (why: string, cause?: unknown): TroupeError =>
  new TroupeError("MODEL_UNAVAILABLE", `This browser has no language model to ask: ${why}`, {
    hint: "Chrome 148 or later on a desktop has one where there is room and memory for it (chrome://on-device-internals tells). Ask browserAvailability() first, and have another model at hand.",
    cause,
  });
