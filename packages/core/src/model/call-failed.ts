import { TroupeError } from "../error/error.js";
import type { Model } from "./model.js";
import { ownErrorIn } from "./own-error-in.js";
import { troubleIn } from "./trouble.js";

/**
 * What failed in a call to a model, in words that help: `MODEL_BUSY`, `MODEL_REFUSED`, `MODEL_UNPAID`, `KEY_REFUSED`, `PROMPT_TOO_LONG` or
 * `MODEL_FAILED`; an error of Troupe's, which a client may have wrapped, as it is. For code that asks a loaded model by itself.
 * @example
 * const vectors = await loaded.embedDocuments(texts).catch((cause) => { throw callFailed(model, cause); });
 */
export function callFailed(model: Pick<Model, "id">, cause: unknown): TroupeError {
  const own = ownErrorIn(cause);
  if (own) return own;
  const says = (cause as Error)?.message ?? String(cause);
  const trouble = troubleIn(cause);
  switch (trouble?.kind) {
    case "key":
      return new TroupeError("KEY_REFUSED", `${model.id} is refused by its server: ${says}`, {
        hint: 'Each provider\'s own server gets the key in its own variable; the key of another server is named for it: model(id, { key: "NAME" }), or trust: { keys: { "https://host": "NAME" } }.',
        cause,
      });
    case "unpaid":
      return new TroupeError("MODEL_UNPAID", `The account of ${model.id} may spend no more: ${says}`, {
        hint: "See to the account's credit or quota with its provider, or bind another model.",
        cause,
      });
    case "too-long":
      return new TroupeError("PROMPT_TOO_LONG", `The prompt does not fit the context of ${model.id}: ${says}`, {
        hint: "Shorten the input, split it up, or bind a model with more context.",
        cause,
      });
    case "refused":
      return modelRefused(model, says, cause);
    case "busy": {
      const wait = trouble.after === undefined ? "" : ` It asks to wait ${Math.ceil(trouble.after / 1000)} s.`;
      return new TroupeError("MODEL_BUSY", `${model.id} could not be asked, which may pass: ${says}`, {
        hint: `Try again later; resuming the run's thread keeps what is done.${wait}`,
        cause,
      });
    }
    default:
      return new TroupeError("MODEL_FAILED", `The call to ${model.id} failed: ${says}`, {
        hint: "See that the model is there, reachable and paid for; `troupe doctor` tells what is at hand.",
        cause,
      });
  }
}

/** A model, or the filter of its provider, that declined to answer. */
export function modelRefused(model: Pick<Model, "id">, says: string, cause?: unknown): TroupeError {
  return new TroupeError("MODEL_REFUSED", `${model.id} declined to answer: ${says}`, {
    hint: "Ask for something else, or bind another model; the same prompt is declined again.",
    ...(cause === undefined ? {} : { cause }),
  });
}
