import type { Answer, ClassifierRequest } from "@langchain/core/decisions";
import { TroupeError } from "../error/error.js";
import { optionInvalid } from "../error/option-invalid.js";
import type { DecisionModel } from "../model/model.js";
import { say } from "../schema/say.js";
import { least } from "./calibrate.js";
import type { Calibration } from "./calibration.js";
import { wrongWith } from "./check-answers.js";
import { type Shares, scaled } from "./scale.js";

/**
 * A decision model whose answers are as sure as its calibration makes them. Of a choice, `confidence` becomes the chance that the label
 * is right, so that it can be held against the calibration's `threshold`; the probabilities are those of the labels if one of them is.
 * The label that is chosen stays. Levels and yes or no get their temperature, and a level's confidence is 1 where one has all the
 * probability, 0 where it lies at both ends; a box stays as it is, and so does what is no answer to its question.
 *
 * @throws TroupeError `CALIBRATION_INVALID` for what is no calibration of this version, or one of another model; `OPTION_INVALID` for what is no model.
 * @example
 * const app = compile(graph, { models: { decisions: calibrated(decisions("ollama:NAME"), JSON.parse(readFileSync("calibration.json", "utf8"))) } });
 */
export function calibrated(model: DecisionModel, calibration: Calibration): DecisionModel {
  if (typeof Object(model).load !== "function")
    throw optionInvalid("calibrated", "model", `is ${say(model)}`, 'Give a decision model: decisions("ollama:NAME").');
  const { version, scale, model: of } = Object(calibration) as Calibration;
  if (version !== 1 || !(Number.isFinite(scale?.temperature) && scale.temperature > 0) || !Number.isFinite(scale.none))
    throw new TroupeError("CALIBRATION_INVALID", "What was given is no calibration that this version reads", {
      hint: "Calibrate again, and keep what `calibrate` gives as it is.",
    });
  if (of !== undefined && of !== model.id)
    throw new TroupeError("CALIBRATION_INVALID", `The calibration was learned from answers of ${say(of)}, and this is ${model.id}`, {
      hint: "Calibrate this model on its own answers: how sure one is says nothing of another.",
    });
  const tempered = (probabilities: Readonly<Record<string, number>>) => {
    const scores = Object.values(probabilities).map((share) => Math.log(Math.max(share, least)));
    const byOption = ({ options }: Shares) => Object.fromEntries(Object.keys(probabilities).map((option, i) => [option, options[i]!]));
    // Among the options alone, none of them has no share.
    return { shares: byOption(scaled(scores, { ...scale, none: Number.NEGATIVE_INFINITY })), chances: byOption(scaled(scores, scale)) };
  };
  const sure = (answer: Answer): Answer => {
    switch (answer.type) {
      case "choice": {
        const { shares, chances } = tempered(answer.probabilities);
        return { ...answer, probabilities: shares, confidence: chances[answer.choice]! };
      }
      case "score": {
        const { shares } = tempered(answer.probabilities);
        return { ...answer, probabilities: shares, ...expectedOf(shares) };
      }
      case "noul":
        return { ...answer, noul: tempered({ yes: answer.noul, no: 1 - answer.noul }).shares.yes! };
      case "box":
        return answer;
    }
  };
  return Object.freeze({
    get id() {
      return model.id;
    },
    get card() {
      return model.card;
    },
    load: async (trust) => {
      const loaded = await model.load(trust);
      const { parseClassifierResponse } = await import("@langchain/core/decisions");
      const invoke = async (request: ClassifierRequest, options?: object) => {
        const response = await loaded.invoke(request, options);
        const answers = Object.entries(response.answers).map(([id, answer]) => {
          const question = Object.hasOwn(request.questions, id) ? request.questions[id] : undefined;
          // To temper what is no distribution would make one of it.
          return [id, question && wrongWith(question, answer) === undefined ? sure(answer) : answer];
        });
        return parseClassifierResponse({ ...response, answers: Object.fromEntries(answers) });
      };
      // What else it offers, as a head its labels, it still does.
      return Object.create(loaded, { invoke: { value: invoke } }) as typeof loaded;
    },
  } satisfies DecisionModel);
}

/** The level that is to be expected, and how near to it all the probability lies. */
function expectedOf(shares: Readonly<Record<string, number>>) {
  const levels = Object.entries(shares).map(([level, share]) => [Number(level), share] as const);
  const highest = levels.length - 1;
  const expected = levels.reduce((sum, [level, share]) => sum + level * share, 0);
  const spread = Math.sqrt(levels.reduce((sum, [level, share]) => sum + share * (level - expected) ** 2, 0));
  // Rounding takes nothing past its bounds.
  return { score: Math.min(highest, expected), confidence: Math.max(0, 1 - spread / (highest / 2)) };
}
