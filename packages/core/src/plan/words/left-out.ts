import { isRef, type Plan } from "../../graph/plan.js";
import type { Json } from "../../schema/json.js";
import { literalsIn } from "./literals/literals-in.js";
import type { Part } from "./parts.js";

/** Of parts that ask nobody, those of which no argument holds a value either: a plan leaves them out. */
export function leftOut(idle: readonly Part[], { tasks }: Plan): readonly Part[] {
  const held = new Set(tasks.flatMap(({ args }) => Object.values(args)).flatMap((value) => atomsOf(value as Json)));
  return idle.filter(({ text }) => !literalsIn(text).some((one) => held.has(plain(one.value)) || held.has(plain(one.text))));
}

const plain = (value: Json): string => String(value).toLowerCase();

function atomsOf(value: Json): string[] {
  if (isRef(value)) return [];
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap((one) => atomsOf(one as Json));
  return [plain(value)];
}
