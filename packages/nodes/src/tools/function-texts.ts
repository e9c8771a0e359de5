import { spoken } from "./arguments/words-said.js";
import type { FunctionCard } from "./function-card.js";
import { parametersOf } from "./parameter.js";

/** Two texts that stand for a function where likeness is measured: what it does, and that with what it takes. */
export function functionTexts({ name, description = "", parameters }: FunctionCard): readonly [string, string] {
  const does = `${spoken(name)}: ${description}`;
  const takes = parametersOf(parameters).map((one) => `${spoken(one.name)}: ${one.description ?? ""}`);
  return [does, `${does}. ${takes.join(". ")}`];
}
