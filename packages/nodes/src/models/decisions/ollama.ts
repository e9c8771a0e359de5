import { type DecisionModel, TroupeError } from "@troupe/core";
import { lazyModel } from "../lazy-model.js";
import { runsHere } from "../ollama/runs-here.js";
import { ollamaError, ollamaServer, show } from "../ollama/server.js";
import { patientFetch } from "../patient-fetch.js";
import type { Answering } from "./decider.js";
import { systemOneAnswers, systemOneCard } from "./systemone.js";

/** Decisions through Ollama, which serves `/v1/systemone` from 0.35. Calls throw OLLAMA_DOWN, OLLAMA_MODEL_MISSING, OLLAMA_FAILED. */
export function ollamaDecisions(name: string): DecisionModel {
  const { url, headers } = ollamaServer();
  return lazyModel(
    `ollama:${name}`,
    () => ({ ...systemOneCard(url), local: runsHere({ url }, name) }),
    async () => {
      await show({ url, headers }, name);
      const ask = systemOneAnswers(name, url, patientFetch(), headers);
      const answer: Answering = (...asked) =>
        ask(...asked).catch((error) => {
          if (asked[2]?.aborted) throw asked[2].reason;
          throw isUnserved(error) ? unserved(url, error) : ollamaError(error, url, name);
        });
      const { Decider } = await import("./decider.js");
      return new Decider("ollama", name, answer);
    },
  );
}

/** A 404 without a word in JSON is of the path, not of the model. */
const isUnserved = ({ status, body }: { readonly status?: number; readonly body?: unknown }) => status === 404 && body === undefined;

const unserved = (url: string, cause: unknown): TroupeError =>
  new TroupeError("OLLAMA_FAILED", `Ollama at ${url} serves no decisions: it does so from 0.35`, {
    hint: "Update Ollama, or take a decision model in this process: llamacpp:NAME",
    cause,
  });
