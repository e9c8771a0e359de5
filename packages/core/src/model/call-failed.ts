import { TroupeError } from "../graph/error.js";
import type { Model } from "./model.js";
import { statusOf } from "./status-of.js";

/** What failed in a call to a model, in words that help: `KEY_REFUSED` or `MODEL_FAILED`; an error of Troupe's as it is. */
export function callFailed(model: Model, cause: unknown): TroupeError {
  if (cause instanceof TroupeError) return cause;
  const says = (cause as Error)?.message ?? String(cause);
  if (statusOf(cause) === 401 || statusOf(cause) === 403)
    return new TroupeError("KEY_REFUSED", `${model.id} is refused by its server: ${says}`, {
      hint: 'Each provider\'s own server gets the key in its own variable; the key of another server is named for it: model(id, { key: "NAME" }), or trust: { keys: { "https://host": "NAME" } }.',
      cause,
    });
  return new TroupeError("MODEL_FAILED", `The call to ${model.id} failed: ${says}`, {
    hint: "See that the model is there, reachable and paid for; `troupe doctor` tells what is at hand.",
    cause,
  });
}
