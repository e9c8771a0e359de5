import { literalsOf, type Plan } from "../../graph/plan.js";
import type { Json } from "../../schema/json.js";
import { literalsIn } from "./literals/literals-in.js";
import type { Part } from "./parts.js";

/** Of parts that ask nobody, those of which no argument holds a value either: a plan leaves them out. */
export function leftOut(idle: readonly Part[], plan: Plan): readonly Part[] {
  const held = new Set(literalsOf(plan).map(plain));
  return idle.filter(({ text }) => !literalsIn(text).some((one) => held.has(plain(one.value)) || held.has(plain(one.text))));
}

const plain = (value: Json): string => String(value).toLowerCase();
