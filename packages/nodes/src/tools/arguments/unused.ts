import { type Json, type Literal, literalsIn } from "@troupe/core";
import type { FunctionCard } from "../function-card.js";
import { type Parameter, parametersOf } from "../parameter.js";
import { candidatesFor, readingsOf } from "./candidates-for.js";
import { condensed, type Mention, type Said } from "./said.js";
import { written } from "./settle.js";

const whole: ReadonlySet<Literal["kind"]> = new Set(["quoted", "day", "time", "email", "url", "phone", "code"] as const);

interface Leaf {
  readonly one: Parameter;
  readonly value: Json;
}

/** What a request says in figures or quotation marks and no call takes: numbers, days, times, addresses, codes and quotations, as they stand. */
export function unused(
  calls: readonly { readonly name: string; readonly arguments: Readonly<Record<string, Json>> }[],
  functions: readonly FunctionCard[],
  said: Said,
): readonly string[] {
  // Letters alone may be a code or a word (`BMI`).
  const literals = literalsIn(said.text).filter(({ kind, text }) => whole.has(kind) && (kind !== "code" || /\d/.test(text)));
  const isPower = ({ start }: Mention) => said.text[start - 1] === "^";
  const figures = said.numbers.filter(
    (one) =>
      /\d/.test(said.text.slice(one.start, one.end)) &&
      !isPower(one) &&
      !literals.some(({ start, end }) => start <= one.start && one.end <= end),
  );
  const leaves = calls.flatMap((call) =>
    functions
      .filter(({ name }) => name === call.name)
      .flatMap(({ parameters }) => leavesOf({ one: { ...written("", {}), fields: parametersOf(parameters) }, value: call.arguments })),
  );
  const texts = condensed(JSON.stringify(leaves.map(({ value }) => value)));
  const values = new Set([
    ...leaves.map(({ value }) => (typeof value === "number" ? Math.abs(value) : value)),
    ...leaves.flatMap(({ value }) => (typeof value === "string" ? literalsIn(value).map((literal) => literal.value) : [])),
  ]);
  const fits = (read: (one: Parameter) => readonly Json[] | undefined) => leaves.some(({ one, value }) => read(one)?.includes(value));
  const names = functions.map(({ name }) => condensed(name));
  const isTaken = ({ kind, text, value }: Literal) =>
    texts.includes(condensed(text)) ||
    values.has(value) ||
    names.includes(condensed(text)) ||
    (kind === "day" && fits((one) => candidatesFor(one, { ...said, numbers: [], dates: [String(value)] })));
  return [
    ...figures.filter((one) => !values.has(Math.abs(one.value)) && !fits((other) => readingsOf(one, other))),
    ...literals.filter((one) => !isTaken(one)),
  ]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end }) => said.text.slice(start, end));
}

/** The values in an argument, each with what may stand there. */
function leavesOf({ one, value }: Leaf): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => leavesOf({ one: one.items ?? written(one.name, item), value: item }));
  if (typeof value !== "object" || value === null) return [{ one, value }];
  return Object.entries(value).flatMap(([name, inner]) =>
    leavesOf({ one: one.fields?.find((field) => field.name === name) ?? written(name, inner), value: inner }),
  );
}
