import { type ErrorDetail, TroupeError } from "../error/error.js";
import { messageOf } from "../error/message-of.js";
import type { Graph } from "../graph/graph.js";
import type { Limits } from "../limits/limits.js";
import { withinLimits } from "../limits/within-limits.js";
import { after, either, type Soon } from "../schema/after.js";
import type { Json } from "../schema/json.js";
import { plainJson } from "../schema/plain-json.js";
import { type Schema, validate } from "../schema/schema.js";

/**
 * A run's input, its media opened by `open`, held to the graph's input fields, as JSON.
 * @throws TroupeError `INPUT_INVALID`, `LIMIT_CROSSED`, or what `open` throws.
 */
export function checkedInput(
  graph: Graph,
  schema: Schema,
  input: object,
  limits: Limits,
  open: (input: object) => Soon<unknown>,
): Soon<Json> {
  const refuse = (problems: readonly string[], detail: ErrorDetail = {}): never => {
    throw new TroupeError("INPUT_INVALID", `The run cannot take its input: ${problems.join("; ")}`, {
      graph: graph.name,
      hint: `It takes ${graph.input.join(", ")}.`,
      ...detail,
    });
  };
  const held = () => {
    if (typeof input !== "object" || input === null || Array.isArray(input)) refuse(["expected an object"]);
    const unknown = Object.keys(input).filter((name) => !graph.input.includes(name));
    if (unknown.length) refuse(unknown.map((name) => `${name}: not an input of the graph`));
    withinLimits(input, limits, { graph: graph.name });
    return after(open(input), (opened) => validate(schema, opened));
  };
  return either(
    held,
    (checked) => {
      if ("problems" in checked) return refuse(checked.problems);
      return plainJson(checked.value, (what, path) => refuse([`${path.join(".")}: ${what} cannot be kept in a journal`]));
    },
    (thrown) => {
      if (thrown instanceof TroupeError) throw thrown;
      const field = fieldThatThrows(input, graph.input, limits);
      return refuse([`looking at it threw: ${messageOf(thrown)}`], { ...(field === undefined ? {} : { field }), cause: thrown });
    },
  );
}

/** Which field cannot be looked at; undefined where the input itself cannot, or where it is its schema that throws. */
function fieldThatThrows(input: object, names: readonly string[], limits: Limits): string | undefined {
  const throws = (look: () => unknown): boolean => {
    try {
      look();
      return false;
    } catch {
      return true;
    }
  };
  if (throws(() => Object.keys(input))) return undefined;
  return names.find((name) => throws(() => withinLimits((input as Record<string, unknown>)[name], limits)));
}
