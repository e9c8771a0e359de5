import type { Answer, ClassifierRequest } from "@langchain/core/decisions";
import { TroupeError } from "../error/error.js";
import type { DecisionModel } from "../model/model.js";
import { least } from "./calibrate.js";
import type { Calibration } from "./calibration.js";
import { scaled } from "./scale.js";

/**
 * A decision model whose answers are as sure as its calibration makes them. Of a choice, `confidence` becomes the chance that the label
 * is right, so that it can be held against the calibration's `threshold`; the probabilities are those of the labels if one of them is.
 * The label that is chosen stays. Levels and yes or no get their temperature; a box stays as it is.
 *
 * @throws TroupeError `CALIBRATION_INVALID` for what is no calibration of this version.
 * @example
 * const app = compile(graph, { models: { decisions: calibrated(decisions("ollama:NAME"), JSON.parse(readFileSync("calibration.json", "utf8"))) } });
 */
export function calibrated(model: DecisionModel, { version, scale }: Calibration): DecisionModel {
  if (version !== 1 || !(scale?.temperature > 0) || !Number.isFinite(scale.none))
    throw new TroupeError("CALIBRATION_INVALID", "What was given is no calibration that this version reads", {
      hint: "Calibrate again, and keep what `calibrate` gives as it is.",
    });
  const tempered = (probabilities: Readonly<Record<string, number>>) => {
    const { options } = scaled(
      Object.values(probabilities).map((share) => Math.log(Math.max(share, least))),
      scale,
    );
    const known = options.reduce((sum, share) => sum + share, 0);
    const shares = Object.fromEntries(Object.keys(probabilities).map((option, i) => [option, options[i]! / known]));
    return { shares, chosen: Math.max(...options) };
  };
  const sure = (answer: Answer): Answer => {
    switch (answer.type) {
      case "choice": {
        const { shares, chosen } = tempered(answer.probabilities);
        return { ...answer, probabilities: shares, confidence: chosen };
      }
      case "score": {
        const { shares } = tempered(answer.probabilities);
        const expected = Object.entries(shares).reduce((sum, [level, share]) => sum + Number(level) * share, 0);
        // Rounding takes nothing past the highest level.
        return { ...answer, probabilities: shares, score: Math.min(Object.keys(shares).length - 1, expected) };
      }
      case "noul":
        return { ...answer, noul: tempered({ yes: answer.noul, no: 1 - answer.noul }).shares.yes! };
      case "box":
        return answer;
    }
  };
  return Object.freeze({
    id: model.id,
    get card() {
      return model.card;
    },
    load: async (trust) => {
      const loaded = await model.load(trust);
      const { parseClassifierResponse } = await import("@langchain/core/decisions");
      const invoke = async (request: ClassifierRequest, options?: object) => {
        const response = await loaded.invoke(request, options);
        const answers = Object.entries(response.answers).map(([id, answer]) => [id, sure(answer)]);
        return parseClassifierResponse({ ...response, answers: Object.fromEntries(answers) });
      };
      return { invoke: invoke as typeof loaded.invoke };
    },
  } satisfies DecisionModel);
}
