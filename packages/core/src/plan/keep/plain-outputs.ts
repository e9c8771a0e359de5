import { type Argument, isRef, type Plan } from "../../graph/plan.js";
import type { Json } from "../../schema/json.js";
import type { Brief } from "../brief.js";
import { spoken } from "../derive/words.js";
import { saidOf } from "./with-parameters.js";

/**
 * What outputs of a plan that names its own are called in a graph: one that is named after a value which the request says, and which is an
 * input of the graph, is named after the field that it comes from, with a number where that name is taken.
 *
 * @example
 * plainOutputs(plan, brief, "into German and Danish"); // { translation_German: "translation", translation_Danish: "translation_2" }
 */
export function plainOutputs(
  { tasks, output }: Plan,
  { given, wanted, members }: Brief,
  request: string,
): Readonly<Record<string, string>> {
  if (Object.keys(wanted).length > 0) return {};
  const isNamedAfter = (name: string, value: Argument): boolean => {
    const task = isRef(value) ? tasks.find(({ id }) => value.ref.startsWith(`${id}.`)) : undefined;
    const takes = members.find((one) => one.name === task?.member)?.takes ?? {};
    return Object.entries(task?.args ?? {}).some(([argument, literal]) => {
      const slot = takes[argument];
      const said = slot && !isRef(literal) ? saidOf(slot, literal as Json, request) : [];
      return (
        said.length > 0 && [String(literal), ...said.map(({ start, end }) => request.slice(start, end))].some((one) => names(name, one))
      );
    });
  };
  const renamed = Object.entries(output).filter(([name, value]) => isNamedAfter(name, value));
  const taken = new Set([...Object.keys(given), ...Object.keys(output)].filter((one) => !renamed.some(([name]) => name === one)));
  return Object.fromEntries(
    renamed.map(([name, value]) => {
      const field = (value as { ref: string }).ref.split(".").at(-1)!;
      let free = field;
      for (let n = 2; taken.has(free); n++) free = `${field}_${n}`;
      taken.add(free);
      return [name, free];
    }),
  );
}

/** Whether a name has all words of a value. */
function names(name: string, value: string): boolean {
  const words = wordsIn(value);
  return words.length > 0 && words.every((word) => wordsIn(name).includes(word));
}

const wordsIn = (text: string): readonly string[] => spoken(text).match(/[\p{L}\p{N}]+/gu) ?? [];
