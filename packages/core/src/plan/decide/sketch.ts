import { type Argument, isRef, type Plan } from "../../graph/plan.js";
import { orderOf } from "../order.js";

/**
 * A plan in one line, as decision models learnt to read it: who does what with what, and what comes out.
 *
 * @example
 * sketchOf(plan); // 'summarize(text: article); translate(text: summarize.summary, to: "fr") -> french: translate.text'
 */
export function sketchOf({ tasks, output }: Plan): string {
  const { ordered } = orderOf(tasks);
  const names = new Map<string, string>();
  for (const [i, { id, member }] of ordered.entries()) {
    const before = ordered.slice(0, i).filter((one) => one.member === member).length;
    names.set(id, before === 0 ? member : `${member}#${before + 1}`);
  }
  const said = (argument: Argument): string => {
    if (Array.isArray(argument)) return `[${argument.map((one) => said(one as Argument)).join(", ")}]`;
    if (!isRef(argument)) return JSON.stringify(argument);
    const [head = "", ...path] = argument.ref.split(".");
    return (head === "input" ? path : [names.get(head) ?? head, ...path]).join(".");
  };
  const all = (values: Readonly<Record<string, Argument>>): string =>
    Object.entries(values)
      .map(([name, value]) => `${name}: ${said(value)}`)
      .join(", ");
  return `${ordered.map(({ id, args }) => `${names.get(id)}(${all(args)})`).join("; ")} -> ${all(output)}`;
}
