import { optionInvalid } from "../error/option-invalid.js";
import type { Model } from "../model/model.js";
import { costOf, type Price } from "../model/price.js";
import { Path } from "../path/path.js";
import { say } from "../schema/say.js";
import type { Ledger } from "./ledger.js";

/** What the tokens of a run would have cost on another model. */
export interface CostElsewhere {
  readonly model: string;
  readonly price: Price;
  /** Tokens that models were given: by chat, and those that embedding and decision models read. */
  readonly input: number;
  readonly output: number;
  /** US dollars. */
  readonly cost: number;
  /** Specialists whose work took no tokens that anybody counted (patterns, recognition, plain code), so that it is not in the cost. */
  readonly uncounted: readonly string[];
}

/**
 * What the work of a run would have cost on another model, had it taken the same tokens there, as the models that did it count them. What
 * embeddings and decisions read is counted as read; what the other would write in their place is not, nor what its server would still hold of earlier calls. Undefined where no price is known.
 *
 * @throws TroupeError `OPTION_INVALID` for what is no ledger or no model
 * @example
 * costOn(await app.ledger("monday"), model("openai:gpt-4o"))?.cost; // 0.0123
 */
export function costOn(ledger: Pick<Ledger, "lines" | "models">, giant: Pick<Model, "id" | "card">): CostElsewhere | undefined {
  const { lines, models } = Object(ledger) as Ledger;
  if (![lines, models].every(Array.isArray))
    throw optionInvalid("costOn", "ledger", `is ${say(ledger)}`, "Give a run's: await app.ledger(thread).");
  if (Object(Object(giant).card) !== Object(giant).card)
    throw optionInvalid("costOn", "giant", `is ${say(giant)}`, 'Give a model with its card: model("openai:gpt-4o").');
  const { price } = giant.card;
  if (!price) return undefined;
  const input = models.reduce((sum, one) => sum + one.input, 0);
  const output = models.reduce((sum, one) => sum + one.output, 0);
  const holds = new Set(lines.flatMap(({ at }) => Path.around(at)));
  const silent = lines.filter(({ at, usage }) => !holds.has(at) && !usage.some((one) => one.input || one.output));
  return {
    model: giant.id,
    price,
    input,
    output,
    cost: costOf(giant.card, { input, output })!,
    uncounted: [...new Set(silent.map(({ specialist }) => specialist))],
  };
}
